"""Many at the door at once, and somebody guessing: real requests from several addresses.

The short form runs with the other tests; `make joining` runs the long one: 10,000 guesses, and 200
people joining from one address within a minute.
"""

import http.client
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Self
from urllib.parse import urlencode, urlsplit

import pytest

from apps.participants.codes import make_code
from tests.e2e.conftest import Running

IN_FULL = bool(os.environ.get("JOINING_IN_FULL"))
GUESSES, GUESSERS, JOINING = (10_000, 40, 200) if IN_FULL else (200, 5, 24)
A_MINUTE = 60
# As many from one address as `services.joining` lets be wrong within a minute.
TRIES = 30

Answer = tuple[int, str, http.client.HTTPMessage]


class Visitor:
    """A browser at an address of its own, as far as joining needs one."""

    def __init__(self, running: Running, address: str) -> None:
        where = urlsplit(running.address)
        assert where.hostname
        self._connection = http.client.HTTPConnection(
            where.hostname, where.port, source_address=(address, 0), timeout=A_MINUTE
        )
        self._cookies: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def ask(self, method: str, path: str, values: dict[str, str] | None = None) -> Answer:
        """Send a request with the cookies of those before."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if values:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, urlencode(values or {}), headers)
        answer = self._connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.read().decode(), answer.headers


def join(running: Running, address: str, path: str) -> str:
    """Join as a phone does; returns where that led to, or what was answered instead."""
    with Visitor(running, address) as phone:
        status, page, _ = phone.ask("GET", path)
        if status != http.HTTPStatus.OK:
            return str(status)
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        status, _, headers = phone.ask("POST", path, {**hidden, "group": "neither"})
        return headers.get("Location", str(status))


def guess(running: Running, address: str, times: int) -> Counter[int]:
    """Try `times` codes from one address; returns how often each status was answered."""
    with Visitor(running, address) as guesser:
        return Counter(guesser.ask("GET", f"/join/{make_code()}/")[0] for _ in range(times))


def added(counters: Iterable[Counter[int]]) -> Counter[int]:
    """Return all of `counters` in one."""
    total: Counter[int] = Counter()
    for counter in counters:
        total.update(counter)
    return total


def people(running: Running) -> int:
    """Return how many take part in anything."""
    count = "from apps.participants.models import Participant as P; print(P.objects.count())"
    return int(running.manage("shell", "--no-imports", "-c", count).split()[-1])


def code_of_the_example(running: Running) -> str:
    """Return what one types."""
    code = (
        "from apps.participants.models import JoinCode as C; "
        "print(C.objects.get(workshop__slug='security-partnerships').code)"
    )
    return running.manage("shell", "--no-imports", "-c", code).split()[-1]


@pytest.mark.slow
def test_a_room_joins_from_one_address_while_others_guess(running: Running):
    door = urlsplit(running.join_link).path
    before = people(running)
    guessers = [f"127.0.2.{number + 1}" for number in range(GUESSERS)]
    started = time.monotonic()
    with ThreadPoolExecutor(4) as guessing, ThreadPoolExecutor(8) as room:
        guessed = [
            guessing.submit(guess, running, address, GUESSES // GUESSERS) for address in guessers
        ]
        joined = list(room.map(lambda _: join(running, "127.0.1.1", door), range(JOINING)))
        took = time.monotonic() - started
        answers = added(future.result() for future in guessed)
    everything = time.monotonic() - started

    # Everybody of the room is in, though they share an address.
    assert Counter(joined).keys() == {re.sub(r"[^/]+$", "", joined[0])}, Counter(joined)
    assert joined[0].startswith("/w/")
    assert took < A_MINUTE
    # Nobody came in by guessing, and most guesses weren't even looked at.
    assert answers.keys() == {http.HTTPStatus.NOT_FOUND, http.HTTPStatus.TOO_MANY_REQUESTS}
    assert answers[http.HTTPStatus.NOT_FOUND] <= GUESSERS * TRIES * (1 + everything // A_MINUTE)
    assert people(running) == before + JOINING
    # At the address of somebody who guesses, whoever types waits a minute, and is told; whoever
    # scanned the square is in.
    typed = f"/join/{code_of_the_example(running)}/"
    with Visitor(running, guessers[-1]) as unlucky:
        status, page, headers = unlucky.ask("GET", typed)
    assert (status, headers["Retry-After"]) == (http.HTTPStatus.TOO_MANY_REQUESTS, "60")
    assert "Wait a minute" in page
    assert join(running, guessers[-1], door).startswith("/w/")
    assert join(running, "127.0.3.1", typed).startswith("/w/")
    refused = answers[http.HTTPStatus.TOO_MANY_REQUESTS]
    sys.stderr.write(
        f"\n{JOINING} joined from one address in {took:.1f} s, all in. {GUESSES} guesses from "
        f"{GUESSERS} addresses in {everything:.1f} s: none in, {refused} of them not looked at.\n"
    )
