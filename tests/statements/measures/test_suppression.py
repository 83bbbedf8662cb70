"""Which figures of groups may be published."""

import re
from dataclasses import asdict
from itertools import combinations, product
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import Carrying
from apps.statements.measures.sentences import carrying_sentence, group_sentence
from apps.statements.measures.shares import DISCREET_BELOW
from apps.statements.measures.suppression import Hidden, Published, published
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


def test_a_small_group_that_is_at_one_but_for_one_is_told_in_the_same_words():
    others = Counts(12, 8, 0)
    found = [published({"a": Counts(*a), "b": others}, 5) for a in ((9, 0, 0), (8, 1, 0))]
    assert [set(each.worded) for each in found] == [{"a", "b"}, {"a", "b"}]
    said = [group_sentence(each, "a", {"a": "envoys"}) for each in found]
    assert said == ["Nearly all envoys agreed."] * 2


def test_unanimous_groups_do_not_protect_each_other():
    groups = {"a": Counts(6, 0, 0), "b": Counts(7, 0, 0), "c": Counts(12, 3, 0)}
    assert not published(groups, 5).figures


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        # All that may agree in the one and in the other are as many as agree in the room.
        (
            {"a": Counts(9, 0, 0), "b": Counts(1, 8, 0)},
            ["More than half of the a agreed.", "No more than half of the b agreed."],
        ),
        # One more who disagrees would be more than half.
        (
            {"a": Counts(0, 9, 0), "b": Counts(6, 7, 2)},
            ["Hardly any a agreed.", "At least a third of the b agreed."],
        ),
        (
            {"a": Counts(8, 1, 0), "b": Counts(0, 8, 0)},
            ["More than half of the a agreed.", "Hardly any b agreed."],
        ),
    ],
)
def test_words_are_less_close_where_they_would_tell_how_many(groups, said):
    found = published(groups, 5)
    assert [group_sentence(found, key, {"a": "a", "b": "b"}) for key in groups] == said


def test_a_group_is_not_told_of_where_any_word_for_it_tells_of_another():
    # One more of four would be more than half of them, and one less fewer than a third.
    found = published({"a": Counts(0, 3, 0), "b": Counts(2, 2, 0)}, 3)
    assert found.hidden == {"b": Hidden.PROTECTS_OTHERS}


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


def at_one(size):
    """Answers of so many people who are at one, or all but one of them are."""
    near = [Counts(size), Counts(0, size), Counts(0, 0, size), Counts(size - 1, 1)]
    return st.sampled_from([*near, Counts(1, size - 1), Counts(1, 0, size - 1)])


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


# What a reader takes the words for, of so many people.
MEANINGS = {
    "nearly all": lambda n: range(n - 1 if n < 10 else ceil(0.9 * n), n + 1),
    "hardly any": lambda n: range((1 if n < 10 else n // 10) + 1),
    "most": lambda n: range(ceil(0.65 * n), n if n >= 10 else n - 1),
    "more than half of the": lambda n: range(n // 2 + 1, n + 1),
    "no more than half of the": lambda n: range(n // 2 + 1),
    "at least a third of the": lambda n: range(ceil(n / 3), n + 1),
    "fewer than a third of the": lambda n: range(ceil(n / 3)),
    "many": lambda n: range(ceil(n / 3), n // 2 + 1),
    "some": lambda n: range(n // 10 + 1, ceil(n / 3)),
}


def said_of(shown, key, *, against):
    """Return the word that is told of a group: of how many agree, or disagree."""
    carried = Carrying(carried_by=(key,), not_by=())
    only = Published({}, {key: shown.worded[key]}, {}, shown.closeness)
    told = carrying_sentence(carried, only, {key: "them"}, against=against)
    return re.search(r": (.*) them", told)[1].lower()


def may_have_answered(shown, key, known):
    """Yield what a group may have answered, of which no more than the words are `known`."""
    n = shown.worded[key].answered
    agree, disagree = (
        MEANINGS[said_of(shown, key, against=against)](n) for against in (False, True)
    )
    for some, others in product(agree, disagree):
        if some + others <= n and some <= known.agree and others <= known.disagree:
            yield Counts(some, others, n - some - others)


def worlds(shown, groups, ungrouped):
    """Return what all groups that are told of in words may have answered, by all that is told.

    By somebody who knows how many answered in each, too.
    """
    untold = [ungrouped, *(groups[key] for key in (*shown.hidden, *shown.worded))]
    pool = Counts.total(untold)
    of_rest = pool.answered - sum(each.answered for each in shown.worded.values())
    found = []
    for world in product(*(may_have_answered(shown, key, pool) for key in shown.worded)):
        together = Counts.total(world)
        left = [
            getattr(pool, answer) - getattr(together, answer)
            for answer in ("agree", "disagree", "unsure")
        ]
        if min(left) >= 0 and sum(left) == of_rest:
            found.append(world)
    return found


def is_left_open(groups, ungrouped, smallest):
    """Hold that no group told of in words can be worked out, and that the words are true."""
    shown = published(groups, smallest, ungrouped)
    everyone = Counts.total([ungrouped, *groups.values()])
    found = worlds(shown, groups, ungrouped)
    assert tuple(shown.worded.values()) in found
    for place, answers in enumerate(shown.worded.values()):
        assert len({world[place] for world in found}) > 1, (answers, shown)
    assert everyone.unanimous or all(
        max(asdict(each).values()) < each.answered - 1
        for each in shown.figures.values()
        if each.answered < DISCREET_BELOW
    )


def small(n):
    """All ways for `n` people to answer."""
    return [Counts(a, d, n - a - d) for a in range(n + 1) for d in range(n + 1 - a)]


@pytest.mark.parametrize("sizes", [(3, 5), (5, 5), (5, 6), (6, 9)])
def test_whatever_two_groups_answered_words_leave_it_open(sizes):
    for one, two in product(*map(small, sizes)):
        is_left_open({"a": one, "b": two}, Counts(), 3)


@given(
    st.lists(counts(5) | counts(2) | st.integers(3, 9).flatmap(at_one), max_size=3).map(
        lambda each: dict(enumerate(each))
    ),
    counts(2),
    st.integers(3, 5),
)
@settings(deadline=None, max_examples=300)
def test_who_knows_totals_figures_and_words_cannot_work_a_group_out(groups, ungrouped, smallest):
    is_left_open(groups, ungrouped, smallest)


@given(st.lists(counts(9), max_size=4), counts(4))
@settings(deadline=None)
def test_in_whatever_order_groups_are_given(groups, ungrouped):
    mine = published(dict(enumerate(groups)), 5, ungrouped)
    other = published(dict(reversed(list(enumerate(groups)))), 5, ungrouped)
    assert sorted(map(repr, mine.figures.values())) == sorted(map(repr, other.figures.values()))
