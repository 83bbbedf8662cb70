"""Which figures of groups may be published beside those of the whole room.

Whoever knows the figures of the room and of some groups can subtract: what is left is the *rest*,
those of the other groups and of none together. So two things have to hold.

- The rest is nobody, or at least as many people as a group needs to be shown.
- Unanimity discloses: that all nine of a group said the same says what each of them said. A group
  of fewer than ten that is unanimous is told in words, and so is the next smallest where
  subtracting would tell all the same. (Where the whole room is unanimous there is nothing to keep.)

Statistical offices ask for five answers in a cell, some for three (OECD glossary, "threshold
rule").
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from apps.statements.measures.counts import Counts

FLOOR, USUAL = 3, 5
DISCREET_BELOW = 10

K = TypeVar("K", bound=Hashable)


class Hidden(StrEnum):
    """Why a group is not shown."""

    TOO_FEW = "too_few"
    PROTECTS_OTHERS = "protects_others"


@dataclass(frozen=True)
class Published(Generic[K]):
    """Groups by how they may be told of, each in the order in which they were given."""

    figures: Mapping[K, Counts]
    # In words alone, never in numbers, shares or what numbers can be worked out from.
    worded: Mapping[K, Counts]
    hidden: Mapping[K, Hidden]

    @property
    def told(self) -> dict[K, Counts]:
        """The groups that may be told of at all, in numbers or in words."""
        return {**self.figures, **self.worded}


def published(
    counts_by_group: Mapping[K, Counts], smallest: int, ungrouped: Counts | None = None
) -> Published[K]:
    """Return how each group may be told of, when the figures of the whole room are published.

    `smallest`: how many answers a group needs to be shown; less than three is taken for three.
    `ungrouped`: the answers of those who are in no group, for they are in the figures of the room.
    """
    smallest = max(smallest, FLOOR)
    rest = ungrouped or Counts()
    everyone = Counts.total([rest, *counts_by_group.values()])
    # Equal groups are taken in any order: what is published is the same.
    by_size = sorted(counts_by_group, key=lambda key: _size(counts_by_group[key]))

    hidden: dict[K, Hidden] = {}
    for key in by_size:
        too_few = counts_by_group[key].answered < smallest
        if too_few or 0 < rest.answered < smallest:
            hidden[key] = Hidden.TOO_FEW if too_few else Hidden.PROTECTS_OTHERS
            rest += counts_by_group[key]
    left = [key for key in by_size if key not in hidden]

    worded: set[K] = set()
    if not everyone.unanimous:
        worded = {key for key in left if _discloses(counts_by_group[key])}
        rest = Counts.total([rest, *(counts_by_group[key] for key in worded)])
        for key in left:
            if key not in worded and (_discloses(rest) or (worded and rest.unanimous)):
                worded.add(key)
                rest += counts_by_group[key]
    return Published(
        figures={
            key: counts
            for key, counts in counts_by_group.items()
            if key not in hidden and key not in worded
        },
        worded={key: counts for key, counts in counts_by_group.items() if key in worded},
        hidden={key: hidden[key] for key in counts_by_group if key in hidden},
    )


def _size(counts: Counts) -> tuple[int, int, int]:
    return counts.answered, counts.agree, counts.disagree


def _discloses(counts: Counts) -> bool:
    return counts.unanimous and counts.answered < DISCREET_BELOW
