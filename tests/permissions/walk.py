"""Asking every address, with every method, as every kind of person, and judging the answers."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.http import urlencode

from tests.permissions.addresses import Address, addresses
from tests.permissions.bodies import FROM_DEVICES, SECRET, body_of
from tests.permissions.table import KINDS, METHODS, MOMENTS, READING, Line, Moment
from tests.permissions.world import World

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
# A code or link that let people in until now.
OVER = 410
STATUSES = {401: "sign in", 403: "refused", 404: "absent", 405: "no method"}


@dataclass(frozen=True)
class Cell:
    """One request: an address or what is meant there, a kind of person, a method, a moment."""

    address: Address
    line: Line
    kind: str
    method: str
    moment: Moment

    @property
    def expected(self) -> str:
        """What the table says of it."""
        if self.method not in self.line.methods:
            return "no method"
        found = self.line.expected(self.kind, self.method, self.moment)
        if found == "absent" and self.line.cells[self.kind] != "–" and self._is_list:
            return "empty" if self.method in READING else "refused"
        return found

    @property
    def at_the_door(self) -> str:
        """What this kind may be told before the method is looked at."""
        return {"–": "absent", "sign in": "sign in"}.get(self.line.cells[self.kind], "no method")

    @property
    def _is_list(self) -> bool:
        return self.address.is_api and self.address.name.endswith("-list")

    def __str__(self) -> str:
        moment = f"{self.moment.phase.label}, {self.moment.rule.label}"
        return f"{self.method} {self.line} as {self.kind} ({moment})"


@dataclass(frozen=True)
class Answer:
    """What came back: what it means, its status, and the tables into which it wrote."""

    means: str
    status: int
    wrote: frozenset[str] = frozenset()


def cells(lines: Iterable[Line], moments: Iterable[Moment] = MOMENTS) -> Iterator[Cell]:
    """Yield every request there is to make, moment by moment.

    Lines about addresses that aren't there are left to `listing`.
    """
    by_name = {address.name: address for address in addresses()}
    lines = [line for line in lines if line.route in by_name]
    named: dict[str, set[str]] = {}
    for line in lines:
        named.setdefault(line.route, set()).update(line.methods)
    for moment in moments:
        for line in lines:
            for method in METHODS:
                # A method that stands in another line of the address is asked there.
                if method in line.methods or method not in named[line.route]:
                    for kind in KINDS:
                        yield Cell(by_name[line.route], line, kind, method, moment)


def each_outcome_once(found: Iterable[Cell]) -> list[Cell]:
    """Return of each address, kind and method one cell for each thing that becomes of it.

    At which moment is chosen by a number that stays the same, so that over all cells every
    moment has its turn. A method that an address doesn't take is refused before anybody is asked
    who they are: three kinds in turn send it.
    """
    by_outcome: dict[tuple[str, str, str, str], list[Cell]] = {}
    for cell in found:
        expected = cell.expected
        if expected == "no method" and not _in_turn(cell):
            continue
        key = (str(cell.line), cell.kind, cell.method, expected)
        by_outcome.setdefault(key, []).append(cell)
    chosen = [same[number_of(same[0]) % len(same)] for same in by_outcome.values()]
    return sorted(chosen, key=lambda cell: MOMENTS.index(cell.moment))


def _in_turn(cell: Cell) -> bool:
    place = KINDS.index(cell.kind) + 3 * METHODS.index(cell.method) + crc32(str(cell.line).encode())
    return place % len(KINDS) < 3


def mismatches(world: World, found: Iterable[Cell]) -> Iterator[str]:
    """Make the requests, and yield a sentence for each that the table tells otherwise."""
    moment = None
    for cell in found:
        if cell.moment != moment:
            moment = cell.moment
            world.be_in(moment)
        yield from judge(cell, ask(world, cell))


def judge(cell: Cell, answer: Answer) -> Iterator[str]:
    """Yield what is wrong with `answer`, if anything."""
    got, expected = answer.means, cell.expected
    fine = {expected, cell.at_the_door} if expected == "no method" else {expected}
    if got not in fine:
        yield f"{cell}: the table says “{expected}”, the answer is “{got}” ({answer.status})."
    if answer.wrote and (got != "allowed" or cell.method not in {"POST", "PATCH", "DELETE", "PUT"}):
        tables = ", ".join(sorted(answer.wrote))
        yield f"{cell}: the answer is “{got}” ({answer.status}), but it wrote into {tables}."


def ask(world: World, cell: Cell, *, good: bool = False) -> Answer:
    """Make the request; what it changes is undone.

    Whoever may sends what is good, and whoever may not in turn that or nothing: they are refused
    before what they sent is looked at. All send it if it is to be `good`.
    """
    good = good or cell.expected == "allowed" or number_of(cell) % 2 == 1
    sent = sending(world, cell) if good else sending(world, cell, body={})
    with world.browser(cell.kind) as browser:
        try:
            response: Any = browser.generic(**sent)
        except Exception as error:  # noqa: BLE001 - whatever a view raises is a finding
            return Answer(f"broken: {error!r}", 500)
    means = _meaning(cell, response)
    known = "data" in sent and cell.line.route not in SECRET
    taken = response.status_code < 400 or response.status_code == OVER
    if known and not taken and means == cell.expected == "allowed":
        said = " ".join(strip_tags(response.content.decode()).split())
        means = f"its example body was refused: {said[-400:]}"
    return Answer(means, response.status_code, frozenset(world.written))


def sending(world: World, cell: Cell, *, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what a browser is given to make the request, with a good body if none is given."""
    request = {
        "method": cell.method,
        "path": world.path(cell.address, cell.line, cell.kind),
    }
    if cell.method in {*READING, "OPTIONS"}:
        return request
    body = body_of(world, cell.line.route, cell.kind) if body is None else body
    if cell.address.is_api or cell.line.route in FROM_DEVICES:
        return {**request, "content_type": JSON, "data": json.dumps(body, default=str)}
    return {**request, "content_type": FORM, "data": urlencode(body, doseq=True)}


def _meaning(cell: Cell, response: Any) -> str:
    status = response.status_code
    if status in STATUSES:
        return STATUSES[status]
    if status >= 500:
        return "broken"
    to = urlsplit(response.get("Location", ""))
    if to.path == reverse("account_login") and "next=" in to.query:
        return "sign in"
    if cell.method == "OPTIONS" and not response.content:
        return "no method"
    if cell.expected == "empty":
        shown = json.loads(response.content or "[]")
        rows = shown if isinstance(shown, list) else shown["results"]
        return "allowed" if rows else "empty"
    return "allowed"


def number_of(cell: Cell) -> int:
    """Return a number that stays the same, by which to choose among cells."""
    return crc32(f"{cell.line.route} {cell.line.thing} {cell.kind} {cell.method}".encode())
