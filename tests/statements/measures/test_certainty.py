"""How firm a verdict is."""

from collections import Counter
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from apps.statements.measures.certainty import (
    ALL_WAYS_UP_TO,
    Bounds,
    Certainty,
    Level,
    bounds_of,
    certainty_of,
    margin_of,
)
from apps.statements.measures.counts import Counts
from apps.statements.measures.draws import binomial
from apps.statements.measures.verdicts import Verdict, verdict_of
from apps.workshops.consensus import ConsensusRule
from tests.statements.measures.strategies import RULE, counts, rules


@pytest.mark.parametrize(
    ("answers", "members", "level", "probability", "margin"),
    [
        ((22, 1, 4), 27, Level.SETTLED, 1, 2),
        ((21, 4, 2), 27, Level.SETTLED, 1, 1),
        ((20, 3, 4), 27, Level.SETTLED, 1, 1),
        ((21, 2, 1), 27, Level.VERY_LIKELY, 0.9979, 2),
        ((14, 2, 0), 27, Level.LIKELY, 0.7648, 1),
        ((17, 2, 1), 27, Level.VERY_LIKELY, 0.9193, 2),
        ((13, 12, 2), 27, Level.SETTLED, 1, 4),
        ((9, 9, 9), 27, Level.SETTLED, 1, 1),
        ((15, 3, 2), 20, Level.SETTLED, 1, 1),
        ((11, 5, 11), 27, Level.SETTLED, 1, 3),
        ((8, 1, 0), 27, None, None, None),
    ],
)
def test_known_rooms(answers, members, level, probability, margin):
    found = certainty_of(Counts(*answers), members, RULE)
    assert found.level == level
    assert found.probability == pytest.approx(probability, abs=5e-5)
    assert margin_of(Counts(*answers), members=members, rule=RULE) == margin


def every_way(answers: Counts, silent: int):
    for i, j in product(range(silent + 1), repeat=2):
        if i + j <= silent:
            yield Counts(i, j, silent - i - j)


@given(counts(12), st.integers(0, 9), rules())
@settings(deadline=None, max_examples=200)
def test_settled_is_what_no_way_of_answering_changes(answers, silent, rule):
    members = answers.answered + silent
    verdict = verdict_of(answers, members=members, rule=rule)
    all_stand = all(
        verdict_of(answers + way, members=members, rule=rule) == verdict
        for way in every_way(answers, silent)
    )
    found = certainty_of(answers, members, rule)
    if verdict != Verdict.NOT_ENOUGH:
        assert (found.level == Level.SETTLED) == all_stand


def test_what_every_further_answer_changes_is_open():
    """One of seven is 13 per cent; one of eight isn't, and whoever is left agrees or doesn't."""
    rule = ConsensusRule(divided_at=13, opposed_at_most=0, undecided_at=1, quorum=0)
    answers = Counts(1, 1, 5)
    assert verdict_of(answers, members=8, rule=rule) == Verdict.DIVIDED
    assert certainty_of(answers, 8, rule) == Certainty(Level.OPEN, 0)


@given(counts(12), st.integers(1, 9), rules())
@settings(deadline=None, max_examples=100)
def test_the_probability_is_that_of_a_dirichlet_multinomial(answers, silent, rule):
    members = answers.answered + silent
    verdict = verdict_of(answers, members=members, rule=rule)
    found = certainty_of(answers, members, rule)
    if verdict == Verdict.NOT_ENOUGH:
        assert found == Certainty()
        return
    alpha = np.array([answers.agree, answers.disagree, answers.unsure]) + 0.5
    theirs = sum(
        stats.dirichlet_multinomial.pmf([way.agree, way.disagree, way.unsure], alpha, silent)
        for way in every_way(answers, silent)
        if verdict_of(answers + way, members=members, rule=rule) == verdict
    )
    assert found.probability == pytest.approx(theirs, abs=1e-9)


def test_drawing_agrees_with_going_through_all_ways():
    answers = Counts(122, 23, 15)
    counted = certainty_of(answers, answers.answered + ALL_WAYS_UP_TO, RULE)
    drawn = certainty_of(answers, answers.answered + ALL_WAYS_UP_TO + 1, RULE)
    assert 0.05 < counted.probability < 0.95
    assert drawn.probability == pytest.approx(counted.probability, abs=0.03)
    assert drawn == certainty_of(answers, answers.answered + ALL_WAYS_UP_TO + 1, RULE)


