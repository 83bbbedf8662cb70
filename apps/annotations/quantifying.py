"""Words for how many, from the count alone: the table of the house, in one place.

Uncounted, the rapporteur's estimate stands, which is never above “many” (`Quantifier`). Of fewer
than twelve people there are always numbers. Under the Chatham House Rule nothing is said that
would give a dissenter away, nor any number of fewer people than a group's name may stand for.
"""

from dataclasses import dataclass
from enum import StrEnum

from apps.annotations.models import Annotation, Held, Position
from apps.participants.selectors.attribution import SMALLEST_GROUP, numbers_are_names

NUMBERS_BELOW = 12


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
# What each means, as it is printed where it is used.
MEANINGS: dict[str, str] = {
    Amount.ALL: "everyone who answered, counted",
    Amount.ALL_BUT_ONE: "everyone who answered but one, counted",
    Amount.NEARLY_ALL: "nine in ten or more, counted",
    Amount.MOST: "65 in a hundred or more, counted",
    Amount.MAJORITY: "more than half, counted",
    Amount.MANY: "a third or more",
    Amount.SEVERAL: "five or more, but less than a third",
    Amount.SOME: "several people, where others thought otherwise; not counted",
    Amount.FEW: "three or four people",
    Amount.TWO: "two people",
    Amount.ONE: "one person",
}


@dataclass(frozen=True)
class Told:
    """How many, as it may be told: a word of `Amount`, or “5 of 9”; empty if nothing is known.

    `figures` are the numbers behind a word, where they may be told.
    """

    amount: str = ""
    figures: str = ""

    @property
    def label(self) -> str:
        """What is told, by itself: “A majority”, “5 of 9”."""
        return LABELS.get(self.amount, self.amount)

    @property
    def words(self) -> str:
        """The same within a sentence."""
        return self.label.lower()


def how_many(held: Held) -> Told:
    """Return how many hold something, counted or as it was estimated."""
    if held.counted is None or held.counted_of is None:
        return Told(held.quantifier)
    annotation = held.annotation if isinstance(held, Position) else held
    assert isinstance(annotation, Annotation)  # noqa: S101 - nothing else is held
    return told(
        held.counted,
        held.counted_of,
        discreetly=numbers_are_names(annotation.workshop, annotation.session),
        of_groups=bool(held.holders.all()),
    )


def told(counted: int, of: int, *, discreetly: bool, of_groups: bool = False) -> Told:
    """Return how `counted` of those who answered (`of`) are told.

    `discreetly`: what is said is off the record. `of_groups`: only members of groups that are
    named were counted.
    """
    figures = f"{counted} of {of}"
    if not discreetly:
        return Told(figures) if of < NUMBERS_BELOW else Told(word_for(counted, of), figures)
    if of < SMALLEST_GROUP:
        # So few may be a group, whose name isn't shown or is: people whom others know.
        return Told(Amount.ONE if counted == 1 else Amount.SOME)
    if of < NUMBERS_BELOW:
        # The one or none of a named group who thought otherwise would be known by it.
        given_away = of_groups and of - counted <= 1
        return Told(Amount.NEARLY_ALL) if given_away else Told(figures)
    word = word_for(counted, of)
    if word == Amount.ALL_BUT_ONE:
        word = Amount.NEARLY_ALL
    # With its numbers told elsewhere, “nearly all” without them would mean all but one.
    return Told(word, "" if word == Amount.NEARLY_ALL else figures)


def word_for(counted: int, of: int) -> Amount:
    """Return the word of the table for `counted` of `of`."""
    rows = [
        (counted == of, Amount.ALL),
        (counted == of - 1, Amount.ALL_BUT_ONE),
        (counted * 100 >= of * 90, Amount.NEARLY_ALL),
        (counted * 100 >= of * 65, Amount.MOST),
        (counted * 2 > of, Amount.MAJORITY),
        (counted * 3 >= of, Amount.MANY),
        (counted >= 5, Amount.SEVERAL),  # noqa: PLR2004 - the table's numbers
        (counted >= 3, Amount.FEW),  # noqa: PLR2004
        (counted == 2, Amount.TWO),  # noqa: PLR2004
    ]
    return next((word for holds, word in rows if holds), Amount.ONE)
