"""Two shares of people compared."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from apps.statements.measures.proportions import (
    benjamini_hochberg,
    mid_p,
    newcombe,
    two_sided,
    wilson,
)

shares = st.integers(1, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


def test_fisher_is_scipys():
    draw = np.random.default_rng(3)
    for _ in range(500):
        of, other_of = (int(n) for n in draw.integers(1, 120, 2))
        agree, other = int(draw.integers(0, of + 1)), int(draw.integers(0, other_of + 1))
        theirs = stats.fisher_exact([[agree, of - agree], [other, other_of - other]]).pvalue
        assert sum(two_sided(agree, of, other, other_of)) == pytest.approx(theirs, abs=4e-14)


@pytest.mark.parametrize(
    ("table", "p"),
    [
        ((11, 12, 6, 15), 0.010475),
        ((9, 12, 6, 15), 0.089075),
        ((0, 5, 0, 7), 0.5),
        ((5, 5, 7, 7), 0.5),
        ((0, 0, 3, 7), 0.5),
    ],
)
def test_mid_p(table, p):
    assert mid_p(*table) == pytest.approx(p, abs=5e-7)


def test_mid_p_of_a_hundred_thousand():
    near = mid_p(25_200, 50_000, 24_800, 50_000)
    assert near == pytest.approx(2 * stats.norm.sf(400 / (2 * 25_000 / 2) ** 0.5), rel=0.02)
    assert mid_p(50_000, 50_000, 0, 50_000) == 0
    assert mid_p(1_000, 50_000, 1_000, 50_000) > 0.95


@given(shares, shares)
@settings(deadline=None)
def test_mid_p_is_the_same_from_either_side(one, two):
    p = mid_p(*one, *two)
    assert 0 <= p < 1
    assert mid_p(*two, *one) == pytest.approx(p, rel=1e-9, abs=1e-20)
    others = (one[1] - one[0], one[1], two[1] - two[0], two[1])
    assert mid_p(*others) == pytest.approx(p, rel=1e-9, abs=1e-20)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.floats(0.001, 1))
@settings(deadline=None)
def test_benjamini_hochberg_is_scipys(p_values, q):
    adjusted = stats.false_discovery_control(p_values)
    mine = benjamini_hochberg(p_values, q)
    certain = np.abs(adjusted - q) > 1e-9
    assert [
        found == (p <= q) for found, p, far in zip(mine, adjusted, certain, strict=True) if far
    ] == [True] * int(certain.sum())


@given(st.lists(st.floats(0, 1), max_size=40), st.floats(0, 1), st.floats(0, 1))
@settings(deadline=None)
def test_more_may_be_false_more_is_found(p_values, one, two):
    strict, lax = (benjamini_hochberg(p_values, q) for q in sorted([one, two]))
    assert all(later or not earlier for earlier, later in zip(strict, lax, strict=True))


def test_wilson():
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == 1
    assert wilson(0, 0) == (0, 1)
    theirs = stats.binomtest(17, 40).proportion_ci(method="wilson")
    assert wilson(17, 40) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((0, 20, 0, 10), -0.2775, 0.1611),
    ],
)
def test_newcombe(table, low, high):
    assert newcombe(*table) == pytest.approx((low, high), abs=5e-5)
