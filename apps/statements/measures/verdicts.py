"""What a room's answers to one statement come to, by the rule that its workshop has set.

The first that holds, of n answers and N members: not enough answers (fewer than five, or than the
quorum of N); consensus for, consensus against; divided; undecided; leaning; mixed. The thresholds,
and where they come from, stand in `apps.workshops.consensus`. Integer arithmetic only.
"""

from dataclasses import dataclass
from enum import StrEnum

from apps.statements.measures.counts import Counts
from apps.workshops.consensus import FEWEST_ANSWERS, ConsensusRule


class Verdict(StrEnum):
    """What the answers to a statement come to."""

    NOT_ENOUGH = "not_enough"
    CONSENSUS_FOR = "consensus_for"
    CONSENSUS_AGAINST = "consensus_against"
    DIVIDED = "divided"
    UNDECIDED = "undecided"
    LEANS_FOR = "leans_for"
    LEANS_AGAINST = "leans_against"
    MIXED = "mixed"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]

    @property
    def is_consensus(self) -> bool:
        """Whether the room is at one, for or against."""
        return self in {Verdict.CONSENSUS_FOR, Verdict.CONSENSUS_AGAINST}

    @property
    def mirrored(self) -> "Verdict":
        """The verdict on the opposite statement."""
        return _MIRROR.get(self, self)


_LABELS = {
    Verdict.NOT_ENOUGH: "Not enough answers",
    Verdict.CONSENSUS_FOR: "Consensus for",
    Verdict.CONSENSUS_AGAINST: "Consensus against",
    Verdict.DIVIDED: "Divided",
    Verdict.UNDECIDED: "Undecided",
    Verdict.LEANS_FOR: "Leans towards agreement",
    Verdict.LEANS_AGAINST: "Leans towards disagreement",
    Verdict.MIXED: "Mixed",
}
_MIRROR = {
    Verdict.CONSENSUS_FOR: Verdict.CONSENSUS_AGAINST,
    Verdict.CONSENSUS_AGAINST: Verdict.CONSENSUS_FOR,
    Verdict.LEANS_FOR: Verdict.LEANS_AGAINST,
    Verdict.LEANS_AGAINST: Verdict.LEANS_FOR,
}


@dataclass(frozen=True, slots=True)
class Bar:
    """What a rule takes of so many answers, in heads: one bar for all ways they may fall."""

    answers: int
    agree: int
    oppose: int
    side: int
    unsure: int
    majority: int

    @classmethod
    def of(cls, rule: ConsensusRule, answers: int) -> "Bar":
        """Return what `rule` takes of `answers`."""
        return cls(
            answers=answers,
            agree=rule.must_agree(answers),
            oppose=rule.may_disagree(answers),
            side=rule.divides(answers),
            unsure=rule.undecides(answers),
            majority=answers // 2 + 1,
        )

    def verdict(self, agree: int, disagree: int) -> Verdict:  # noqa: PLR0911 - one each
        """Return the verdict when so many agree and disagree, and all others are unsure."""
        if agree >= self.agree and disagree <= self.oppose:
            return Verdict.CONSENSUS_FOR
        if disagree >= self.agree and agree <= self.oppose:
            return Verdict.CONSENSUS_AGAINST
        if agree >= self.side and disagree >= self.side:
            return Verdict.DIVIDED
        if self.answers - agree - disagree >= self.unsure:
            return Verdict.UNDECIDED
        if agree >= self.majority:
            return Verdict.LEANS_FOR
        if disagree >= self.majority:
            return Verdict.LEANS_AGAINST
        return Verdict.MIXED


def enough(answers: int, *, members: int | None, rule: ConsensusRule) -> bool:
    """Return whether so many `answers` say anything; `members` is None when nobody knows."""
    return answers >= (FEWEST_ANSWERS if members is None else rule.must_answer(members))


def verdict_of(counts: Counts, *, members: int | None, rule: ConsensusRule) -> Verdict:
    """Return what `counts` come to in a room of `members`; None when it has no roll."""
    if not enough(counts.answered, members=members, rule=rule):
        return Verdict.NOT_ENOUGH
    return Bar.of(rule, counts.answered).verdict(counts.agree, counts.disagree)
