"""What a finer scale adds, for an annex: where answers lie, and how much they agree.

Answers are whole numbers in order, given as how many people gave each. Verdicts never rest on
these: they are worked out from who agrees, disagrees and is unsure, however strongly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, combinations
from typing import Self

FIVE_POINTS = range(-2, 3)
# As on five points Delphi studies mostly call agreement.
NARROW = 1


@dataclass(frozen=True, slots=True)
class Spread:
    """Where answers lie: the middle one, and how wide the middle half is, in points."""

    median: float
    iqr: float

    @classmethod
    def of(cls, values: Mapping[int, int]) -> Self | None:
        """Return the spread of `values` (how many gave each answer); None of nobody's."""
        if not sum(values.values()):
            return None
        quarter, median, three = (percentile(values, share) for share in (25, 50, 75))
        return cls(median, three - quarter)

    @property
    def narrow(self) -> bool:
        """Whether that is what Delphi studies call agreement on five points."""
        return self.iqr <= NARROW


def percentile(values: Mapping[int, int], share: int) -> float:
    """Return the answer below which a `share` in per cent lies, between two where it falls there.

    By linear interpolation (type 7 of Hyndman and Fan). `values` have to be somebody's.
    """
    ordered = sorted(value for value, count in values.items() if count)
    reached = list(accumulate(values[value] for value in ordered))
    place, part = divmod(share * (reached[-1] - 1), 100)

    def at(index: int) -> int:
        return next(value for value, upto in zip(ordered, reached, strict=True) if index < upto)

    low = at(place)
    return low + (at(place + 1) - low) * part / 100 if part else float(low)


def agreement(values: Mapping[int, int], points: Iterable[int] = FIVE_POINTS) -> float | None:
    """Return van der Eijk's A: 1 where all are in one place, 0 where they are everywhere alike,
    -1 where half are at either end; None of nobody's answers.

    `points` are the places of the scale in order, at least three. Van der Eijk, Quality & Quantity
    2001;35:325-341: counts are taken apart into layers of places that are empty or not.
    """
    left = [values.get(point, 0) for point in points]
    whole = sum(left)
    if not whole:
        return None
    found = 0.0
    while any(left):
        layer = [count > 0 for count in left]
        height = min(count for count in left if count)
        found += _of_layer(layer) * height * sum(layer)
        left = [count - height if count else 0 for count in left]
    return found / whole


def _of_layer(layer: list[bool]) -> float:
    places, filled = len(layer), sum(layer)
    triples = list(combinations(layer, 3))
    one_hill = sum(each in {(True, True, False), (False, True, True)} for each in triples)
    valley = triples.count((True, False, True))
    if not one_hill + valley:
        # All are in one place, or in all.
        return 1.0 if filled == 1 else 0.0
    unimodality = ((places - 2) * one_hill - (places - 1) * valley) / (
        (places - 2) * (one_hill + valley)
    )
    return unimodality * (1 - (filled - 1) / (places - 1))


@dataclass(frozen=True, slots=True)
class NinePoints:
    """How far apart a panel is on nine points: the span of its middle 40 per cent, and how wide
    that may be where it lies (IPR and IPRAS of the RAND/UCLA method)."""

    span: float
    allowed: float

    @classmethod
    def of(cls, values: Mapping[int, int]) -> Self:
        """Return it for `values`: how many gave each rating from 1 to 9, and somebody did.

        Worked example in BMJ Open 2012;2:e001431: IPRAS = 2.35 + 1.5 times the distance of the
        middle from 5.
        """
        low, high = percentile(values, 30), percentile(values, 70)
        return cls(high - low, 2.35 + 1.5 * abs(5 - (low + high) / 2))

    @property
    def disagreement(self) -> bool:
        """Whether the panel disagrees."""
        return self.span > self.allowed
