"""Whether what the measures say holds, in rooms drawn from answers: in brief. In full, beside what
the design states: `make bench-measures`.
"""

import pytest

from apps.statements.measures.certainty import Level
from tests.statements.measures.conversations import invented
from tests.statements.measures.simulations import (
    by_fisher,
    by_mid_p,
    by_polis,
    calibration,
    false_flags,
    pool_of,
    rate,
)


@pytest.fixture(scope="module")
def pool():
    return pool_of([invented(400).votes])


@pytest.mark.slow
def test_verdicts_hold_as_often_as_they_say(pool):
    held = calibration(pool, 5_000)
    assert held[Level.SETTLED][0] == 1
    for tenth, stated in {0.6: 0.651, 0.7: 0.741, 0.8: 0.843, 0.9: 0.961}.items():
        share, rooms = held[tenth]
        assert rooms > 400
        assert share == pytest.approx(stated, abs=0.04)


@pytest.mark.slow
def test_they_keep_their_word_where_dissenters_keep_silent(pool):
    held = calibration(pool, 3_000, dissenters_silent=True)
    assert held[Level.SETTLED][0] == 1
    assert held[Level.VERY_LIKELY][0] >= 0.86
    assert held[Level.LIKELY][0] >= 0.63


@pytest.mark.slow
def test_labels_at_random_seldom_differ(pool):
    found = false_flags(pool, 200)
    assert found["ours"][0] <= 0.15
    assert found["Polis's rule"][0] > 0.9


@pytest.mark.parametrize(
    ("groups", "share", "stated"),
    [
        ((3, 24), 0.5, [0.242, 0.068, 0.008]),
        ((5, 22), 0.5, [0.245, 0.045, 0.034]),
        ((8, 19), 0.7, [0.137, 0.050, 0.026]),
        ((13, 14), 0.5, [0.130, 0.053, 0.026]),
    ],
)
def test_of_the_same_shares_mid_p_says_so(groups, share, stated):
    tests = by_polis, by_mid_p, by_fisher
    found = [rate(test, *groups, share, share) for test in tests]
    assert found == pytest.approx(stated, abs=6e-4)


@pytest.mark.parametrize(
    ("of", "other_of", "stated"), [(5, 22, 0.54), (8, 19, 0.67), (13, 14, 0.78)]
)
def test_of_shares_far_apart_it_finds_most(of, other_of, stated):
    assert rate(by_mid_p, of, other_of, 0.85, 0.35) == pytest.approx(stated, abs=0.006)
