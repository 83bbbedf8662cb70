"""The map of findings as a drawing: where each mark stands.

Heights are in pixels and widths in per cent, so that the words keep their size on a phone and on
paper, and only the distance between agreement and divergence grows.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.annotations.selectors.evidence_map import Place, Row

# Three marks beside each other fit a sixth of the narrowest phone.
PITCH, IN_LINE = 15, 3
HEAD, LABEL, LINE, FOOT = 40, 22, 18, 8
# No taller than a page of paper takes.
TALLEST = 840
PLACES = list(Place)
SHARE = 100 / len(PLACES)


@dataclass(frozen=True)
class Mark:
    """One finding: how far right of the middle of its place, and how far down the drawing."""

    shape: str
    right: float
    down: int
    doubted: bool


@dataclass(frozen=True)
class Column:
    """A place on the way from agreement to divergence, where it begins, and its name in lines."""

    start: float
    middle: float
    words: list[str]
    marks: list[Mark]


@dataclass(frozen=True)
class Label:
    """The name of a row, above its marks; `rule` is where the line under it runs."""

    text: str
    count: int
    down: int
    rule: int


@dataclass(frozen=True)
class Plate:
    """A drawing that fits a page: one for a day with few themes, several for one with many."""

    height: int
    columns: list[Column]
    labels: list[Label]
    share: float = SHARE


def plates(rows: Iterable[Row]) -> list[Plate]:
    """Return the drawings that show `rows`, in order."""
    found: list[list[Row]] = [[]]
    used = HEAD
    for row in rows:
        height = _height(row)
        if found[-1] and used + height > TALLEST:
            found.append([])
            used = HEAD
        found[-1].append(row)
        used += height
    return [_plate(each) for each in found if each]


def _plate(rows: list[Row]) -> Plate:
    marks: dict[Place, list[Mark]] = {place: [] for place in PLACES}
    labels: list[Label] = []
    down = HEAD
    for row in rows:
        height = _height(row)
        labels.append(Label(row.label, len(row.findings), down + LABEL - 6, down + height))
        for place in PLACES:
            marks[place] += _marks(row, place, down + LABEL)
        down += height
    columns = [
        Column(
            start=round(number * SHARE, 3),
            middle=round((number + 0.5) * SHARE, 3),
            words=place.label.split(),
            marks=marks[place],
        )
        for number, place in enumerate(PLACES)
    ]
    return Plate(down + 1, columns, labels)


def _marks(row: Row, place: Place, top: int) -> list[Mark]:
    there = row.at(place)
    found: list[Mark] = []
    for number, finding in enumerate(there):
        line, beside = divmod(number, IN_LINE)
        in_line = min(IN_LINE, len(there) - line * IN_LINE)
        right = (beside - (in_line - 1) / 2) * PITCH
        down = top + line * LINE + LINE // 2
        found.append(Mark(place.shape, right, down, bool(finding.doubts)))
    return found


def _height(row: Row) -> int:
    most = max(len(row.at(place)) for place in PLACES)
    return LABEL + -(-most // IN_LINE) * LINE + FOOT
