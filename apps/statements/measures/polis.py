"""The statistics of Polis: what is typical of a group, and what all agree on.

For the exploratory page and for comparing with Polis; verdicts don't rest on them. Its tests are
generous: they call 17 of 27 a consensus, and on random labels find something in 94 of 100
workshops. Formulas as in its server (math/repness.clj, math/conversation.clj), which smooths shares
by one answer of each kind. Arrays are groups × statements unless said otherwise. For workers:
imports NumPy.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.statements.measures.matrix import MISSING, Matrix

# The 90th percentile of the normal distribution.
Z_90 = 1.2815515655446004
PICKED = 5

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Tallied:
    """How many of each group agreed, disagreed and answered at all (`seen`)."""

    agree: Numbers
    disagree: Numbers
    seen: Numbers

    @classmethod
    def of(cls, votes: Matrix, labels: NDArray[np.integer] | None = None) -> "Tallied":
        """Return the counts of `votes` by group; `labels` are 0, 1, … for each person, and without
        them all are one group.
        """
        groups = [votes]
        if labels is not None:
            groups = [votes[labels == label] for label in range(int(labels.max(initial=-1)) + 1)]
        agree, disagree, seen = (
            np.array([np.count_nonzero(rows, axis=0) for rows in found])
            for found in (
                [each == 1 for each in groups],
                [each == -1 for each in groups],
                [each != MISSING for each in groups],
            )
        )
        return cls(agree, disagree, seen)

    @property
    def others(self) -> "Tallied":
        """For each group, all others together."""
        return Tallied(
            *(each.sum(axis=0) - each for each in (self.agree, self.disagree, self.seen))
        )


@dataclass(frozen=True)
class Side:
    """One answer, agreeing or disagreeing: how common it is in each group, and how typical of it.

    `count` people gave it, of `seen`; `share` is smoothed, and `z` against one half; `ratio` is the
    share over that of all others, and `ratio_z` the test of that.
    """

    count: Numbers
    seen: Numbers
    share: Floats
    z: Floats
    ratio: Floats
    ratio_z: Floats

    @classmethod
    def of(cls, count: Numbers, seen: Numbers, others: Numbers, others_seen: Numbers) -> "Side":
        """Return it for `count` of `seen` in each group, and of its `others`."""
        share = smoothed(count, seen)
        return cls(
            count=count,
            seen=seen,
            share=share,
            z=one_proportion(count, seen),
            ratio=share / smoothed(others, others_seen),
            ratio_z=two_proportions(count, others, seen, others_seen),
        )

    @property
    def significant(self) -> NDArray[np.bool_]:
        """Where it is both common and typical by Polis's tests."""
        return (self.z > Z_90) & (self.ratio_z > Z_90)

    @property
    def weight(self) -> Floats:
        """By what Polis ranks what is typical of a group."""
        return self.ratio * self.ratio_z * self.share * self.z


@dataclass(frozen=True)
class Statistics:
    """Both answers, for each group and statement."""

    agree: Side
    disagree: Side

    @classmethod
    def of(cls, tallied: Tallied) -> "Statistics":
        """Return the statistics of groups by their counts."""
        others = tallied.others
        return cls(
            Side.of(tallied.agree, tallied.seen, others.agree, others.seen),
            Side.of(tallied.disagree, tallied.seen, others.disagree, others.seen),
        )

    @property
    def consensus(self) -> Floats:
        """Polis's group-aware consensus of each statement: the product of the groups' shares.

        Not to be compared between statements that different numbers of groups answered.
        """
        return np.asarray(self.agree.share.prod(axis=0))

    @property
    def consensus_against(self) -> Floats:
        """The same for disagreement."""
        return np.asarray(self.disagree.share.prod(axis=0))


@dataclass(frozen=True)
class Selected:
    """A statement that Polis would show: its place, the answer, and its figures.

    `ratio` and `ratio_z` are None where the whole room is meant. `leads`: chosen first, as what the
    group agrees on most.
    """

    statement: int
    agrees: bool
    count: int
    seen: int
    share: float
    z: float
    ratio: float | None = None
    ratio_z: float | None = None
    leads: bool = False


def smoothed(count: Numbers, seen: Numbers) -> Floats:
    """Return shares with one answer of each kind added."""
    return np.asarray((count + 1) / (seen + 2))


