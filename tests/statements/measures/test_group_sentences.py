"""What groups said, in a sentence."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import carrying, compare
from apps.statements.measures.sentences import (
    carrying_sentence,
    gap_sentence,
    group_sentence,
    hidden_sentence,
)
from apps.statements.measures.suppression import published
from apps.statements.measures.verdicts import verdict_of
from tests.statements.measures.strategies import RULE, counts

LABELS = {"s": "scholars", "p": "practitioners", "d": "donors"}


def told(groups, *, others=(), ungrouped=None):
    """Return all that is said of groups: of one statement among others in which they agree."""
    shown = published(groups, 5, ungrouped)
    everyone = Counts.total([ungrouped or Counts(), *groups.values()])
    verdict = verdict_of(everyone, members=None, rule=RULE)
    found = [hidden_sentence(shown, key, LABELS, 5) for key in shown.hidden]
    if carried := carrying(shown.told, verdict):
        against = verdict == "consensus_against"
        found.append(carrying_sentence(carried, shown, LABELS, against=against))
    gaps = compare([shown.told, *others])[0]
    found += [gap_sentence(gap, shown, LABELS, compared=1 + len(others)) for gap in gaps]
    return [sentence for sentence in found if sentence]


SAME = {"s": Counts(8, 4, 0), "p": Counts(10, 5, 0)}


@pytest.mark.parametrize(
    ("groups", "others", "sentences"),
    [
        (
            {"s": Counts(11, 0, 1), "p": Counts(12, 1, 2)},
            0,
            ["Shared by both groups: 11 of 12 scholars and 12 of 15 practitioners agreed."],
        ),
        (
            {"s": Counts(0, 11, 1), "p": Counts(1, 12, 2), "d": Counts(0, 12, 3)},
            0,
            [
                (
                    "Shared by all three groups: 11 of 12 scholars, 12 of 15 practitioners and 12 "
                    "of 15 donors disagreed."
                )
            ],
        ),
        (
            {"s": Counts(11, 1, 0), "p": Counts(6, 7, 2)},
            0,
            [
                (
                    "Scholars and practitioners differ: 11 of 12 against 6 of 15. Dealing the two "
                    "labels out at random would give so wide a gap about once in 100 tries."
                )
            ],
        ),
        (
            {"s": Counts(9, 3, 0), "p": Counts(6, 7, 2)},
            19,
            [
                (
                    "Possible difference, not established: 9 of 12 scholars against 6 of 15 "
                    "practitioners; chance alone gives such a gap about 9 times in 100, and 20 "
                    "statements were compared."
                )
            ],
        ),
        (
            {"s": Counts(40, 2, 0), "p": Counts(3, 40, 1)},
            0,
            [
                (
                    "Scholars and practitioners are opposed: 40 of 42 scholars agreed, 40 of 44 "
                    "practitioners disagreed. Dealing the two labels out at random would give so "
                    "wide a gap less than once in 1,000 tries."
                )
            ],
        ),
        (
            {"s": Counts(17, 0, 1), "p": Counts(5, 1, 3)},
            0,
            [
                (
                    "Carried by scholars, not by practitioners: 17 of 18 scholars agreed, but only "
                    "5 of 9 practitioners agreed."
                ),
                (
                    "Scholars and practitioners differ: 17 of 18 against 5 of 9. Dealing the two "
                    "labels out at random would give so wide a gap about twice in 100 tries."
                ),
            ],
        ),
        (
            {"s": Counts(9, 0, 0), "p": Counts(6, 7, 2)},
            0,
            [
                (
                    "Scholars and practitioners differ: nearly all scholars against many "
                    "practitioners. Dealing the two labels out at random would hardly give so wide "
                    "a gap."
                )
            ],
        ),
        (
            {"s": Counts(11, 0, 1), "p": Counts(8, 1, 1), "d": Counts(3, 1, 0)},
            0,
            [
                (
                    "Results for practitioners are not shown, so that those of a smaller group "
                    "can’t be worked out."
                ),
                "Results for donors are not shown, because fewer than 5 answered.",
            ],
        ),
    ],
)
def test_of_groups(groups, others, sentences):
    assert told(groups, others=[SAME] * others) == sentences


def test_of_those_that_share_it_while_another_is_not_shown():
    groups = {"s": Counts(11, 0, 1), "p": Counts(12, 1, 2), "d": Counts(3, 0, 0)}
    _, shared = told(groups, ungrouped=Counts(3, 1, 1))
    assert shared == (
        "Shared by both groups that can be told of: 11 of 12 scholars and 12 of 15 practitioners "
        "agreed."
    )


def test_a_group_against_all_others():
    labels = {key: f"{key}-people" for key in "abcde"}
    groups = {key: Counts(20, 3, 1) for key in "abcd"} | {"e": Counts(3, 20, 1)}
    shown = published(groups, 5)
    *_, gap = compare([shown.told])[0]
    assert gap_sentence(gap, shown, labels, compared=1) == (
        "E-people and others are opposed: 20 of 24 e-people disagreed, 80 of 96 others agreed. "
        "Dealing the labels out at random would give so wide a gap less than once in 1,000 tries."
    )


@given(st.lists(counts(9), min_size=2, max_size=3))
@settings(deadline=None)
def test_of_a_group_told_in_words_no_number_is(answers):
    groups = dict(zip(LABELS, answers, strict=False))
    shown = published(groups, 5)
    for sentence in told(groups, others=[SAME] * 3):
        if any(LABELS[key] in sentence.lower() for key in shown.worded):
            of = [f"of {shown.worded[key].answered} {LABELS[key]}" for key in shown.worded]
            assert not any(each in sentence for each in of)
    for key in shown.worded:
        assert not re.search(r"\d", group_sentence(shown, key, LABELS))
    for gap in compare([shown.told])[0]:
        if {gap.group, gap.other} & set(shown.worded):
            assert not re.search(r"\d", gap_sentence(gap, shown, LABELS, compared=1))


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ((11, 1, 0), "11 of 12 scholars agreed."),
        ((0, 12, 3), "None of 15 scholars agreed."),
    ],
)
def test_of_a_group(answers, sentence):
    groups = {"s": Counts(*answers), "p": Counts(20, 20, 0)}
    assert group_sentence(published(groups, 5), "s", LABELS) == sentence


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((9, 0, 0), "Nearly all practitioners"),
        ((0, 9, 0), "Hardly any practitioners"),
        ((0, 0, 9), "Hardly any practitioners"),
        ((8, 1, 0), "Nearly all practitioners"),
        ((1, 0, 8), "Hardly any practitioners"),
    ],
)
def test_of_a_small_group_that_is_unanimous_or_all_but_one_of_it_is(answers, words):
    shown = published({"p": Counts(*answers), "s": Counts(6, 6, 3)}, 5)
    assert group_sentence(shown, "p", LABELS) == f"{words} agreed."
    assert group_sentence(shown, "s", LABELS) == "Many scholars agreed."
