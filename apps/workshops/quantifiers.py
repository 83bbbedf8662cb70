"""Words for how many: what each takes, as a workshop keeps it. Integer arithmetic only.

Shares are in per cent of those who answered; 33 and 67 stand for a third and two thirds, to the
person. “A majority” is more than half, whatever else is chosen, and uncounted nothing is above
“many” (`apps.annotations.models.Quantifier`). What protects people isn't in the table: see
`QuantifierTable.word_for`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber

from apps.workshops.consensus import HALF, PER_CENT

# So few that the one who thought otherwise is known by a word as well as by the numbers.
FEW_PEOPLE = 12
# What each threshold may be; that the shares keep their order comes on top.
LEAST_MANY, MOST_NEARLY_ALL = 10, 99
LEAST_SEVERAL, MOST_SEVERAL = 4, 10
LEAST_NUMBERS, MOST_NUMBERS = 5, 1_000
_FRACTIONS = {25: "a quarter", 33: "a third", 50: "half", 67: "two thirds", 75: "three quarters"}
_THIRDS = {33: (1, 3), 67: (2, 3)}


class Amount(StrEnum):
    """How many, in a word: what follows from a count, and what may be estimated."""

    ALL = "all"
    ALL_BUT_ONE = "all_but_one"
    NEARLY_ALL = "nearly_all"
    MOST = "most"
    MAJORITY = "majority"
    MANY = "many"
    SEVERAL = "several"
    SOME = "some"
    FEW = "few"
    TWO = "two"
    ONE = "one"


LABELS: dict[str, str] = {
    Amount.ALL: "All",
    Amount.ALL_BUT_ONE: "All but one",
    Amount.NEARLY_ALL: "Nearly all",
    Amount.MOST: "Most",
    Amount.MAJORITY: "A majority",
    Amount.MANY: "Many",
    Amount.SEVERAL: "Several",
    Amount.SOME: "Some",
    Amount.FEW: "A few",
    Amount.TWO: "Two",
    Amount.ONE: "One",
}


@dataclass(frozen=True)
class QuantifierTable:
    """From where on a word holds, as a workshop keeps it: those of the house to begin with."""

    nearly_all_at: int = 90
    most_at: int = 65
    many_at: int = 33
    # In people: below it, from three, it is “a few”.
    several_from: int = 5
    # In people who answered: of fewer, the numbers are told.
    numbers_below: int = 12

    @classmethod
    def of(cls, workshop: Any) -> "QuantifierTable":
        """Return the table of `workshop`."""
        return cls(**{name: getattr(workshop, name) for name in cls.names()})

    @classmethod
    def names(cls) -> list[str]:
        """Return what the thresholds are called, here and on a workshop."""
        return [field.name for field in fields(cls)]

    def problems(self) -> dict[str, str]:
        """Return what can't be, a sentence for each threshold; empty when it can all be."""
        found: dict[str, str] = {}
        if not LEAST_MANY <= self.many_at <= HALF:
            found["many_at"] = (
                f"“Many” begins between {LEAST_MANY} and {HALF}: more than half is a majority."
            )
        if self.most_at <= HALF:
            found["most_at"] = f"“Most” is more than half: {HALF + 1} or more."
        if self.nearly_all_at > MOST_NEARLY_ALL:
            found["nearly_all_at"] = f"“Nearly all” isn’t all: {MOST_NEARLY_ALL} at most."
        elif self.nearly_all_at <= self.most_at:
            found.setdefault(
                "nearly_all_at", f"This has to be above {self.most_at}, where “most” begins."
            )
        if not LEAST_SEVERAL <= self.several_from <= MOST_SEVERAL:
            found["several_from"] = (
                f"“Several” begins between {LEAST_SEVERAL} and {MOST_SEVERAL} people: three are "
                "a few, and so many more aren’t."
            )
        if not LEAST_NUMBERS <= self.numbers_below <= MOST_NUMBERS:
            found["numbers_below"] = (
                f"Numbers are told of fewer than {LEAST_NUMBERS} people at least, and "
                f"{MOST_NUMBERS:,} at most."
            )
        return found

    def word_for(self, counted: int, of: int, *, discreetly: bool = False) -> Amount:
        """Return the word for `counted` of `of`.

        `discreetly`: what is said is off the record. Whatever the table says, all but one and all
        but two are then told alike, as nearly all: a word for the one alone would give them away.
        """
        if discreetly and of >= FEW_PEOPLE and of - counted in {1, 2}:
            return Amount.NEARLY_ALL
        rows = [
            (counted == of, Amount.ALL),
            (counted == of - 1 and of > 2, Amount.NEARLY_ALL if discreetly else Amount.ALL_BUT_ONE),  # noqa: PLR2004
            (_reaches(counted, of, self.nearly_all_at), Amount.NEARLY_ALL),
            (_reaches(counted, of, self.most_at), Amount.MOST),
            (counted * 2 > of, Amount.MAJORITY),
            (_reaches(counted, of, self.many_at), Amount.MANY),
            (counted >= self.several_from, Amount.SEVERAL),
            (counted >= 3, Amount.FEW),  # noqa: PLR2004 - two have a word of their own
            (counted == 2, Amount.TWO),  # noqa: PLR2004
        ]
        return next((word for holds, word in rows if holds), Amount.ONE)

    def meanings(self, *, discreetly: bool = False) -> dict[str, str]:
        """Return what each word means, as it is printed where it is used."""
        nearly = f"{_share(self.nearly_all_at)} or more"
        many, several = _share(self.many_at), apnumber(self.several_from)
        return {
            Amount.ALL: "everyone who answered, counted",
            Amount.ALL_BUT_ONE: "everyone who answered but one, counted",
            Amount.NEARLY_ALL: f"{nearly}, or all but one or two; counted"
            if discreetly
            else f"{nearly}, counted",
            Amount.MOST: f"{_share(self.most_at)} or more, counted",
            Amount.MAJORITY: "more than half, counted",
            Amount.MANY: f"{many} or more",
            Amount.SEVERAL: f"{several} or more, but less than {many}",
            Amount.SOME: "several people, where others thought otherwise; not counted",
            Amount.FEW: _few(self.several_from - 1),
            Amount.TWO: "two people",
            Amount.ONE: "one person",
        }

    def preview(self, of: int, *, discreetly: bool = False) -> Iterator[tuple[str, str, str]]:
        """Yield each word that a count of `of` people can come to, its meaning, and the counts."""
        counts: dict[Amount, list[int]] = {}
        for counted in range(of, 0, -1):
            counts.setdefault(self.word_for(counted, of, discreetly=discreetly), []).append(counted)
        meanings = self.meanings(discreetly=discreetly)
        for word, found in counts.items():
            last, first = found[0], found[-1]
            yield LABELS[word], meanings[word], f"{first}–{last}" if first < last else str(last)


HOUSE = QuantifierTable()


def _reaches(counted: int, of: int, per_cent: int) -> bool:
    part, whole = _THIRDS.get(per_cent, (per_cent, PER_CENT))
    return counted * whole >= of * part


def _share(per_cent: int) -> str:
    if per_cent in _FRACTIONS:
        return _FRACTIONS[per_cent]
    tens, left = divmod(per_cent, 10)
    return f"{per_cent} in a hundred" if left else f"{apnumber(tens)} in ten"


def _few(most: int) -> str:
    if most < LEAST_SEVERAL:
        return "three people"
    return f"three {'or' if most == LEAST_SEVERAL else 'to'} {apnumber(most)} people"
