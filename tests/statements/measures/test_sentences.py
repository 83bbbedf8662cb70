"""What is measured, in a sentence each."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import carrying, compare
from apps.statements.measures.results import Result
from apps.statements.measures.sentences import (
    carry_over_sentence,
    carrying_sentence,
    gap_sentence,
    group_sentence,
    hidden_sentence,
    margin_sentence,
    verdict_sentence,
)
from apps.statements.measures.suppression import published
from apps.statements.measures.verdicts import verdict_of
from apps.workshops.consensus import ConsensusRule
from tests.statements.measures.strategies import RULE, counts

LABELS = {"s": "scholars", "p": "practitioners", "d": "donors"}


@pytest.mark.parametrize(
    ("answers", "members", "sentence"),
    [
        (
            (22, 1, 4),
            27,
            (
                "Consensus. 22 of 27 participants agreed, 1 disagreed, 4 were unsure; everyone has "
                "answered."
            ),
        ),
        (
            (21, 2, 1),
            27,
            (
                "Consensus so far. 21 of the 24 who answered agreed; whatever the other 3 think, "
                "between 78 % and 89 % of the room agrees. It is very likely to hold."
            ),
        ),
        (
            (25, 0, 1),
            27,
            (
                "Consensus. 25 of the 26 who answered agreed; whatever the other one thinks, between "
                "93 % and 96 % of the room agrees. It is settled."
            ),
        ),
        ((27, 0, 0), 27, "Consensus. All 27 participants agreed; everyone has answered."),
        (
            (22, 0, 5),
            27,
            (
                "Consensus. 22 of 27 participants agreed, nobody disagreed, 5 were unsure; everyone "
                "has answered."
            ),
        ),
        (
            (1, 22, 4),
            27,
            (
                "Consensus against. 22 of 27 participants disagreed, 1 agreed, 4 were unsure; "
                "everyone has answered."
            ),
        ),
        (
            (1, 20, 4),
            27,
            (
                "Consensus against so far. 20 of the 25 who answered disagreed; whatever the other 2 "
                "think, between 74 % and 81 % of the room disagrees. It is very likely to hold."
            ),
        ),
        (
            (900, 20, 80),
            None,
            (
                "Consensus among those who took part. 900 of 1,000 participants agreed, 20 disagreed, "
                "80 were unsure. With more answers it is very likely to hold."
            ),
        ),
        ((13, 12, 2), 27, "Divided. 13 agreed, 12 disagreed and 2 were unsure."),
        ((8, 7, 0), 15, "Divided. 8 agreed and 7 disagreed."),
        (
            (8, 7, 0),
            16,
            "Divided. 8 agreed and 7 disagreed. 1 has not answered, and can’t change that.",
        ),
        (
            (8, 6, 1),
            27,
            (
                "Divided so far. 8 agreed, 6 disagreed and 1 was unsure. 12 have not answered; it is "
                "likely to hold."
            ),
        ),
        ((11, 5, 11), 27, "Undecided. 11 of 27 were unsure, so no view can be reported."),
        (
            (18, 4, 5),
            27,
            (
                "Leans towards agreement (18 of 27), short of the 75 % this workshop set for "
                "consensus."
            ),
        ),
        (
            (5, 14, 8),
            27,
            (
                "Leans towards disagreement (14 of 27), short of the 75 % this workshop set for "
                "consensus."
            ),
        ),
        (
            (21, 5, 1),
            27,
            (
                "Leans towards agreement (21 of 27), but 5 disagreed, more than the 15 % this "
                "workshop allows in a consensus."
            ),
        ),
        (
            (10, 5, 5),
            20,
            "Mixed. 10 agreed, 5 disagreed and 5 were unsure: neither side has more than half.",
        ),
        ((6, 0, 0), 27, "Not enough answers: 6 of 27 have answered."),
        ((1, 0, 0), 27, "Not enough answers: 1 of 27 has answered."),
        ((0, 0, 0), 27, "Not enough answers: nobody has answered."),
        ((2, 1, 0), None, "Not enough answers: 3 so far, and it takes 5."),
    ],
)
def test_of_the_room(answers, members, sentence):
    result = Result.of(Counts(*answers), members=members, rule=RULE)
    assert verdict_sentence(result, RULE) == sentence


def test_two_thirds_are_called_so():
    rule = ConsensusRule(consensus_at=67)
    result = Result.of(Counts(17, 4, 6), members=27, rule=rule)
    assert verdict_sentence(result, rule) == (
        "Leans towards agreement (17 of 27), short of the two thirds this workshop set for "
        "consensus."
    )


def test_hands_are_said_to_be_hands():
    result = Result.of(Counts(22, 1, 4), members=27, rule=RULE)
    assert verdict_sentence(result, RULE, by_hands=True) == (
        "Consensus, by a show of hands. 22 of 27 participants agreed, 1 disagreed, 4 were unsure; "
        "everyone has answered."
    )


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ((22, 1, 4), "Two people changing their answer would end the consensus."),
        ((21, 4, 2), "One person changing their answer would end the consensus."),
        ((13, 12, 2), "Four people changing their answer would change this verdict."),
        ((240, 10, 20), "31 people changing their answer would end the consensus."),
        ((4, 0, 0), ""),
    ],
)
def test_of_the_margin(answers, sentence):
    result = Result.of(Counts(*answers), members=sum(answers), rule=RULE)
    assert margin_sentence(result) == sentence


def test_few_answers_are_not_carried_over():
    few, more = (Result.of(Counts(n), members=n, rule=RULE) for n in (14, 15))
    assert carry_over_sentence(few) == (
        "With so few answers this cannot be carried over to a wider group."
    )
    assert not carry_over_sentence(more)


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
                    "Shared by all three groups: 11 of 12 scholars, 12 of 15 practitioners and 12 of "
                    "15 donors disagreed."
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
                    "Carried by scholars, not by practitioners: 17 of 18 scholars agreed, but only 5 "
                    "of 9 practitioners agreed."
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
                    "practitioners. Dealing the two labels out at random would hardly give so wide a "
                    "gap."
                )
            ],
        ),
        (
            {"s": Counts(11, 0, 1), "p": Counts(8, 1, 1), "d": Counts(3, 1, 0)},
            0,
            [
                (
                    "Results for practitioners are not shown, so that those of a smaller group can’t "
                    "be worked out."
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
    ],
)
def test_of_a_small_group_that_is_unanimous(answers, words):
    shown = published({"p": Counts(*answers), "s": Counts(6, 7, 2)}, 5)
    assert group_sentence(shown, "p", LABELS) == f"{words} agreed."
    assert group_sentence(shown, "s", LABELS) == "Many scholars agreed."
