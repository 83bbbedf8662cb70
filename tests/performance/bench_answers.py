"""How quick answers are taken when a room answers at once: `make bench`. Prints what was measured;
exits 1 where it is too slow.

Starts the program as `make run` does, with two web processes and a room of 200, and lets everybody
answer within one second: by the queue of their devices, and by the plain form.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
import uuid
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.performance.bench_capture import Figure, p95
from tests.performance.load.browsers import Browser
from tests.performance.load.program import Program

PEOPLE, STATEMENTS, WITHIN, AT_MOST = 200, 4, 1.0, 2_000
# A page is read while the others come; nobody waits in line for it as for an answer.
PAGE_AT_MOST = 5_000
TOKEN = "x" * 32
MAKE = f"""
import json
from tests.performance.load.room import _joined
from tests.factories import GroupFactory, ParticipantFactory, StatementFactory, WorkshopFactory
from apps.statements.models import Round
from apps.statements.services import open_rounds
from apps.workshops.models import Phase, Role
found = {{}}
for rule in ("chatham_house", "anonymous"):
    there = WorkshopFactory(slug=f"answers-{{rule}}", phase=Phase.LIVE, attribution_rule=rule)
    named = rule != "anonymous"
    groups = [GroupFactory(workshop=there) for _ in range(3)] if named else []
    people = [ParticipantFactory(workshop=there, user=None, **(
                  {{"group": groups[n % 3]}} if named else {{}})) for n in range({PEOPLE})]
    owner = ParticipantFactory(workshop=there, role=Role.OWNER)
    for n in range({STATEMENTS}):
        StatementFactory(workshop=there, text=f"Statement {{n}} is so.")
    rounds = list(Round.objects.filter(workshop=there))
    open_rounds(actor=owner, rounds=rounds)
    found[rule] = {{"slug": there.slug, "rounds": [str(each.pk) for each in rounds],
                   "people": [[str(each.pk), _joined(each)] for each in people]}}
print(json.dumps(found))
"""
COUNT = """
import json
from apps.statements.models import Response, Tally
from django.db.models import Sum
ours = {"workshop__slug__startswith": "answers-"}
counted = Tally.objects.filter(**{f"round__{name}": value for name, value in ours.items()})
print(json.dumps([Response.objects.filter(**ours).count(), counted.aggregate(n=Sum("count"))["n"]]))
"""


class Room:
    """The people of one workshop, each with a browser of their own."""

    def __init__(self, port: int, made: dict[str, Any]) -> None:
        self._made = made
        self._people = [
            (who, Browser(port, f"{cookie}; csrftoken={TOKEN}")) for who, cookie in made["people"]
        ]

    async def open_page(self) -> list[float]:
        """Let everybody open the page within a second; returns how long each waited, in ms."""
        path = f"/w/{self._made['slug']}/respond/"
        return await self._all(lambda _, browser: browser.ask(path), HTTPStatus.OK)

    async def send(self, place: int) -> list[float]:
        """Let everybody's device send an answer within a second."""
        asked, path = self._made["rounds"][place], f"/w/{self._made['slug']}/capture/queue/"
        headers = {"Content-Type": "application/json", "X-CSRFToken": TOKEN}

        async def answer(who: str, browser: Browser) -> tuple[int, bytes]:
            key = uuid.uuid4().hex * 2
            fields = {"value": place % 3 - 1, "nth": 1, "key": key}
            entry = {"id": str(uuid.uuid4()), "kind": "response", "note": asked, "fields": fields}
            body = json.dumps({"actor": who, "entries": [entry]}).encode()
            status, said = await browser.ask(path, body, headers)
            assert status != HTTPStatus.OK or json.loads(said)["results"][0]["state"] == "saved", (
                said
            )
            return status, said

        return await self._all(answer, HTTPStatus.OK)

    async def post(self, place: int) -> list[float]:
        """Let everybody answer by the plain form within a second."""
        path = f"/w/{self._made['slug']}/respond/{self._made['rounds'][place]}/"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
        return await self._all(
            lambda _, browser: browser.ask(path, urlencode({"value": 1}).encode(), headers),
            HTTPStatus.FOUND,
        )

    async def _all(self, work: Any, expected: int) -> list[float]:
        began = time.perf_counter()

        async def one(place: int, who: str, browser: Browser) -> float:
            await asyncio.sleep(WITHIN * place / len(self._people))
            asked = time.perf_counter()
            status, said = await work(who, browser)
            assert status == expected, (status, said[:300])
            return 1000 * (time.perf_counter() - asked)

        took = await asyncio.gather(
            *(one(place, who, browser) for place, (who, browser) in enumerate(self._people))
        )
        self.all_done = 1000 * (time.perf_counter() - began)
        return took


async def measured(program: Program, made: dict[str, Any]) -> list[Figure]:
    """Let the rooms answer, and return what it took."""
    figures = []

    async def figure(about: str, room: Room, took: Any, limit: int = AT_MOST) -> None:
        used = program.processor()
        times = await took
        for what, value, at_most in (
            ("all have an answer after", room.all_done, limit),
            ("95 of 100 waited at most", p95(times), limit),
            ("half waited at most", statistics.median(times), limit),
            # Of two processors, of which the database and this program have the rest.
            ("the web processes computed", 1000 * (program.processor() - used), 2 * limit),
        ):
            figures.append(Figure(f"{about}: {what}", value, at_most))

    named, nameless = (Room(program.port, made[rule]) for rule in ("chatham_house", "anonymous"))
    await figure("200 open the page", named, named.open_page(), PAGE_AT_MOST)
    await figure("200 devices send the first answer", named, named.send(0))
    await figure("200 devices send the next", named, named.send(1))
    await figure("200 answer by the form", named, named.post(2))
    await figure("200 devices send anonymously", nameless, nameless.send(0))
    return figures


def main() -> int:
    """Measure, print, and return 1 where something took too long or an answer is missing."""
    with (
        tempfile.TemporaryDirectory(prefix="answers") as folder,
        Program(Path(folder), 2) as program,
    ):
        made = program.run(MAKE)
        figures = asyncio.run(measured(program, made))
        answers, counted = program.run(COUNT)
    sys.stdout.write("\n".join(map(str, figures)) + "\n")
    expected = 4 * PEOPLE
    sys.stdout.write(f"{answers} of {expected} answers taken, {counted} counted\n")
    return int(not all(each.holds for each in figures) or not answers == counted == expected)


if __name__ == "__main__":
    sys.exit(main())
