"""What a consensus rule means in heads."""

import pytest

from apps.workshops.consensus import ConsensusRule, meaning

RULE = ConsensusRule()


@pytest.mark.parametrize(
    ("people", "agree", "disagree", "divided"),
    [
        (5, 4, 0, 2),
        (8, 6, 1, 3),
        (10, 8, 1, 3),
        (12, 9, 1, 4),
        (15, 12, 2, 5),
        (20, 15, 3, 6),
        (27, 21, 4, 9),
        (40, 30, 6, 12),
        (60, 45, 9, 18),
    ],
)
def test_in_heads(people, agree, disagree, divided):
    found = (RULE.must_agree(people), RULE.may_disagree(people), RULE.divides(people))
    assert found == (agree, disagree, divided)


def test_a_divided_room_is_what_rand_and_ucla_call_disagreement():
    """At least 3 in each extreme third of a panel of 8 to 10, 4 of 11 to 13, 5 of 14 to 16."""
    assert [RULE.divides(n) for n in range(8, 17)] == [3, 3, 3, 4, 4, 4, 5, 5, 5]


def test_agreement_is_stricter_than_theirs_by_one_in_three_panels():
    theirs = {n: 2 if n <= 10 else 3 if n <= 13 else 4 for n in range(8, 17)}
    ours = {n: n - RULE.must_agree(n) for n in range(8, 17)}
    assert {n for n in theirs if ours[n] != theirs[n]} == {11, 14, 15}
    assert all(theirs[n] - ours[n] == 1 for n in (11, 14, 15))


@pytest.mark.parametrize("per_cent", [50, 66, 68, 70, 75, 80, 100])
def test_counting_never_comes_short_of_the_share(per_cent):
    rule = ConsensusRule(consensus_at=per_cent)
    for people in range(1, 400):
        needed = rule.must_agree(people)
        assert 100 * needed >= per_cent * people > 100 * (needed - 1)
        assert 100 * rule.may_disagree(people) <= 15 * people


def test_67_is_two_thirds_to_the_person():
    rule = ConsensusRule(consensus_at=67)
    assert [rule.must_agree(n) for n in (6, 27, 29, 30, 31, 300)] == [4, 18, 20, 20, 21, 200]


def test_no_room_is_in_consensus_and_divided():
    for people in range(1, 200):
        assert RULE.may_disagree(people) < RULE.divides(people)


def test_how_many_have_to_answer():
    assert [RULE.must_answer(n) for n in (5, 10, 11, 27, 60)] == [5, 5, 6, 14, 30]


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({}, set()),
        ({"consensus_at": 50, "divided_at": 50, "opposed_at_most": 49}, set()),
        ({"consensus_at": 100, "opposed_at_most": 0, "quorum": 0, "undecided_at": 1}, set()),
        ({"consensus_at": 49}, {"consensus_at"}),
        ({"consensus_at": 101}, {"consensus_at"}),
        ({"divided_at": 51}, {"divided_at"}),
        ({"opposed_at_most": 30}, {"opposed_at_most"}),
        ({"opposed_at_most": 0, "divided_at": 0}, {"opposed_at_most"}),
        ({"undecided_at": 0}, {"undecided_at"}),
        ({"quorum": 101, "undecided_at": 101}, {"quorum", "undecided_at"}),
    ],
)
def test_what_cannot_be(changes, names):
    assert ConsensusRule(**changes).problems().keys() == names


@pytest.mark.parametrize(
    ("changes", "people", "sentence"),
    [
        ({}, 27, "Of 27 people who answer, 21 must agree and at most 4 disagree for a consensus."),
        ({}, 5, "Of 5 people who answer, 4 must agree and nobody disagree for a consensus."),
        ({"consensus_at": 100}, 9, "Of 9 people who answer, 9 must agree for a consensus."),
        (
            {"consensus_at": 80, "opposed_at_most": 20},
            10,
            "Of 10 people who answer, 8 must agree for a consensus.",
        ),
        ({}, 4, "Nothing is said of fewer than 5 answers, and there are 4."),
    ],
)
def test_in_a_sentence(changes, people, sentence):
    assert meaning(ConsensusRule(**changes), people)[0] == sentence


def test_the_other_sentences():
    _, otherwise, quorum = meaning(RULE, 27)
    assert otherwise.startswith(
        "With 9 or more on each side the room is divided; with 9 or more unsure it is undecided."
    )
    assert quorum == "Before 14 of 27 have answered, nothing is said at all."
    assert len(meaning(RULE, 4)) == 1
