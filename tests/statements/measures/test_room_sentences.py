"""What the whole room said, in a sentence."""

import pytest

from apps.statements.measures.counts import Counts
from apps.statements.measures.results import Result
from apps.statements.measures.sentences import (
    bounds_sentence,
    carry_over_sentence,
    margin_sentence,
    verdict_sentence,
)
from apps.workshops.consensus import ConsensusRule
from tests.statements.measures.strategies import RULE


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
                "Consensus. 25 of the 26 who answered agreed; whatever the other one thinks, "
                "between 93 % and 96 % of the room agrees. It is settled."
            ),
        ),
        ((27, 0, 0), 27, "Consensus. All 27 participants agreed; everyone has answered."),
        (
            (22, 0, 5),
            27,
            (
                "Consensus. 22 of 27 participants agreed, nobody disagreed, 5 were unsure; "
                "everyone has answered."
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
                "Consensus against so far. 20 of the 25 who answered disagreed; whatever the other "
                "2 think, between 74 % and 81 % of the room disagrees. It is very likely to hold."
            ),
        ),
        (
            (900, 20, 80),
            None,
            (
                "Consensus among those who took part. 900 of 1,000 participants agreed, 20 "
                "disagreed, 80 were unsure. With more answers it is very likely to hold."
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
                "Divided so far. 8 agreed, 6 disagreed and 1 was unsure. 12 have not answered; it "
                "is likely to hold."
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


ONE = "Whatever the one who has not answered thinks"


@pytest.mark.parametrize(
    ("answers", "members", "sentence"),
    [
        (
            (13, 8, 3),
            27,
            "Whatever the 3 who have not answered think, between 48 % and 59 % of the room agree.",
        ),
        (
            (13, 10, 3),
            27,
            f"{ONE}, between 48 % and 52 % of the room agree.",
        ),
        (
            (0, 900, 99),
            1000,
            f"{ONE}, 0 % of the room agree.",
        ),
        ((13, 11, 3), 27, ""),
        # Somebody answered and left the roll since.
        ((13, 11, 4), 27, ""),
        ((13, 8, 3), None, ""),
    ],
)
def test_of_the_bounds(answers, members, sentence):
    assert bounds_sentence(Counts(*answers), members) == sentence


def test_few_answers_are_not_carried_over():
    few, more = (Result.of(Counts(n), members=n, rule=RULE) for n in (14, 15))
    assert carry_over_sentence(few) == (
        "With so few answers this cannot be carried over to a wider group."
    )
    assert not carry_over_sentence(more)
