"""Web server and database are killed while devices send: their ledgers equal the database."""

import json
import os
import signal
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import psutil
import pytest

from config.launcher.postgres import EmbeddedPostgres
from tests.e2e.never_lost.conftest import Place
from tests.reliability.conftest import wait_for

pytestmark = pytest.mark.slow
NOTES, AT_ONCE, BETWEEN_KILLS = 120, 5, 25
TOKEN = "t" * 32


class Device(threading.Thread):
    """Sends notes in order and in batches, until each is acknowledged, as the queue does."""

    def __init__(self, place: Place, person: int) -> None:
        super().__init__(daemon=True)
        self.texts = [f"{person}: note {number}" for number in range(NOTES)]
        self.acknowledged: list[str] = []
        self.failures = 0
        self._entries = [self._entry(place, text) for text in self.texts]
        self._actor = place.people[person]
        self._url = f"{place.address}/w/{place.slug}/capture/queue/"
        self._cookies = f"sessionid={place.browsers[person].pop()}; csrftoken={TOKEN}"

    def run(self) -> None:
        while len(self.acknowledged) < NOTES:
            there = len(self.acknowledged)
            batch = self._entries[there : there + AT_ONCE]
            try:
                results = self._send(batch)
            except (OSError, ValueError):
                self.failures += 1
                threading.Event().wait(0.1)
                continue
            assert [each["id"] for each in results] == [each["id"] for each in batch]
            assert {each["state"] for each in results} == {"saved"}
            self.acknowledged += [each["fields"]["text"] for each in batch]

    @staticmethod
    def _entry(place: Place, text: str) -> dict[str, object]:
        note, fields = str(uuid.uuid4()), {"text": text}
        session = place.sessions[0]
        return {"id": note, "kind": "note", "note": note, "session": session, "fields": fields}

    def _send(self, batch: list[dict[str, object]]) -> list[dict[str, str]]:
        body = json.dumps({"actor": self._actor, "entries": batch}).encode()
        headers = {
            "Content-Type": "application/json", "Cookie": self._cookies, "X-CSRFToken": TOKEN,
        }  # fmt: skip
        with urlopen(Request(self._url, body, headers), timeout=20) as answer:
            results: list[dict[str, str]] = json.loads(answer.read())["results"]
            return results


@pytest.fixture
def kill_database(place: Place) -> Iterator[Callable[[], None]]:
    """Return a function that kills the database server, and starts it again."""
    folder = next(part for part in place.database.split() if part.startswith("host="))[5:]
    server = EmbeddedPostgres(Path(folder))

    def kill() -> None:
        pid = int((Path(folder) / "postmaster.pid").read_text().split()[0])
        family = psutil.Process(pid).children(recursive=True)
        os.kill(pid, signal.SIGKILL)
        psutil.wait_procs(family, timeout=30)
        server.hold()

    yield kill
    server.release()


def test_what_was_acknowledged_is_there_once_and_in_order_whatever_was_killed(
    place: Place, restart: Callable[[], None], kill_database: Callable[[], None]
):
    devices = [Device(place, person) for person in range(2)]
    for device in devices:
        device.start()

    def acknowledged() -> int:
        return sum(len(device.acknowledged) for device in devices)

    for kill in (restart, kill_database, restart, kill_database):
        goal = acknowledged() + BETWEEN_KILLS
        wait_for(lambda goal=goal: acknowledged() >= goal)
        kill()
    wait_for(lambda: acknowledged() == 2 * NOTES, 120)
    saved = place.notes()
    assert len(saved) == len(set(saved)) == 2 * NOTES
    for device in devices:
        assert [text for text in saved if text in set(device.texts)] == device.acknowledged
        assert device.acknowledged == device.texts
    # Otherwise nothing was killed while something was under way.
    assert sum(device.failures for device in devices) >= 2
