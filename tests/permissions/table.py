"""Reading `docs/permissions.md`: who may do what at which address, and when."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from apps.workshops.models import AttributionRule, Phase

TABLE = Path(__file__).parents[2] / "docs" / "permissions.md"

ACCOUNTS = (
    "owner", "facilitator", "rapporteur", "participant", "observer", "outsider", "removed",
    "administrator",
)  # fmt: skip
KINDS = (*ACCOUNTS, "joined", "waiting", "nobody")
# Columns that speak for several kinds of person, unless a column of their own does.
COLUMNS = {
    "account": ACCOUNTS,
    "participant": ("participant", "joined"),
    "joined": ("joined", "waiting"),
}
IN_WORKSHOPS = {
    "outsider": "–", "removed": "–", "administrator": "–", "waiting": "–", "nobody": "sign in",
}  # fmt: skip
READING = ("GET", "HEAD")
METHODS = (*READING, "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
LETTERS = re.compile(r"(RW|R|W|no)(?: (.+))?")


class Unreadable(Exception):
    """The table says something that no test can ask."""


@dataclass(frozen=True)
class Moment:
    """A phase of a workshop and the attribution rule it is held under."""

    phase: Phase
    rule: AttributionRule


MOMENTS = [Moment(phase, rule) for rule in AttributionRule for phase in Phase]
Condition = frozenset[Moment]


@dataclass(frozen=True)
class Line:
    """One line of the table: an address, what of it is meant, and who may use its methods."""

    number: int
    what: str
    route: str
    thing: str
    methods: tuple[str, ...]
    cells: Mapping[str, str]
    open: Condition
    conditions: Mapping[str, Condition]

    def __str__(self) -> str:
        return f"`{self.route}`{f' {self.thing}' if self.thing else ''} (line {self.number})"

    def expected(self, kind: str, method: str, moment: Moment) -> str:
        """Return what becomes of a request: "allowed", "refused", "absent", "sign in", "empty"."""
        cell = self.cells[kind]
        if cell in {"–", "sign in", "empty"}:
            if cell == "empty" and method not in READING:
                return "refused"
            return {"–": "absent"}.get(cell, cell)
        letters, named = self._read(cell)
        holds = named is None or moment in self.conditions[named]
        if letters == "no":
            return "refused" if holds else "absent"
        reads = method in READING
        if letters == "R":
            return ("allowed" if reads else "refused") if holds else "absent"
        writes = (holds if named else moment in self.open) or (letters == "RW" and reads)
        return "allowed" if writes else "refused"

    def check(self) -> None:
        """Raise `Unreadable` for a cell that says nothing."""
        for cell in self.cells.values():
            if cell not in {"–", "sign in", "empty"}:
                self._read(cell)
        writes = any("W" in cell for cell in self.cells.values())
        if writes and not self.open:
            raise Unreadable(f"{self} says who writes, but not when: fill in “writes open”.")

    def _read(self, cell: str) -> tuple[str, str | None]:
        found = LETTERS.fullmatch(cell)
        if found is None or (found[2] and found[2] not in self.conditions):
            raise Unreadable(f"{self} holds “{cell}”. Write R, W, RW, no, –, empty or sign in.")
        return found[1], found[2]


def lines(text: str | None = None) -> list[Line]:
    """Return every line of the table, or of `text` written like it."""
    text = TABLE.read_text() if text is None else text
    conditions = dict(_conditions(text))
    found = []
    for number, row in _rows(text):
        if "address" not in row:
            continue
        line = _line(number, row, conditions)
        line.check()
        found.append(line)
    return found


def _line(number: int, row: dict[str, str], conditions: Mapping[str, Condition]) -> Line:
    address = re.fullmatch(r"`([^`]+)`(?: ([\w-]+))?", row.pop("address"))
    if address is None:
        raise Unreadable(f"Line {number}: an address is `app:name`, and one word if need be.")
    what, named, when = row.pop("what"), row.pop("methods").split(), row.pop("writes open")
    if unknown := set(named) - {"GET", "POST", "PATCH", "PUT", "DELETE"}:
        raise Unreadable(f"Line {number} names the methods {sorted(unknown)}.")
    if when and when not in conditions:
        raise Unreadable(f"Line {number} is open “{when}”, which the table “When” doesn't hold.")
    if unknown := set(row) - {*KINDS, *COLUMNS}:
        raise Unreadable(f"Line {number} stands under the columns {sorted(unknown)}.")
    cells = dict(IN_WORKSHOPS) if "owner" in row else {}
    for column, kinds in COLUMNS.items():
        if column in row:
            cells |= dict.fromkeys(kinds, row[column])
    cells |= {kind: cell for kind, cell in row.items() if kind in KINDS and kind not in COLUMNS}
    if "owner" in row and "joined" in row:
        cells["waiting"] = IN_WORKSHOPS["waiting"]
    if missing := set(KINDS) - set(cells):
        raise Unreadable(f"Line {number} says nothing of: {', '.join(sorted(missing))}.")
    return Line(
        number=number,
        what=what,
        route=address[1],
        thing=address[2] or "",
        methods=tuple(each for name in named for each in (READING if name == "GET" else (name,))),
        cells=cells,
        open=conditions.get(when, frozenset()),
        conditions=conditions,
    )


def _conditions(text: str) -> Iterator[tuple[str, Condition]]:
    for _, row in _rows(text):
        if "condition" in row:
            phases = _chosen(row["phases"], list(Phase))
            rules = _chosen(row["rules"], list(AttributionRule))
            yield (
                row["condition"],
                frozenset(
                    moment for moment in MOMENTS if moment.phase in phases and moment.rule in rules
                ),
            )


def _chosen(cell: str, choices: list[Phase] | list[AttributionRule]) -> set[str]:
    by_label = {str(choice.label).lower(): choice.value for choice in choices}
    return (
        set(by_label.values())
        if cell == "all"
        else {by_label[name.strip().lower()] for name in cell.split(",")}
    )


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row of each table with its line's number, by the names of its columns."""
    head: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("|"):
            head = None
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if head is None:
            head = cells
        elif not set(line) <= set("|-: "):
            if len(cells) != len(head):
                raise Unreadable(f"Line {number} has {len(cells)} cells; {len(head)} are needed.")
            yield number, dict(zip(head, cells, strict=True))
