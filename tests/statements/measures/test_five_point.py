"""What a finer scale adds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.statements.measures.five_point import (
    NinePoints,
    Spread,
    agreement,
    percentile,
)

answers = st.dictionaries(st.integers(-2, 2), st.integers(0, 30)).filter(
    lambda values: sum(values.values())
)


def of(*counts: int) -> dict[int, int]:
    return dict(zip(range(-2, 3), counts, strict=True))


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ((0, 0, 7, 0, 0), 1),
        ((0, 0, 0, 0, 3), 1),
        ((4, 4, 4, 4, 4), 0),
        ((5, 0, 0, 0, 5), -1),
        ((0, 5, 5, 0, 0), 0.75),
    ],
)
def test_van_der_eijks_agreement(counts, found):
    assert agreement(of(*counts)) == pytest.approx(found)


def test_the_example_of_agrmt():
    values = dict(enumerate([30, 40, 210, 130, 530, 50, 10]))
    assert agreement(values, range(7)) == pytest.approx(0.6113333, abs=5e-8)


def test_of_nobody_there_is_none():
    assert agreement({}) is None
    assert Spread.of(of(0, 0, 0, 0, 0)) is None


@given(answers, st.integers(1, 5))
@settings(deadline=None)
def test_agreement_is_between_its_ends_and_the_same_from_either(values, times):
    found = agreement(values)
    assert -1 - 1e-9 <= found <= 1 + 1e-9
    assert agreement({-value: count for value, count in values.items()}) == pytest.approx(found)
    more = {value: count * times for value, count in values.items()}
    assert agreement(more) == pytest.approx(found)


@given(answers, st.integers(0, 100))
@settings(deadline=None)
def test_percentiles_are_numpys(values, share):
    everyone = [value for value, count in values.items() for _ in range(count)]
    assert percentile(values, share) == pytest.approx(np.percentile(everyone, share))


def test_spread():
    spread = Spread.of(of(0, 3, 2, 8, 3))
    assert spread == Spread(1, 1)
    assert spread.narrow
    assert not Spread.of(of(8, 0, 0, 0, 8)).narrow


def test_nine_points_as_worked_in_the_open():
    """BMJ Open 2012;2:e001431: ratings 4, 5, 6, five 7s, five 8s, two 9s."""
    panel = NinePoints.of({4: 1, 5: 1, 6: 1, 7: 5, 8: 5, 9: 2})
    assert (panel.span, panel.allowed) == (1.0, pytest.approx(6.1))
    assert not panel.disagreement
    assert NinePoints.of({1: 6, 9: 6}).disagreement