def one_proportion(count: Numbers, seen: Numbers) -> Floats:
    """Return Polis's z of `count` of `seen` against one half."""
    return np.asarray(2 * np.sqrt(seen + 1) * ((count + 1) / (seen + 1) - 0.5))


def two_proportions(count: Numbers, other: Numbers, seen: Numbers, other_seen: Numbers) -> Floats:
    """Return Polis's z of one share against another; 0 where everybody gave this answer."""
    count, other, seen, other_seen = count + 1, other + 1, seen + 1, other_seen + 1
    pooled = (count + other) / (seen + other_seen)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / seen + 1 / other_seen))
    gap = count / seen - other / other_seen
    return np.asarray(np.divide(gap, spread, out=np.zeros_like(gap), where=pooled != 1))


def representative(
    found: Statistics, group: int, *, most: int = PICKED, left_out: frozenset[int] = frozenset()
) -> list[Selected]:
    """Return what is most typical of `group`: agreements before disagreements.

    What it agrees on most leads; then what is common and typical, by weight. Something is always
    chosen if anything was answered. `left_out`: places of statements that are not shown.
    """
    places = [place for place in range(found.agree.share.shape[1]) if place not in left_out]
    leads = _leading(found, group, places)
    typical = found.agree.significant[group] | found.disagree.significant[group]
    rows = [_row(found, group, place) for place in places if typical[place]]
    rows.sort(key=lambda row: -_weight(found, group, row))
    if leads is not None:
        first = _row(found, group, leads, leads=True)
    elif rows or not places:
        # Polis lists nothing else where no agreement leads.
        return []
    else:
        first = _row(found, group, max(places, key=lambda place: _typical(found, group, place)))
    chosen = [first, *(row for row in rows if row.statement != first.statement)][:most]
    return sorted(chosen, key=lambda row: not row.agrees)


def agreed_on(tallied: Tallied, *, most: int = PICKED) -> tuple[list[Selected], list[Selected]]:
    """Return what the whole room agrees and disagrees with most by Polis's test, of one group."""

    def selected(counts: Numbers, *, agrees: bool) -> list[Selected]:
        count, seen = counts[0], tallied.seen[0]
        share, z = smoothed(count, seen), one_proportion(count, seen)
        places = np.flatnonzero((share > 0.5) & (z > Z_90))  # noqa: PLR2004 - half
        places = places[np.argsort(-(share * z)[places], kind="stable")][:most]
        return [
            Selected(int(at), agrees, int(count[at]), int(seen[at]), float(share[at]), float(z[at]))
            for at in places
        ]

    return selected(tallied.agree, agrees=True), selected(tallied.disagree, agrees=False)


def _leading(found: Statistics, group: int, places: list[int]) -> int | None:
    """Return what `group` agrees on most: each is held against the best before it."""
    agree = found.agree
    best: int | None = None
    for place in places:
        if not agree.count[group, place] and not found.disagree.count[group, place]:
            continue
        share, z = agree.share[group, place], agree.z[group, place]
        ratio = agree.ratio[group, place]
        if best is None:
            better = z > Z_90 or (ratio > 1 and share > 0.5)  # noqa: PLR2004 - half
        elif agree.ratio[group, best] > 1:
            better = agree.weight[group, place] > agree.weight[group, best]
        else:
            better = share * z > agree.share[group, best] * agree.z[group, best]
        if better:
            best = place
    return best


def _typical(found: Statistics, group: int, place: int) -> float:
    return float(max(found.agree.ratio_z[group, place], found.disagree.ratio_z[group, place]))


def _weight(found: Statistics, group: int, row: Selected) -> float:
    side = found.agree if row.agrees else found.disagree
    return float(side.weight[group, row.statement])


def _row(found: Statistics, group: int, place: int, *, leads: bool = False) -> Selected:
    at = group, place
    agrees = bool(found.agree.ratio_z[at] > found.disagree.ratio_z[at])
    side = found.agree if agrees else found.disagree
    return Selected(
        statement=place,
        agrees=agrees,
        count=int(side.count[at]),
        seen=int(side.seen[at]),
        share=float(side.share[at]),
        z=float(side.z[at]),
        ratio=float(side.ratio[at]),
        ratio_z=float(side.ratio_z[at]),
        leads=leads,
    )
