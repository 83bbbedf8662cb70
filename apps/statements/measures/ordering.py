"""In what order to list statements: common ground first, or what divides groups most.

Only here are shares smoothed, (a + 1) / (n + 2), so that three of three don't come before 28 of 30.
Keys are compared with the largest first: `sorted(…, key=…, reverse=True)`.
"""

from collections.abc import Collection
from math import prod

from apps.statements.measures.counts import Counts


def common_ground(groups: Collection[Counts], everyone: Counts) -> tuple[float, float]:
    """Return how much a statement is common ground: in the group that agrees least.

    Where those are equal, by Polis's group-aware consensus, the product over all groups. Without
    groups, the share of `everyone`.
    """
    agreeing = [_smoothed(counts.agree, counts) for counts in groups or [everyone]]
    return min(agreeing), prod(agreeing)


def divisive(groups: Collection[Counts], everyone: Counts) -> tuple[float, float]:
    """Return how far apart a statement sets groups: the widest gap between two.

    Where those are equal, and without groups, by the smaller side among `everyone`.
    """
    agreeing = [_smoothed(counts.agree, counts) for counts in groups] or [0.0]
    smaller = min(everyone.agree, everyone.disagree)
    return max(agreeing) - min(agreeing), _smoothed(smaller, everyone)


def _smoothed(some: int, of: Counts) -> float:
    return (some + 1) / (of.answered + 2)