def test_a_hundred_thousand_in_all_ways():
    """Factors of ten thousands of answers stay within floating point."""
    found = certainty_of(Counts(74_900, 14_900, 10_070), 100_000, RULE)
    assert 0.01 < found.probability < 0.99
    assert certainty_of(Counts(60_000, 5_000, 2_000), 100_000, RULE).level == Level.VERY_LIKELY


@given(counts(), rules(), st.integers(0, 40))
@settings(deadline=None, max_examples=60)
def test_the_opposite_statement_is_as_firm(answers, rule, silent):
    members = answers.answered + silent
    mine, theirs = (certainty_of(each, members, rule) for each in (answers, answers.swapped))
    assert theirs.probability == pytest.approx(mine.probability, abs=1e-9)
    margins = (margin_of(each, members=members, rule=rule) for each in (answers, answers.swapped))
    assert len(set(margins)) == 1


@given(counts(), rules())
@settings(deadline=None, max_examples=10)
def test_without_a_roll_it_is_about_as_firm(answers, rule):
    mine, theirs = (certainty_of(each, None, rule) for each in (answers, answers.swapped))
    assert theirs.probability == pytest.approx(mine.probability, abs=0.05)


def test_without_a_roll_nothing_is_settled():
    assert certainty_of(Counts(900, 20, 80), None, RULE) == Certainty(Level.VERY_LIKELY, 1)
    near = certainty_of(Counts(15, 3, 2), None, RULE)
    assert near.level == Level.OPEN
    shares = np.random.default_rng(1).dirichlet([15.5, 3.5, 2.5], 100_000)
    held = np.mean((shares[:, 0] >= 0.75) & (shares[:, 1] <= 0.15))
    assert near.probability == pytest.approx(held, abs=0.03)


@given(counts(15), rules())
@settings(deadline=None)
def test_the_margin_is_what_it_takes(answers, rule):
    """So many moving changes the verdict, and no fewer do."""
    margin = margin_of(answers, members=None, rule=rule)
    verdict = verdict_of(answers, members=None, rule=rule)
    if verdict == Verdict.NOT_ENOUGH:
        assert margin is None
        return
    changed = Counter()
    start = (answers.agree, answers.disagree, answers.unsure)
    for source, target, people in product(range(3), range(3), range(1, 16)):
        moved = list(start)
        moved[source] -= people
        moved[target] += people
        if source != target and moved[source] >= 0:
            changed[people] += verdict_of(Counts(*moved), members=None, rule=rule) != verdict
    assert margin == min((people for people, times in changed.items() if times), default=None)


def test_bounds():
    assert bounds_of(Counts(21, 2, 1), 27) == Bounds(21, 24, 27)
    assert bounds_of(Counts(6, 0, 0), 5) == Bounds(6, 6, 5)


@pytest.mark.parametrize(
    ("trials", "chance"),
    [(0, 0.3), (7, 0), (7, 1), (12, 0.5), (200, 0.01), (300, 0.4), (5_000, 0.97)],
)
def test_how_many_of_so_many(trials, chance):
    draw, times = Random(7), 4_000
    found = Counter(binomial(draw, trials, chance) for _ in range(times))
    assert all(0 <= number <= trials for number in found)
    expected = stats.binom(trials, chance)
    edges = sorted({*expected.ppf(np.linspace(0.1, 0.9, 9)).astype(int), trials})
    below = [sum(times for number, times in found.items() if number <= edge) for edge in edges]
    # As far as the steps of 4,000 draws are ever apart from the distribution, one time in 1,000.
    assert np.abs(np.array(below) / times - expected.cdf(edges)).max() < 1.95 / times**0.5


@pytest.mark.parametrize(
    ("counts", "surely"),
    [
        (Counts(6_000, 4_000, 2_000), True),
        (Counts(9_000, 500, 500), True),
        # A hair above the threshold, or below it.
        (Counts(7_510, 1_400, 1_090), False),
        (Counts(7_490, 1_400, 1_110), False),
    ],
)
def test_of_many_without_a_roll_a_verdict_is_sure_far_from_every_threshold(counts, surely):
    found = certainty_of(counts, None, ConsensusRule()).probability
    assert (found == 1.0) == surely
    assert found > 0.3
