"""What a consensus rule means in heads. Integer arithmetic only, for an edge must be an edge.

The rule is in per cent of those who answer; "unsure" is an answer. Consensus: at least
`consensus_at` agree and at most `opposed_at_most` disagree. Divided: at least `divided_at` on each
side. Undecided: at least `undecided_at` are unsure. Nothing is said of fewer than five answers, nor
of fewer than `quorum` per cent of those present.

75 per cent is the median of the Delphi studies that define consensus by agreement; with at most 15
per cent against it is the usual rule of core outcome sets. 30 per cent on each side is what the
RAND/UCLA method calls disagreement, for panels of all its sizes. 67 stands for two thirds, to the
person, as in `apps.workshops.quantifiers`.
"""

from dataclasses import asdict, dataclass, fields
from typing import Any

FEWEST_ANSWERS = 5
PER_CENT = 100
HALF = 50
TWO_THIRDS = 67
# What is usual: per cent who must agree, and how people call it.
PRESETS = [(TWO_THIRDS, "Two thirds"), (70, "70 %"), (75, "75 %, the usual"), (80, "80 %")]


@dataclass(frozen=True)
class ConsensusRule:
    """Thresholds in per cent, as a workshop keeps them."""

    consensus_at: int = 75
    opposed_at_most: int = 15
    divided_at: int = 30
    undecided_at: int = 33
    quorum: int = 50

    @classmethod
    def of(cls, workshop: Any) -> "ConsensusRule":
        """Return the rule of `workshop`."""
        return cls(**{name: getattr(workshop, name) for name in cls.names()})

    @classmethod
    def names(cls) -> list[str]:
        """Return what the thresholds are called, here and on a workshop."""
        return [field.name for field in fields(cls)]

    def problems(self) -> dict[str, str]:
        """Return what can't be, a sentence for each threshold; empty when it can all be."""
        found = {
            name: "This is in per cent: from 0 to 100."
            for name, value in asdict(self).items()
            if not 0 <= value <= PER_CENT
        }
        if self.consensus_at < HALF:
            found.setdefault("consensus_at", "A consensus takes at least half: 50 or more.")
        if self.divided_at > HALF:
            found.setdefault("divided_at", "Two sides can’t both be over half: 50 at most.")
        elif self.opposed_at_most >= self.divided_at:
            found.setdefault(
                "opposed_at_most",
                f"This has to stay below {self.divided_at}, where a room counts as divided: "
                "else it could be both.",
            )
        if self.undecided_at < 1:
            found.setdefault("undecided_at", "With 0 every room would be undecided: 1 or more.")
        return found

    def must_agree(self, answers: int) -> int:
        """Return how many of `answers` have to agree for a consensus."""
        return _at_least(self.consensus_at, answers)

    def may_disagree(self, answers: int) -> int:
        """Return how many of `answers` may disagree in a consensus."""
        return self.opposed_at_most * answers // PER_CENT

    def divides(self, answers: int) -> int:
        """Return how many of `answers`, on each side, make the room divided."""
        return _at_least(self.divided_at, answers)

    def undecides(self, answers: int) -> int:
        """Return how many of `answers` being unsure leave the room undecided."""
        return _at_least(self.undecided_at, answers)

    def must_answer(self, present: int) -> int:
        """Return how many of those `present` have to answer for anything to be said."""
        return max(FEWEST_ANSWERS, _at_least(self.quorum, present))


def meaning(rule: ConsensusRule, people: int) -> list[str]:
    """Say, in sentences, what `rule` means in a room of `people`."""
    if people < FEWEST_ANSWERS:
        return [f"Nothing is said of fewer than {FEWEST_ANSWERS} answers, and there are {people}."]
    return [
        _consensus(rule, people),
        _otherwise(rule, people),
        f"Before {rule.must_answer(people)} of {people} have answered, nothing is said at all.",
    ]


def _consensus(rule: ConsensusRule, people: int) -> str:
    agree, disagree = rule.must_agree(people), rule.may_disagree(people)
    allowed = f"at most {disagree} disagree" if disagree else "nobody disagree"
    if people - agree <= disagree:
        # Whoever doesn't agree may as well disagree: the second condition says nothing.
        return f"Of {people} people who answer, {agree} must agree for a consensus."
    return f"Of {people} people who answer, {agree} must agree and {allowed} for a consensus."


def _otherwise(rule: ConsensusRule, people: int) -> str:
    return (
        f"With {rule.divides(people)} or more on each side the room is divided; with "
        f"{rule.undecides(people)} or more unsure it is undecided. Anything else leans one way, "
        "or is mixed."
    )


def _at_least(per_cent: int, of: int) -> int:
    """Return the smallest number that is `per_cent` of `of` or more."""
    if per_cent == TWO_THIRDS:
        return -(-2 * of // 3)
    return -(-per_cent * of // PER_CENT)
