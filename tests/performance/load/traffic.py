"""The traffic of a room: people who read along, and note-takers who write a note a second.

Readers behave as `static/js/live.js` makes them: they hear an event, wait a random moment of two
seconds, fetch a part of their page, and rest for four.
"""

import asyncio
import json
import random
import time
import uuid
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from tests.performance.load.browsers import Browser, Wrong, everybody
from tests.performance.load.measuring import DECOY_FROM, Measured
from tests.performance.load.program import Program

SPREAD, REST, A_NOTE_EVERY, BURST_EVERY = 2.0, 4.0, 1.0, 30.0
TOKEN = "x" * 32
READERS_HEAR = {"day", "feed", "comments"}


class Room:
    """A full room of `people` for some `seconds`."""

    def __init__(self, program: Program, made: dict[str, Any], seconds: float) -> None:
        self._program = program
        self._seconds = seconds
        self._slug = made["room"]["slug"]
        self._made = made
        self._browsers: list[Browser] = []
        self._readers = [self._browser(each) for each in made["room"]["readers"]]
        # When each note was sent, by the number of its change.
        self._sent: dict[int, float] = {}
        self._heard: dict[int, list[tuple[int, float]]] = {}
        self._greeted = 0
        self._busy: set[int] = set()
        self._fetching: set[asyncio.Task[None]] = set()
        self.measured = Measured(len(self._readers))

    async def fill(self) -> Measured:
        """Let everybody in, let the time pass, and return what was measured."""
        listening = [asyncio.create_task(each) for each in self._everybody_listens()]
        deadline = time.monotonic() + 120
        while self._greeted < len(listening):
            if time.monotonic() > deadline:
                raise Wrong(f"{self._greeted} of {len(listening)} were let in")
            await asyncio.sleep(0.1)
        began, used = time.monotonic(), self._program.processor()
        await asyncio.gather(
            *(self._take_notes(number) for number in range(len(self._made["room"]["takers"]))),
            self._take_notes_elsewhere(),
            self._watch(),
            self._burst(),
        )
        took = time.monotonic() - began
        self.measured.processor = 100 * (self._program.processor() - used) / took
        await asyncio.sleep(2)
        for task in [*listening, *self._fetching]:
            if task.done() and not task.cancelled() and task.exception():
                self.measured.errors.append(str(task.exception()))
            task.cancel()
        await asyncio.gather(*listening, *self._fetching, return_exceptions=True)
        for browser in self._browsers:
            await browser.close()
        for number in self._heard:
            self.measured.heard += self._times_heard(number)
        return self.measured

    def _browser(self, cookie: str) -> Browser:
        self._browsers.append(Browser(self._program.port, cookie))
        return self._browsers[-1]

    def _everybody_listens(self) -> list[Coroutine[Any, Any, None]]:
        path = f"/w/{self._slug}/events"
        readers = [
            reader.listen(path, self._hearing(place)) for place, reader in enumerate(self._readers)
        ]
        takers = [
            self._browser(taker["cookie"]).listen(f"{path}?on=capture", self._hearing(-1 - number))
            for number, taker in enumerate(self._made["room"]["takers"])
        ]
        decoys = [
            self._browser(cookie).listen("/w/decoy/events", self._hear_decoy)
            for cookie in self._made["decoy"]["readers"]
        ]
        return [*readers, *takers, *decoys]

    def _hearing(self, number: int) -> Any:
        """Return what somebody does who hears an event; those below 0 take notes."""
        wanted = "feed" if number >= 0 else "notes"
        self._heard[number] = []

        def heard(topic: str, data: str) -> None:
            if topic == "hello":
                self._greeted += 1
                return
            if (number >= 0 and topic not in READERS_HEAR) or int(data) >= DECOY_FROM:
                self.measured.misdirected += 1
            elif topic == wanted:
                self._heard[number].append((int(data), time.monotonic()))
            if number >= 0 and number not in self._busy:
                self._busy.add(number)
                self._go(self._fetch_in_turn(number))

        return heard

    def _hear_decoy(self, topic: str, data: str) -> None:
        if topic == "hello":
            self._greeted += 1
        elif int(data) < DECOY_FROM:
            self.measured.misdirected += 1

    def _times_heard(self, number: int) -> Iterator[float]:
        """Yield after what time somebody heard of each note; none is left to hear of.

        A number stands for all below it that weren't heard of singly.
        """
        known = 0
        for change, at in self._heard[number]:
            yield from (at - self._sent[each] for each in range(known + 1, change + 1))
            known = max(known, change)
        self.measured.missed += max(self._sent, default=0) - known

    async def _fetch_in_turn(self, number: int) -> None:
        await asyncio.sleep(random.uniform(0, SPREAD))
        await self._fetch(number)
        await asyncio.sleep(REST)
        self._busy.discard(number)

    async def _fetch(self, number: int) -> None:
        asked = time.monotonic()
        status, _ = await self._readers[number].ask(f"/w/{self._slug}/navigation/")
        self.measured.fetched.append(time.monotonic() - asked)
        if status != HTTPStatus.OK:
            self.measured.errors.append(f"a part of a page: {status}")

    async def _take_notes(self, number: int) -> None:
        taker = self._made["room"]["takers"][number]
        browser = self._browser(f"{taker['cookie']}; csrftoken={TOKEN}")
        # Not all at the same moment.
        await asyncio.sleep(number * A_NOTE_EVERY / 3)
        count = int(self._seconds / A_NOTE_EVERY)
        due = time.monotonic()
        for place in range(count):
            text = f"Note {place} of {number}"
            await self._take_note(browser, self._slug, self._made["room"], number, text)
            due += A_NOTE_EVERY
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    async def _take_note(
        self, browser: Browser, slug: str, made: dict[str, Any], taker: int, text: str
    ) -> None:
        entry = {
            "id": str(uuid.uuid4()),
            "kind": "note",
            "note": str(uuid.uuid4()),
            "session": made["session"],
            "fields": {"text": text},
            "written_at": datetime.now(UTC).isoformat(),
        }
        asked = time.monotonic()
        status, answer = await browser.ask(
            f"/w/{slug}/capture/queue/",
            json.dumps({"actor": made["takers"][taker]["id"], "entries": [entry]}).encode(),
            {"Content-Type": "application/json", "X-CSRFToken": TOKEN},
        )
        now = time.monotonic()
        result = json.loads(answer)["results"][0] if status == HTTPStatus.OK else {}
        if result.get("state") != "saved":
            self.measured.errors.append(f"a note: {status} {answer[:200]!r}")
        elif slug == self._slug:
            self.measured.acknowledged.append(now - asked)
            self._sent[result["change"]] = asked

    async def _take_notes_elsewhere(self) -> None:
        taker, decoy = self._made["decoy"]["takers"][0], self._made["decoy"]
        browser = self._browser(f"{taker['cookie']}; csrftoken={TOKEN}")
        for place in range(int(self._seconds / 5)):
            await self._take_note(browser, "decoy", decoy, 0, f"Elsewhere {place}")
            await asyncio.sleep(5)

    async def _burst(self) -> None:
        """Have everybody fetch at the same moment, now and then."""
        for _ in range(int(self._seconds / BURST_EVERY)):
            await asyncio.sleep(BURST_EVERY - 10)
            began = time.monotonic()
            free = [number for number in range(len(self._readers)) if number not in self._busy]
            self._busy.update(free)
            await everybody([self._fetch(number) for number in free], at_once=len(free))
            self._busy.difference_update(free)
            self.measured.bursts.append(time.monotonic() - began)
            await asyncio.sleep(10)

    async def _watch(self) -> None:
        for _ in range(int(self._seconds / 2)):
            self.measured.memory.append(self._program.memory())
            await asyncio.sleep(2)

    def _go(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._fetching.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._fetching.discard(task)
        if not task.cancelled() and task.exception():
            self.measured.errors.append(repr(task.exception()))
