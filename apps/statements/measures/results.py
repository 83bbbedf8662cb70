"""All that is said of one statement's answers, worked out once."""

from dataclasses import dataclass
from typing import Self

from apps.statements.measures.certainty import Certainty, Level, certainty_of, margin_of
from apps.statements.measures.counts import Counts
from apps.statements.measures.verdicts import Verdict, verdict_of
from apps.workshops.consensus import ConsensusRule


@dataclass(frozen=True)
class Result:
    """The answers of a room to a statement, and what they come to by its rule.

    `members` is how many might have answered; None where nobody knows. `margin` is in people.
    """

    counts: Counts
    members: int | None
    verdict: Verdict
    certainty: Certainty
    margin: int | None

    @classmethod
    def of(cls, counts: Counts, *, members: int | None, rule: ConsensusRule) -> Self:
        """Return what `counts` come to."""
        return cls(
            counts=counts,
            members=members,
            verdict=verdict_of(counts, members=members, rule=rule),
            certainty=certainty_of(counts, members, rule),
            margin=margin_of(counts, members=members, rule=rule),
        )

    @property
    def silent(self) -> int:
        """How many members have not answered, as far as that is known."""
        return max((self.members or 0) - self.counts.answered, 0)

    @property
    def settled(self) -> bool:
        """Whether no further answer can change the verdict."""
        return self.certainty.level == Level.SETTLED

    @property
    def side(self) -> Counts:
        """The answers as seen from the side that the verdict is for: `agree` are those with it."""
        against = {Verdict.CONSENSUS_AGAINST, Verdict.LEANS_AGAINST}
        return self.counts.swapped if self.verdict in against else self.counts
