"""Which figures of groups may be published."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.statements.measures.counts import Counts
from apps.statements.measures.suppression import DISCREET_BELOW, Hidden, published
from tests.statements.measures.strategies import counts


def test_enough_in_every_group():
    groups = {"scholars": Counts(11, 1, 0), "practitioners": Counts(6, 7, 2)}
    found = published(groups, 5)
    assert found.figures == found.told == groups
    assert not found.worded
    assert not found.hidden


def test_a_small_group_takes_the_next_smallest_with_it():
    groups = {"a": Counts(9, 3, 0), "b": Counts(4, 2, 0), "c": Counts(1, 1, 0)}
    found = published(groups, 5)
    assert list(found.figures) == ["a"]
    assert found.hidden == {"b": Hidden.PROTECTS_OTHERS, "c": Hidden.TOO_FEW}


def test_small_groups_that_are_enough_together_protect_each_other():
    groups = {"a": Counts(9, 3, 0), "b": Counts(2, 1, 0), "c": Counts(1, 1, 0)}
    assert list(published(groups, 5).figures) == ["a"]


def test_those_in_no_group_protect_and_are_protected():
    groups = {"a": Counts(9, 3, 0), "b": Counts(4, 2, 0), "c": Counts(1, 1, 0)}
    assert list(published(groups, 5, Counts(2, 1, 0)).figures) == ["a", "b"]
    del groups["c"]
    found = published(groups, 5, Counts(1, 0, 0))
    assert found.hidden == {"b": Hidden.PROTECTS_OTHERS}


def test_who_has_not_answered_gives_nobody_away():
    groups = {"a": Counts(9, 3, 0), "b": Counts()}
    found = published(groups, 5)
    assert list(found.figures) == ["a"]
    assert found.hidden == {"b": Hidden.TOO_FEW}


@pytest.mark.parametrize("smallest", [0, 1, 2, 3])
def test_never_fewer_than_three(smallest):
    groups = {"a": Counts(1, 1, 0), "b": Counts(2, 1, 0)}
    assert published(groups, smallest).hidden["a"] == Hidden.TOO_FEW


def test_a_small_unanimous_group_is_told_in_words_and_so_is_what_would_tell_it():
    groups = {"a": Counts(9, 0, 0), "b": Counts(12, 3, 0), "c": Counts(18, 1, 1)}
    found = published(groups, 5)
    assert set(found.worded) == {"a", "b"}
    assert set(found.figures) == {"c"}
    assert found.told == groups


def test_unanimous_groups_do_not_protect_each_other():
    groups = {"a": Counts(6, 0, 0), "b": Counts(7, 0, 0), "c": Counts(12, 3, 0)}
    assert not published(groups, 5).figures


def test_ten_may_be_unanimous_in_numbers():
    groups = {"a": Counts(10, 0, 0), "b": Counts(12, 3, 0)}
    assert published(groups, 5).figures == groups


def test_where_the_whole_room_is_unanimous_there_is_nothing_to_keep():
    groups = {"a": Counts(6, 0, 0), "b": Counts(7, 0, 0)}
    assert published(groups, 5).figures == groups


def test_a_hidden_rest_that_is_unanimous_is_not_told_by_subtraction():
    groups = {"a": Counts(10, 3, 0), "b": Counts(0, 3, 0), "c": Counts(0, 3, 0)}
    found = published(groups, 5)
    assert not found.figures
    assert set(found.worded) == {"a"}


def subtractions(groups, ungrouped, found):
    """Yield what an attacker can work out: the groups left, and their answers together."""
    everyone = Counts.total([ungrouped, *groups.values()])
    for size in range(len(found.figures) + 1):
        for known in combinations(found.figures, size):
            left = everyone - Counts.total(found.figures[key] for key in known)
            yield [key for key in groups if key not in known], left


@given(
    st.lists(counts(7), max_size=5).map(lambda each: dict(enumerate(each))),
    counts(4),
    st.integers(0, 7),
)
@settings(deadline=None, max_examples=500)
def test_subtracting_isolates_nobody(groups, ungrouped, smallest):
    found = published(groups, smallest, ungrouped)
    everyone = Counts.total([ungrouped, *groups.values()])
    assert {*found.figures, *found.worded, *found.hidden} == set(groups)
    assert len(found.figures) + len(found.worded) + len(found.hidden) == len(groups)
    least = max(smallest, 3)
    assert all(each.answered >= least for each in found.told.values())
    for left, answers in subtractions(groups, ungrouped, found):
        assert answers.answered == 0 or answers.answered >= min(least, everyone.answered)
        if answers.unanimous and not everyone.unanimous:
            assert answers.answered >= DISCREET_BELOW
            assert not set(left) & set(found.worded)
    if not everyone.unanimous:
        assert not any(
            each.unanimous and each.answered < DISCREET_BELOW for each in found.figures.values()
        )


@given(st.lists(counts(9), max_size=4), counts(4))
@settings(deadline=None)
def test_in_whatever_order_groups_are_given(groups, ungrouped):
    mine = published(dict(enumerate(groups)), 5, ungrouped)
    other = published(dict(reversed(list(enumerate(groups)))), 5, ungrouped)
    assert sorted(map(repr, mine.figures.values())) == sorted(map(repr, other.figures.values()))
