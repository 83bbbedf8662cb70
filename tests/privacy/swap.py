"""Comparing all that somebody can read in two workshops, byte for byte."""

import re
from collections.abc import Iterator
from functools import cache
from http.cookies import SimpleCookie
from itertools import product
from typing import Any

from django.urls import reverse

from tests.permissions.addresses import Address, addresses
from tests.permissions.table import lines
from tests.privacy import surfaces
from tests.privacy.room import Room, same_dice

# Two answers to one question differ in the CSRF token, whatever was said: in nothing else.
TOKEN = re.compile(r'(csrfmiddlewaretoken" value="|"X-CSRFToken": "|csrftoken=)[A-Za-z0-9]+')
# Where most is said about people: what is looked at as often as not.
OFTEN = {
    "api:comment-list", "api:note-list", "themes:detail", "themes:capture", "memos:memo",
    "participants:history", "participants:people", "notes:feed", "notes:waiting_thoughts",
    "api:thought-list", "statements:detail", "statements:queue", "api:round-list",
}  # fmt: skip


def differences(
    room: Room, log: surfaces.Log, turn: tuple[int, int] | None = None
) -> tuple[int, list[str]]:
    """Return how much was compared, and each place where the exchange shows to its readers.

    Of the addresses every so manieth has its `turn`; without one, those that say most.
    """
    as_it_was = dict(_read(room, log, turn, exchanged=False))
    otherwise = dict(_read(room, log, turn, exchanged=True))
    places = as_it_was.keys() | otherwise.keys()
    return len(places), [
        f"{place}:\n{_where(as_it_was.get(place, ''), otherwise.get(place, ''))}"
        for place in sorted(places)
        if as_it_was.get(place) != otherwise.get(place)
    ]


def _read(
    room: Room,
    log: surfaces.Log,
    turn: tuple[int, int] | None,
    *,
    exchanged: bool,
) -> Iterator[tuple[str, str]]:
    with room.told(exchanged=exchanged):
        yield "mail", "\n".join(text for _, text in surfaces.mails(set()))
        for reader in room.readers:
            client = room.browsers[room.people[reader].pk]
            cookies = client.cookies.copy()
            for address, path in paths(room, turn):
                client.cookies = SimpleCookie()
                client.cookies.update(cookies)
                log.taken()
                with same_dice():
                    response: Any = client.get(path)
                place = f"{address.name} {path} as {reader}"
                for where, text in surfaces.answer(response):
                    yield f"{place}: {where}", TOKEN.sub(r"\1…", text)
                yield f"{place}: log", "\n".join(log.taken())


def paths(room: Room, turn: tuple[int, int] | None) -> Iterator[tuple[Address, str]]:
    """Yield every path of the workshop that can be read, for each thing that it may be about."""
    for number, address in enumerate(readable()):
        often = address.name in OFTEN
        start, step = turn or (0, 1)
        every = min(step, 2) if often else step
        if number % every != start % every or not (turn or often):
            continue
        names = sorted(address.arguments)
        known = [room.things.get(_thing(address, name), []) for name in names]
        for values in product(*known):
            yield address, reverse(address.name, kwargs=dict(zip(names, values, strict=True)))


@cache
def readable() -> list[Address]:
    """Return the addresses inside workshops that can be read."""
    read = {line.route for line in lines() if "GET" in line.methods}
    return [each for each in addresses() if each.name in read and "slug" in each.arguments]


def _thing(address: Address, argument: str) -> str:
    if argument == "pk":
        return address.name.removeprefix("api:").partition("-")[0]
    return argument.removesuffix("_id")


def _where(one: str, other: str) -> str:
    """Return the first place where two texts part."""
    at = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    start = max(at - 80, 0)
    return f"  …{one[start : at + 80]!r}\n  …{other[start : at + 80]!r}"
