"""Answers as a drawing: one mark for each person, by where they stand.

Who agrees stands from the left end, who disagrees from the right, and who is unsure in the middle
of what is left between them, so that each end can be compared from row to row. An empty place is
somebody who hasn't answered. Where there are more people than can be told apart, bars take the
places of the marks. Agreement is a disc, disagreement a diamond, being unsure a ring: no shape
hangs on its colour, nor does anything on being seen, for the counts stand in words beside it.

All lengths are in tenths of the place that one person takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from apps.statements.measures.counts import Counts

# One more and they are bars; up to half as many stand in one line, more in two.
MOST_MARKS, IN_ONE_LINE = 80, 40
PLACE = 10
# Between those who answer otherwise, where the row is full.
APART = PLACE // 2
DISC, RING, DIAMOND = 3.9, 3.2, 4.4
BAR = 40 * PLACE
# What a place takes on a page, in pixels: a drawing isn't blown up there.
PIXELS = 14


class Side(StrEnum):
    """Where somebody stands."""

    AGREE = "agree"
    UNSURE = "unsure"
    DISAGREE = "disagree"


@dataclass(frozen=True)
class Part:
    """All in a row who answer the same."""

    side: Side
    count: int

    @property
    def number(self) -> str:
        """How many they are, as people write it."""
        return f"{self.count:,}"


@dataclass(frozen=True)
class Marks(Part):
    """All who answer the same, as marks: the middle of each (right, down)."""

    at: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """The marks as the path of an SVG."""
        draw = {Side.AGREE: _disc, Side.UNSURE: _ring, Side.DISAGREE: _diamond}[self.side]
        return "".join(draw(right, down) for right, down in self.at)


@dataclass(frozen=True)
class Bar(Part):
    """All who answer the same, as a bar: where it begins and how long it is."""

    start: float
    length: float

    @property
    def path(self) -> str:
        """The bar as the path of an SVG; one of those who disagree points at the others."""
        if not self.count:
            return ""
        point = min(PLACE / 2, self.length) if self.side == Side.DISAGREE else 0
        shoulder, end = _n(self.start + point), _n(self.start + self.length)
        top, middle, bottom = 1, _n(PLACE / 2), PLACE - 1
        return f"M{shoulder} {top}H{end}V{bottom}H{shoulder}L{_n(self.start)} {middle}z"


@dataclass(frozen=True)
class Row:
    """The answers of the room, or of one group: `label` names whose (plural), empty for all."""

    label: str
    counts: Counts
    parts: tuple[Marks | Bar, ...]

    @property
    def title(self) -> str:
        """Whose answers these are, as a heading."""
        return f"{self.label[:1].upper()}{self.label[1:]}" or "Everybody who answered"

    @property
    def words(self) -> str:
        """All that the row shows, in words."""
        return ", ".join(f"{part.number} {part.side}" for part in self.parts)


@dataclass(frozen=True)
class Picture:
    """Rows under each other, drawn to one scale. `name` tells it from others on the page."""

    name: str
    rows: tuple[Row, ...]
    width: float
    height: float
    as_bars: bool

    @property
    def view_box(self) -> str:
        """The part of the plane that the SVG of a row shows."""
        return f"0 0 {_n(self.width)} {_n(self.height)}"

    @property
    def in_two_lines(self) -> bool:
        """Whether two people stand above each other."""
        return self.height > PLACE

    @property
    def pixels(self) -> int:
        """How wide a row is on a page, where there is room for it."""
        return round(self.width / PLACE * PIXELS)


def picture_of(
    answers: Mapping[str, Counts], *, members: int | None = None, name: str = "answers"
) -> Picture:
    """Return the drawing of `answers`: how many gave which, by whose they are.

    The room is `{"": counts}`, with `members` for those who might have answered; groups are named
    by their plurals, in the order in which they stand under each other. As many marks a row as
    people answered, up to `MOST_MARKS`.
    """
    people = max((max(each.answered, members or 0) for each in answers.values()), default=0)
    if people > MOST_MARKS:
        rows = tuple(Row(label, each, _bars(each, members)) for label, each in answers.items())
        return Picture(name, rows, BAR, PLACE, as_bars=True)
    lines = 1 if people <= IN_ONE_LINE else 2
    width = max((_needed(each, lines, members or 0) for each in answers.values()), default=0)
    rows = tuple(Row(label, each, _marks(each, lines, width)) for label, each in answers.items())
    return Picture(name, rows, width, lines * PLACE, as_bars=False)


def _needed(counts: Counts, lines: int, members: int) -> float:
    columns = sum(_columns(each, lines) for each in (counts.agree, counts.unsure, counts.disagree))
    return max(columns, _columns(members, lines)) * PLACE + 2 * APART


def _columns(people: int, lines: int) -> int:
    return -(-people // lines)


def _marks(counts: Counts, lines: int, width: float) -> tuple[Marks, ...]:
    left = _columns(counts.agree, lines) * PLACE
    right = width - _columns(counts.disagree, lines) * PLACE
    between = _columns(counts.unsure, lines) * PLACE
    middle = left + (right - left - between) / 2
    return (
        Marks(Side.AGREE, counts.agree, _places(counts.agree, lines, 0)),
        Marks(Side.UNSURE, counts.unsure, _places(counts.unsure, lines, middle)),
        Marks(
            Side.DISAGREE,
            counts.disagree,
            tuple((width - x, y) for x, y in _places(counts.disagree, lines, 0)),
        ),
    )


def _places(count: int, lines: int, start: float) -> tuple[tuple[float, float], ...]:
    return tuple(
        (start + (n // lines + 0.5) * PLACE, (n % lines + 0.5) * PLACE) for n in range(count)
    )


def _bars(counts: Counts, members: int | None) -> tuple[Bar, ...]:
    everybody = max(counts.answered, members or 0)
    room = BAR - 2 * APART
    agree, unsure, disagree = (
        round(room * each / everybody, 2) if everybody else 0.0
        for each in (counts.agree, counts.unsure, counts.disagree)
    )
    middle = agree + (BAR - agree - disagree - unsure) / 2
    return (
        Bar(Side.AGREE, counts.agree, 0, agree),
        Bar(Side.UNSURE, counts.unsure, middle, unsure),
        Bar(Side.DISAGREE, counts.disagree, BAR - disagree, disagree),
    )


def _disc(right: float, down: float) -> str:
    return _circle(right, down, DISC)


def _ring(right: float, down: float) -> str:
    return _circle(right, down, RING)


def _circle(right: float, down: float, radius: float) -> str:
    across = 2 * radius
    arc = f"a{radius:g} {radius:g} 0 1 0"
    return f"M{_n(right - radius)} {_n(down)}{arc} {across:g} 0{arc} {-across:g} 0z"


def _diamond(right: float, down: float) -> str:
    d = DIAMOND
    return f"M{_n(right)} {_n(down - d)}l{d} {d} {-d} {d} {-d} {-d}z"


def _n(value: float) -> str:
    """Return a length as it is written in an SVG, whatever the language of the page."""
    return f"{round(value, 2):g}"
