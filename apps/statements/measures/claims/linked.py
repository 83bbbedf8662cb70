"""What a finding claims, and the statements that test it, as they were revealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import Finding
from apps.statements.measures.verdicts import Verdict

# Seen from a claim: what is against it.
OPPOSITE = {
    Verdict.CONSENSUS_AGAINST: "the room holds the opposite",
    Verdict.LEANS_AGAINST: "the room leans the other way",
}


class Claim(StrEnum):
    """What a finding claims of the room."""

    CONSENSUS = "consensus"
    DIVERGENCE = "divergence"
    GROUP_DIFFERENCE = "group_difference"


class Outcome(StrEnum):
    """Whether answers bear a claim out."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    CONTRADICTED = "contradicted"
    UNTESTED = "untested"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS = {
    Outcome.SUPPORTED: "Supported",
    Outcome.PARTLY: "Partly supported",
    Outcome.CONTRADICTED: "Contradicted",
    Outcome.UNTESTED: "Untested",
}


class Difference(Protocol):
    """How two groups differ: in points where they may be told, and in a sentence."""

    @property
    def finding(self) -> Finding:
        """What the comparison came to."""

    @property
    def points(self) -> float | None:
        """The gap in points of per cent."""

    @property
    def sizes(self) -> tuple[int, int] | None:
        """How many answered in each."""

    @property
    def says(self) -> str:
        """It in a sentence; empty where groups don't differ."""


@dataclass(frozen=True)
class Linked:
    """A statement that is to test a claim, as it was revealed.

    `agrees`: agreement speaks for the claim; otherwise disagreement does. `shared` is None where
    groups have no say; where some are `hidden` it is of the others. `figures` are the groups that
    may be told of in numbers, by their plurals.
    """

    counts: Counts
    verdict: Verdict
    agrees: bool = True
    shared: bool | None = None
    hidden: bool = False
    carrying_says: str = ""
    gaps: Sequence[Difference] = ()
    figures: Mapping[str, Counts] = field(default_factory=dict)

    @property
    def tested(self) -> bool:
        """Whether enough people answered."""
        return self.verdict != Verdict.NOT_ENOUGH

    @property
    def towards(self) -> Verdict:
        """The verdict as seen from the claim: for is for it."""
        return self.verdict if self.agrees else self.verdict.mirrored

    @property
    def opposed(self) -> bool:
        """Whether two groups are opposed."""
        return any(gap.finding == Finding.OPPOSED for gap in self.gaps)

    @property
    def differing(self) -> bool:
        """Whether two groups differ beyond chance."""
        return any(gap.finding.established for gap in self.gaps)


@dataclass(frozen=True)
class Audit:
    """What answers say of a claim, why in a sentence, and the places of those it rests on."""

    outcome: Outcome
    sentence: str
    because: tuple[int, ...] = ()


Tested = Mapping[int, Linked]
