"""How many hold something, as it may be told: a word of the workshop's table, or the numbers.

Uncounted, the rapporteur's estimate stands, which is never above “many” (`Quantifier`). Under the
Chatham House Rule nothing is said that would give a dissenter away, nor any number of fewer people
than a group's name may stand for, whatever the table says.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.annotations.models import Annotation, Held, Position
from apps.participants.selectors.attribution import SMALLEST_GROUP
from apps.workshops.attribution import numbers_are_names
from apps.workshops.quantifiers import FEW_PEOPLE, LABELS, Amount, QuantifierTable


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
    return told(
        held.counted,
        held.counted_of,
        table=table_of(held),
        discreetly=is_discreet(held),
        of_groups=bool(held.holders.all()),
    )


def table_of(held: Held) -> QuantifierTable:
    """Return the table of the workshop in which something is held."""
    return QuantifierTable.of(_finding(held).workshop)


def is_discreet(held: Held) -> bool:
    """Say whether the number of those who hold something could give somebody away."""
    finding = _finding(held)
    return numbers_are_names(finding.workshop, finding.session)


def meanings_used(findings: Iterable[Annotation]) -> list[tuple[str, str]]:
    """Return the words for how many that `findings` of a workshop and their positions use, each
    with what it means there. Makes no query where the positions are loaded.
    """
    held = [each for finding in findings for each in (finding, *finding.positions.all())]
    if not held:
        return []
    used = {how_many(each).amount for each in held}
    meanings = table_of(held[0]).meanings(discreetly=any(map(is_discreet, held)))
    return [(LABELS[word], meaning) for word, meaning in meanings.items() if word in used]


def told(
    counted: int, of: int, *, table: QuantifierTable, discreetly: bool, of_groups: bool = False
) -> Told:
    """Return how `counted` of those who answered (`of`) are told.

    `discreetly`: what is said is off the record. `of_groups`: only members of groups that are
    named were counted.
    """
    word, figures = table.word_for(counted, of, discreetly=discreetly), f"{counted} of {of}"
    in_numbers = of < table.numbers_below
    if not discreetly:
        return Told(figures) if in_numbers else Told(word, figures)
    if of < SMALLEST_GROUP:
        # So few may be a group, whose name isn't shown or is: people whom others know.
        return Told(Amount.ONE if counted == 1 else Amount.SOME)
    if of < FEW_PEOPLE and of_groups and of - counted <= 1:
        # The one or none of a named group who thought otherwise would be known by it.
        return Told(Amount.NEARLY_ALL)
    if of < FEW_PEOPLE and in_numbers:
        return Told(figures)
    if word == Amount.NEARLY_ALL:
        # With its numbers told elsewhere, “nearly all” without them would mean all but one.
        return Told(word)
    return Told(figures) if in_numbers else Told(word, figures)


def _finding(held: Held) -> Annotation:
    finding = held.annotation if isinstance(held, Position) else held
    assert isinstance(finding, Annotation)  # noqa: S101 - nothing else is held
    return finding
