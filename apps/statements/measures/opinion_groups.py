"""Groups of like opinion among people who declared none: for exploring, never a verdict.

As in Polis: k-means on the map (`projection`), two to five groups, the best by silhouette. Unlike
Polis, they are shown only where they are more than what the same procedure finds in shuffled
answers, and come out alike when a fifth of the people is left out. Three real conversations of 19,
24 and 27 people, in each of which Polis showed three groups, don't pass; with a hundred people or
more all five that were tried do. The same answers give the same groups. For workers: imports
scikit-learn, and takes up to a minute.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score
from threadpoolctl import threadpool_limits

from apps.statements.measures.matrix import MISSING, Matrix, answers_of
from apps.statements.measures.polis import Selected, Statistics, Tallied, representative
from apps.statements.measures.projection import Floats, project

FEWEST_PEOPLE, FEWEST_STATEMENTS = 50, 10
# Who answered fewer statements than this (or than there are) has no place on the map.
FEWEST_ANSWERS = 7
MOST_GROUPS, PEOPLE_A_GROUP = 5, 12
STARTS = 9
COPIES, CHANCE = 99, 0.95
SUBSAMPLES, KEPT, ALIKE = 50, 0.8, 0.7
# Of more people so many, drawn at random, are shuffled and left out.
TESTED = 2_000
# Of more people, the silhouette is that of so many.
SILHOUETTES = 600

Labels = NDArray[np.int64]


class Why(StrEnum):
    """Why no groups are shown."""

    FEW_PEOPLE = "few_people"
    FEW_STATEMENTS = "few_statements"
    NO_SPLIT = "no_split"
    LIKE_CHANCE = "like_chance"
    UNSTABLE = "unstable"

    @property
    def sentence(self) -> str:
        """The reason, for people."""
        return f"No reliable opinion groups: {_REASONS[self]}."


_REASONS = {
    Why.FEW_PEOPLE: f"fewer than {FEWEST_PEOPLE} people answered enough statements",
    Why.FEW_STATEMENTS: f"there are fewer than {FEWEST_STATEMENTS} statements",
    Why.NO_SPLIT: "people don’t part into groups that are large enough to be shown",
    Why.LIKE_CHANCE: "answers dealt out at random part people as clearly",
    Why.UNSTABLE: "leaving some people out gives other groups",
}


@dataclass(frozen=True)
class NoGroups:
    """Why no groups are shown; `share` of the variance on the two lines, where there is a map."""

    why: Why
    share: Floats | None


@dataclass(frozen=True)
class OpinionGroups:
    """Groups, from left to right on the map.

    `people` are the rows of those who are on it; `points` (n × 2) where they are, and `labels` (n)
    their groups. `statements` (m × 2) lie on the same map. `typical` is what each group holds that
    others don't; `share` of the variance on the two lines, from 0 to 1. `silhouette`, which
    `chance` (the 95th percentile of shuffled copies) stays below, and `stability` (median adjusted
    Rand index) are why they are shown.
    """

    people: NDArray[np.int64]
    points: Floats
    labels: Labels
    typical: list[list[Selected]]
    statements: Floats
    share: Floats
    silhouette: float
    chance: float
    stability: float

    @property
    def sizes(self) -> list[int]:
        """How many people are in each group."""
        return [int(size) for size in np.bincount(self.labels)]


@dataclass(frozen=True)
class _Split:
    labels: Labels
    silhouette: float


def opinion_groups(votes: Matrix, *, smallest: int = 5, seed: int = 0) -> OpinionGroups | NoGroups:
    """Return the groups of like opinion in `votes`, or why none are shown.

    No group has fewer than `smallest` people, or than two.
    """
    # The sums of one thread come in one order; and for so little more cost rather than save time.
    with threadpool_limits(1):
        return _found(votes, max(smallest, 2), seed)


def _found(votes: Matrix, smallest: int, seed: int) -> OpinionGroups | NoGroups:
    people = _mapped(votes)
    statements = votes.shape[1]
    if statements < FEWEST_STATEMENTS:
        return NoGroups(Why.FEW_STATEMENTS, None)
    there = project(votes)
    if len(people) < FEWEST_PEOPLE:
        return NoGroups(Why.FEW_PEOPLE, there.share)
    split = _split(there.people[people], smallest, seed)
    if split is None:
        return NoGroups(Why.NO_SPLIT, there.share)
    rows = _tested(people, seed)
    clearly, chance = _against_chance(votes[rows], smallest, seed)
    if clearly <= chance:
        return NoGroups(Why.LIKE_CHANCE, there.share)
    labels = np.full(len(votes), -1)
    labels[people] = split.labels
    stability = _stability(votes[rows], labels[rows], smallest, seed)
    if stability < ALIKE:
        return NoGroups(Why.UNSTABLE, there.share)
    found = Statistics.of(Tallied.of(votes[people], split.labels))
    return OpinionGroups(
        people=people,
        points=there.people[people],
        labels=split.labels,
        typical=[representative(found, group) for group in range(split.labels.max() + 1)],
        statements=there.statements,
        share=there.share,
        silhouette=clearly,
        chance=chance,
        stability=stability,
    )


def _mapped(votes: Matrix) -> NDArray[np.int64]:
    return np.flatnonzero(answers_of(votes) >= min(FEWEST_ANSWERS, votes.shape[1]))


def _tested(people: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    if len(people) <= TESTED:
        return people
    return np.sort(np.random.default_rng(seed).choice(people, TESTED, replace=False))


def _split(points: Floats, smallest: int, seed: int) -> _Split | None:
    """Return the best way to part `points` (n × 2) into groups that aren't too small."""
    best: _Split | None = None
    distinct = len(np.unique(points, axis=0))
    for groups in range(2, min(MOST_GROUPS, 2 + len(points) // PEOPLE_A_GROUP, distinct) + 1):
        parted = KMeans(groups, n_init=STARTS, random_state=seed).fit(points)
        if np.bincount(parted.labels_, minlength=groups).min() < smallest:
            continue
        size = SILHOUETTES if len(points) > SILHOUETTES else None
        clearly = float(
            silhouette_score(points, parted.labels_, sample_size=size, random_state=seed)
        )
        if best is None or clearly > best.silhouette:
            # From left to right, whatever k-means calls them.
            rank = parted.cluster_centers_[:, 0].argsort().argsort()
            best = _Split(rank[parted.labels_], clearly)
    return best


def _split_of(votes: Matrix, smallest: int, seed: int) -> _Split | None:
    return _split(project(votes).people, smallest, seed)


def _against_chance(votes: Matrix, smallest: int, seed: int) -> tuple[float, float]:
    """Return how clearly people part, and the 95th percentile of how clearly they do by chance."""
    real = _split_of(votes, smallest, seed)
    shuffled = [_split_of(copy, smallest, seed) for copy in _shuffled(votes, seed)]
    chance = [split.silhouette if split else -1.0 for split in shuffled]
    return real.silhouette if real else -1.0, float(np.quantile(chance, CHANCE))


def _shuffled(votes: Matrix, seed: int) -> Iterator[Matrix]:
    """Yield copies in which the answers to each statement are dealt out anew among those who gave
    one: who answered what stays as it was.
    """
    draw = np.random.default_rng(seed)
    given = [np.flatnonzero(column != MISSING) for column in votes.T]
    for _ in range(COPIES):
        copy = votes.copy()
        for place, rows in enumerate(given):
            copy[rows, place] = draw.permutation(votes[rows, place])
        yield copy


def _stability(votes: Matrix, labels: Labels, smallest: int, seed: int) -> float:
    """Return the median likeness of groups to those of four fifths of the people."""
    draw = np.random.default_rng(seed)
    kept = round(KEPT * len(votes))
    found = []
    for _ in range(SUBSAMPLES):
        rows = np.sort(draw.choice(len(votes), kept, replace=False))
        part = _split_of(votes[rows], smallest, seed)
        found.append(adjusted_rand_score(labels[rows], part.labels) if part else 0.0)
    return float(np.median(found))
