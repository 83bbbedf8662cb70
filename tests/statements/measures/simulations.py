"""Rooms drawn from real answers, to see how often what the measures say holds.

Seeded. A pool is a list of statements, each as what all who answered it said (1, 0, -1).
"""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from apps.statements.measures.certainty import Level, certainty_of
from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import USUAL, compare
from apps.statements.measures.matrix import MISSING, Matrix
from apps.statements.measures.polis import Statistics, Tallied
from apps.statements.measures.proportions import mid_p, two_sided
from apps.statements.measures.verdicts import verdict_of
from tests.statements.measures.strategies import RULE

Pool = list[NDArray[np.int8]]

SMALLEST_ROOM, LARGEST_ROOM = 12, 44
GROUPS, COMPARED = (12, 15), 20


def pool_of(talks: Sequence[Matrix], *, least: int = LARGEST_ROOM) -> Pool:
    """Return the answers to each statement of `talks` that at least so many people answered."""
    columns = (column[column != MISSING] for votes in talks for column in votes.T)
    return [column for column in columns if len(column) >= least]


def counted(answers: NDArray[np.int8]) -> Counts:
    """Return how many gave which answer."""
    return Counts(*(int(np.count_nonzero(answers == value)) for value in (1, -1, 0)))


def calibration(
    pool: Pool, rooms: int, *, dissenters_silent: bool = False, seed: int = 1
) -> dict[object, tuple[float, int]]:
    """Return how often verdicts held: the share of rooms and how many there were, by level and,
    unless settled, by tenths of the probability that was given (0.6, 0.7, …).

    From one to half of a room is silent; with `dissenters_silent` twice as likely those who don't
    say what most of the larger side says.
    """
    draw = np.random.default_rng(seed)
    held: dict[object, list[bool]] = {}
    for _ in range(rooms):
        members = int(draw.integers(SMALLEST_ROOM, LARGEST_ROOM + 1))
        room = draw.choice(pool[draw.integers(len(pool))], members, replace=False)
        whole = counted(room)
        weights = np.ones(members)
        if dissenters_silent:
            weights[room != (1 if whole.agree >= whole.disagree else -1)] = 2
        silent = draw.choice(
            members,
            draw.integers(1, members // 2 + 1),
            replace=False,
            p=weights / weights.sum(),
        )
        seen = counted(np.delete(room, silent))
        found = certainty_of(seen, members, RULE)
        if found.level is None:
            continue
        stands = verdict_of(seen, members=members, rule=RULE) == verdict_of(
            whole, members=members, rule=RULE
        )
        held.setdefault(found.level, []).append(stands)
        if found.level != Level.SETTLED:
            held.setdefault(int((found.probability or 0) * 10) / 10, []).append(stands)
    return {key: (float(np.mean(each)), len(each)) for key, each in held.items()}


def false_flags(pool: Pool, workshops: int, *, seed: int = 3) -> dict[str, tuple[float, float]]:
    """Return by rule in which share of workshops it finds a difference, and how many in each.

    In each, people are dealt out into two groups at random, on each of twenty statements.
    """
    draw = np.random.default_rng(seed)
    found: dict[str, list[int]] = {}
    for _ in range(workshops):
        chosen = draw.choice(len(pool), COMPARED, replace=len(pool) < COMPARED)
        rooms = [draw.choice(pool[at], sum(GROUPS), replace=False) for at in chosen]
        groups = [(counted(room[: GROUPS[0]]), counted(room[GROUPS[0] :])) for room in rooms]
        gaps = [gaps[0] for gaps in compare([dict(enumerate(each)) for each in groups])]
        of_polis = _by_polis(groups)
        flags = {
            "Polis's rule": int((of_polis.agree.significant | of_polis.disagree.significant).sum()),
            "gap of 30 points": sum(abs(gap.points) >= USUAL.gap_at - 1e-9 for gap in gaps),
            "mid-p at 5 per cent": sum(gap.p <= 0.05 for gap in gaps),
            "ours": sum(gap.finding.established for gap in gaps),
        }
        for rule, number in flags.items():
            found.setdefault(rule, []).append(number)
    return {
        rule: (float(np.mean([number > 0 for number in numbers])), float(np.mean(numbers)))
        for rule, numbers in found.items()
    }


def _by_polis(groups: list[tuple[Counts, Counts]]) -> Statistics:
    agree, disagree, seen = (
        np.array([[getattr(each[group], name) for each in groups] for group in (0, 1)])
        for name in ("agree", "disagree", "answered")
    )
    return Statistics.of(Tallied(agree, disagree, seen))


Test = Callable[[int, int, int, int], bool]


def by_mid_p(agree: int, of: int, other: int, other_of: int) -> bool:
    """Whether mid-p is at most 5 per cent."""
    return mid_p(agree, of, other, other_of) <= 0.05


def by_fisher(agree: int, of: int, other: int, other_of: int) -> bool:
    """Whether Fisher's exact test is at most 5 per cent."""
    return sum(two_sided(agree, of, other, other_of)) <= 0.05


def by_polis(agree: int, of: int, other: int, other_of: int) -> bool:
    """Whether Polis calls agreeing typical of the first group, or disagreeing."""
    groups = [(Counts(agree, of - agree), Counts(other, other_of - other))]
    found = _by_polis(groups)
    return bool(found.agree.significant[0, 0] or found.disagree.significant[0, 0])


def rate(test: Test, of: int, other_of: int, share: float, other_share: float) -> float:
    """Return how often `test` finds a difference between groups with these shares: exactly."""
    weights = stats.binom.pmf(range(of + 1), of, share)
    others = stats.binom.pmf(range(other_of + 1), other_of, other_share)
    return float(
        sum(
            weights[a] * others[b]
            for a, b in product(range(of + 1), range(other_of + 1))
            if test(a, of, b, other_of)
        )
    )
