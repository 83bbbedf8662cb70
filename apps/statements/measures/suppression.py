"""Which figures of groups may be published beside those of the whole room.

Whoever knows the figures of the room and of some groups can subtract: what is left is the *rest*,
those of the other groups and of none together. So three things have to hold.

- The rest is nobody, or at least as many people as a group needs to be shown.
- Unanimity discloses: that all nine of a group said the same says what each of them said. A group
  of fewer than ten that is unanimous is told in words. (Where the whole room is unanimous there is
  nothing to keep.)
- Words that stand for unanimity alone would tell it, and so would words for another group from
  which it follows. So a small group in which all but one said the same is told in the same words,
  and of each group that is told in words at least one person may have answered otherwise, by all
  that is told of the room and of the groups. Where that isn't so the next smallest group is told
  in words as well, or words are less close, or a group isn't told of.

Statistical offices ask for five answers in a cell, some for three (OECD glossary, "threshold
rule").
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import permutations
from typing import Generic, TypeVar

from apps.statements.measures.counts import Counts
from apps.statements.measures.shares import BY_HALF, BY_THIRD, CLOSE, DISCREET_BELOW, share_of

FLOOR, USUAL = 3, 5
ANSWERS = (Counts(1, 0, 0), Counts(0, 1, 0), Counts(0, 0, 1))

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
    # How close the words for each of these are (`shares`).
    closeness: Mapping[K, int] = field(default_factory=dict)

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
    left = {key: counts_by_group[key] for key in by_size if key not in hidden}

    worded: dict[K, Counts] = {}
    closeness: Mapping[K, int] | None = {}
    if not everyone.unanimous:
        worded = _in_words(left, rest)
        while (closeness := _close_enough(worded, rest)) is None:
            key, counts = worded.popitem()
            hidden[key] = Hidden.PROTECTS_OTHERS
            rest += counts
    return Published(
        figures={
            key: counts
            for key, counts in counts_by_group.items()
            if key not in hidden and key not in worded
        },
        worded={key: counts for key, counts in counts_by_group.items() if key in worded},
        hidden={key: hidden[key] for key in counts_by_group if key in hidden},
        closeness=closeness or {},
    )


def _in_words(left: Mapping[K, Counts], rest: Counts) -> dict[K, Counts]:
    """Return those of `left` (the smallest first) that are told in words, in the same order."""
    worded = {key for key, counts in left.items() if _at_one_but_for(1, counts)}
    for key in left:
        chosen = {each: left[each] for each in left if each in worded}
        untold = Counts.total([rest, *chosen.values()])
        told = _at_one_but_for(0, untold) or (bool(worded) and untold.unanimous)
        if told or _close_enough(chosen, rest) is None:
            worded.add(key)
    return {key: left[key] for key in left if key in worded}


def _close_enough(worded: Mapping[K, Counts], rest: Counts) -> dict[K, int] | None:
    """Return how close words may be, of as many as can be close; None where no words will do."""
    largest_first = list(reversed(list(worded)))
    for many in range(len(worded) + 1):
        for loose in (BY_HALF, BY_THIRD):
            closeness = dict.fromkeys(largest_first, CLOSE)
            closeness |= dict.fromkeys(largest_first[:many], loose)
            if _open(worded, rest, closeness):
                return closeness
    return None


def _size(counts: Counts) -> tuple[int, int, int]:
    return counts.answered, counts.agree, counts.disagree


def _at_one_but_for(people: int, counts: Counts) -> bool:
    most = max(counts.agree, counts.disagree, counts.unsure)
    return 0 < counts.answered < DISCREET_BELOW and most >= counts.answered - people


def _open(worded: Mapping[K, Counts], rest: Counts, closeness: Mapping[K, int]) -> bool:
    """Return whether, by all that is told, each of `worded` may have answered otherwise.

    That is so where somebody in it and somebody of those who are not told of in numbers may have
    given each other's answers: the room's figures are the same then.
    """

    def fits(key: K, counts: Counts) -> bool:
        return all(
            share_of(some, counts.answered, closeness=closeness[key])
            == share_of(before, counts.answered, closeness=closeness[key])
            for some, before in (
                (counts.agree, worded[key].agree),
                (counts.disagree, worded[key].disagree),
            )
        )

    def others(key: K) -> Iterator[tuple[K | None, Counts]]:
        yield None, rest
        yield from ((other, worded[other]) for other in worded if other != key)

    def may_differ(key: K) -> bool:
        return any(
            _has(worded[key], mine)
            and _has(counts, theirs)
            and fits(key, worded[key] - mine + theirs)
            and (other is None or fits(other, counts - theirs + mine))
            for mine, theirs in permutations(ANSWERS, 2)
            for other, counts in others(key)
        )

    return all(may_differ(key) for key in worded)


def _has(counts: Counts, answer: Counts) -> bool:
    return bool(
        counts.agree * answer.agree
        + counts.disagree * answer.disagree
        + counts.unsure * answer.unsure
    )
