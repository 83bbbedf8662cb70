"""Where the declared groups of a workshop stand: what they share, and where they differ.

Only groups that may be told of are compared (`suppression`). Two groups differ when the gap between
the shares that agree is at least 30 points *and* so wide a gap is not to be expected from chance:
mid-p, with the false discoveries among all statements and pairs of a snapshot held at one in ten
(Benjamini-Hochberg). The wide gap alone is a possible difference, not an established one. With
random labels, 12 against 15 people and 20 statements, a workshop has a false finding in 9 of 100
cases; by Polis's rule in 94. Sixty per cent in each group, and 30 points, are what Jigsaw's
sensemaking tools ask for; COS-STAD asks for 70 per cent in each.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Generic, TypeVar

from apps.statements.measures.counts import Counts
from apps.statements.measures.proportions import benjamini_hochberg, mid_p
from apps.statements.measures.verdicts import Verdict
from apps.workshops.consensus import PER_CENT

# With more groups than this each is compared with all others together.
PAIRED_UP_TO = 4

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class GroupRule:
    """When groups share a view and when they differ: per cent, points, and a share of findings."""

    shared_at: int = 60
    gap_at: int = 30
    false_discoveries: float = 0.10


USUAL = GroupRule()
# What may be chosen for `shared_at`.
SHARED_PRESETS = (60, 70)


class Finding(StrEnum):
    """What a comparison of two groups comes to."""

    OPPOSED = "opposed"
    DIFFER = "differ"
    POSSIBLE = "possible"
    NONE = "none"

    @property
    def established(self) -> bool:
        """Whether the groups differ beyond what chance gives."""
        return self in {Finding.OPPOSED, Finding.DIFFER}


@dataclass(frozen=True)
class Gap(Generic[K]):
    """One group against another; against all others together where `other` is None.

    `p`: how often chance alone gives so wide a gap (mid-p, from 0 to 1, not adjusted).
    """

    group: K
    other: K | None
    counts: Counts
    other_counts: Counts
    p: float
    finding: Finding

    @property
    def points(self) -> float:
        """The share that agrees in the one less that in the other, in points of per cent."""
        return _points(self.counts.agree, self.counts, self.other_counts.agree, self.other_counts)

    @property
    def points_against(self) -> float:
        """The same for those who disagree; for an annex, for it isn't tested."""
        return _points(
            self.counts.disagree, self.counts, self.other_counts.disagree, self.other_counts
        )


@dataclass(frozen=True)
class Carrying(Generic[K]):
    """Which groups carry a consensus of the room, and which don't."""

    carried_by: tuple[K, ...]
    not_by: tuple[K, ...]

    @property
    def shared(self) -> bool:
        """Whether it is that of every group."""
        return not self.not_by


def carrying(
    groups: Mapping[K, Counts], verdict: Verdict, rule: GroupRule = USUAL
) -> Carrying[K] | None:
    """Return which of `groups` carry the consensus that `verdict` is.

    None when it isn't one, or when there are not two groups to share it.
    """
    if not verdict.is_consensus or len(groups) < 2:  # noqa: PLR2004
        return None
    sides = {
        key: counts if verdict == Verdict.CONSENSUS_FOR else counts.swapped
        for key, counts in groups.items()
    }
    carries = {
        key: PER_CENT * counts.agree >= rule.shared_at * counts.answered
        for key, counts in sides.items()
    }
    return Carrying(
        tuple(key for key, does in carries.items() if does),
        tuple(key for key, does in carries.items() if not does),
    )


def compare(
    statements: Sequence[Mapping[K, Counts]], rule: GroupRule = USUAL
) -> list[list[Gap[K]]]:
    """Return the gaps between the groups of each statement, in the order of `statements`.

    Each statement is given as its groups that may be told of, with their answers. Give all those of
    a snapshot at once: how much is established depends on how much was compared.
    """
    pairs = [list(_pairs(groups)) for groups in statements]
    p_values = [
        mid_p(one.agree, one.answered, two.agree, two.answered)
        for found in pairs
        for _, _, one, two in found
    ]
    established = iter(benjamini_hochberg(p_values, rule.false_discoveries))
    chances = iter(p_values)
    return [
        [
            Gap(group, other, one, two, next(chances), _finding(one, two, next(established), rule))
            for group, other, one, two in found
        ]
        for found in pairs
    ]


def _pairs(groups: Mapping[K, Counts]) -> list[tuple[K, K | None, Counts, Counts]]:
    answered = {key: counts for key, counts in groups.items() if counts.answered}
    if len(answered) <= PAIRED_UP_TO:
        return [(one, two, answered[one], answered[two]) for one, two in combinations(answered, 2)]
    everyone = Counts.total(answered.values())
    return [(key, None, counts, everyone - counts) for key, counts in answered.items()]


def _finding(one: Counts, two: Counts, established: bool, rule: GroupRule) -> Finding:  # noqa: FBT001
    gap = abs(one.agree * two.answered - two.agree * one.answered)
    if PER_CENT * gap < rule.gap_at * one.answered * two.answered:
        return Finding.NONE
    if not established:
        return Finding.POSSIBLE
    return Finding.OPPOSED if _opposed(one, two) or _opposed(two, one) else Finding.DIFFER


def _opposed(one: Counts, two: Counts) -> bool:
    return 2 * one.agree > one.answered and 2 * two.disagree > two.answered


def _points(some: int, of: Counts, others: int, other_of: Counts) -> float:
    return PER_CENT * (some / of.answered - others / other_of.answered)
