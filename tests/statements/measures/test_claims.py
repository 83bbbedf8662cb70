"""Whether what was answered bears out what a finding claims."""

from dataclasses import dataclass, replace

import pytest

from apps.statements.measures.claims import Claim, Linked, Outcome, audit
from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import Finding, carrying, compare
from apps.statements.measures.sentences import carrying_sentence, gap_sentence
from apps.statements.measures.suppression import published
from apps.statements.measures.verdicts import verdict_of
from tests.statements.measures.strategies import RULE

LABELS = {"s": "scholars", "p": "practitioners"}
Answers = tuple[int, int, int]


@dataclass
class Gap:
    finding: Finding
    points: float | None
    sizes: tuple[int, int] | None
    says: str


def linked(scholars: Answers, practitioners: Answers, *, agrees: bool = True) -> Linked:
    """Return a statement as it is revealed, with everybody in one of two groups."""
    groups = {"s": Counts(*scholars), "p": Counts(*practitioners)}
    whole = Counts.total(groups.values())
    shown = published(groups, 5)
    verdict = verdict_of(whole, members=whole.answered, rule=RULE)
    carried = carrying(shown.told, verdict)
    against = verdict == "consensus_against"
    [gaps] = compare([shown.told])
    return Linked(
        counts=whole,
        verdict=verdict,
        agrees=agrees,
        shared=carried.shared if carried else None,
        carrying_says=carrying_sentence(carried, shown, LABELS, against=against) if carried else "",
        gaps=[
            Gap(
                gap.finding,
                None if shown.worded else gap.points,
                None if shown.worded else (gap.counts.answered, gap.other_counts.answered),
                gap_sentence(gap, shown, LABELS, compared=20),
            )
            for gap in gaps
        ],
        figures={LABELS[key]: counts for key, counts in shown.figures.items()},
    )


AT_ONE = linked((11, 0, 1), (12, 1, 2))
AGAINST = linked((0, 11, 1), (1, 12, 2))
NOT_BY_ALL = linked((34, 0, 2), (5, 1, 3))
DIVIDED = linked((7, 4, 1), (6, 8, 1))
LEANING = linked((9, 2, 1), (9, 4, 2))
LEANING_AWAY = linked((2, 8, 2), (4, 8, 3))
OPPOSED = linked((40, 2, 0), (3, 20, 1))
DIFFERING = linked((11, 1, 0), (6, 5, 4))
UNSURE = linked((4, 2, 6), (5, 2, 8))
MIXED = linked((5, 2, 3), (5, 2, 3))
TOO_FEW = linked((2, 0, 0), (1, 1, 0))


@pytest.mark.parametrize(
    ("claim", "statements", "outcome"),
    [
        (Claim.CONSENSUS, [AT_ONE], Outcome.SUPPORTED),
        (Claim.CONSENSUS, [AT_ONE, AT_ONE], Outcome.SUPPORTED),
        (Claim.CONSENSUS, [AT_ONE, TOO_FEW], Outcome.SUPPORTED),
        (Claim.CONSENSUS, [AT_ONE, LEANING], Outcome.PARTLY),
        (Claim.CONSENSUS, [NOT_BY_ALL], Outcome.PARTLY),
        (Claim.CONSENSUS, [UNSURE], Outcome.PARTLY),
        (Claim.CONSENSUS, [MIXED], Outcome.PARTLY),
        (Claim.CONSENSUS, [DIVIDED], Outcome.CONTRADICTED),
        (Claim.CONSENSUS, [AT_ONE, DIVIDED], Outcome.CONTRADICTED),
        (Claim.CONSENSUS, [AGAINST], Outcome.CONTRADICTED),
        (Claim.CONSENSUS, [LEANING_AWAY], Outcome.CONTRADICTED),
        (Claim.CONSENSUS, [OPPOSED], Outcome.CONTRADICTED),
        (Claim.CONSENSUS, [TOO_FEW], Outcome.UNTESTED),
        (Claim.CONSENSUS, [], Outcome.UNTESTED),
        (Claim.DIVERGENCE, [DIVIDED], Outcome.SUPPORTED),
        (Claim.DIVERGENCE, [AT_ONE, DIVIDED], Outcome.SUPPORTED),
        (Claim.DIVERGENCE, [DIFFERING], Outcome.SUPPORTED),
        (Claim.DIVERGENCE, [LEANING], Outcome.PARTLY),
        (Claim.DIVERGENCE, [NOT_BY_ALL], Outcome.SUPPORTED),
        (Claim.DIVERGENCE, [UNSURE], Outcome.PARTLY),
        (Claim.DIVERGENCE, [AT_ONE], Outcome.CONTRADICTED),
        (Claim.DIVERGENCE, [AT_ONE, AGAINST], Outcome.CONTRADICTED),
        (Claim.DIVERGENCE, [TOO_FEW], Outcome.UNTESTED),
        (Claim.GROUP_DIFFERENCE, [DIFFERING], Outcome.SUPPORTED),
        (Claim.GROUP_DIFFERENCE, [AT_ONE, OPPOSED], Outcome.SUPPORTED),
        (Claim.GROUP_DIFFERENCE, [AT_ONE], Outcome.CONTRADICTED),
        (Claim.GROUP_DIFFERENCE, [AT_ONE, DIVIDED], Outcome.PARTLY),
        (Claim.GROUP_DIFFERENCE, [TOO_FEW], Outcome.UNTESTED),
    ],
)
def test_outcomes(claim, statements, outcome):
    assert audit(claim, statements).outcome == outcome


def test_the_answer_that_speaks_for_it():
    against = linked((0, 11, 1), (1, 12, 2), agrees=False)
    assert audit(Claim.CONSENSUS, [against]).outcome == Outcome.SUPPORTED
    for_it = linked((11, 0, 1), (12, 1, 2), agrees=False)
    assert audit(Claim.CONSENSUS, [for_it]).outcome == Outcome.CONTRADICTED


def test_small_groups_with_a_small_gap_rule_no_difference_out():
    small = linked((5, 2, 0), (5, 3, 0))
    assert audit(Claim.GROUP_DIFFERENCE, [small]).outcome == Outcome.PARTLY


def test_fifteen_points_are_no_small_gap():
    at = [Gap(Finding.NONE, points, (20, 20), "") for points in (15.000000000000002, -15.0)]
    below = Gap(Finding.NONE, -14.9, (20, 20), "")
    counts = Counts(20, 15, 5)
    verdict = verdict_of(counts, members=40, rule=RULE)
    for gap, outcome in [(at[0], "partly"), (at[1], "partly"), (below, "contradicted")]:
        found = audit(Claim.GROUP_DIFFERENCE, [Linked(counts, verdict, gaps=[gap])])
        assert found.outcome == outcome


@pytest.mark.parametrize(
    ("claim", "statements", "sentence"),
    [
        (
            Claim.CONSENSUS,
            [AT_ONE],
            (
                "Supported: 23 of 27 agreed. Shared by both groups: 11 of 12 scholars and 12 of 15 "
                "practitioners agreed."
            ),
        ),
        (
            Claim.CONSENSUS,
            [AT_ONE, AT_ONE],
            "Supported: all 2 statements that test it found a consensus that every group shares.",
        ),
        (
            Claim.DIVERGENCE,
            [AT_ONE, replace(AT_ONE, hidden=True)],
            (
                "Written up as divergence, but all 2 statements that test it found a consensus "
                "that every group that is told of shares."
            ),
        ),
        (
            Claim.CONSENSUS,
            [AT_ONE, TOO_FEW],
            (
                "Supported: 23 of 27 agreed. Shared by both groups: 11 of 12 scholars and 12 of 15 "
                "practitioners agreed. Of the 2 statements linked to it, one was answered by too "
                "few."
            ),
        ),
        (
            Claim.CONSENSUS,
            [DIVIDED],
            "Written up as consensus, but 12 of 27 disagreed, 8 of them practitioners.",
        ),
        (
            Claim.CONSENSUS,
            [AT_ONE, DIVIDED],
            (
                "Written up as consensus, but on one of the 2 statements that test it 12 of 27 "
                "disagreed, 8 of them practitioners."
            ),
        ),
        (
            Claim.CONSENSUS,
            [LEANING],
            (
                "Written up as consensus, but only 18 of 27 agreed, and 6 disagreed, 4 of them "
                "practitioners."
            ),
        ),
        (
            Claim.CONSENSUS,
            [AGAINST],
            "Written up as consensus, but the room holds the opposite: 23 of 27 disagreed.",
        ),
        (
            Claim.CONSENSUS,
            [LEANING_AWAY],
            "Written up as consensus, but the room leans the other way: 16 of 27 disagreed.",
        ),
        (
            Claim.CONSENSUS,
            [NOT_BY_ALL],
            (
                "The room agrees, but not every group. Carried by scholars, not by practitioners: "
                "34 of 36 scholars agreed, but only 5 of 9 practitioners agreed."
            ),
        ),
        (Claim.CONSENSUS, [UNSURE], "Written up as consensus, but 14 of 27 were unsure."),
        (
            Claim.CONSENSUS,
            [],
            "Facilitator’s judgement; no statement was put to participants.",
        ),
        (
            Claim.CONSENSUS,
            [TOO_FEW],
            "Not tested: too few answered the statement linked to it.",
        ),
        (Claim.DIVERGENCE, [DIVIDED], "Supported: 13 agreed and 12 disagreed."),
        (
            Claim.DIVERGENCE,
            [AT_ONE],
            (
                "Written up as divergence, but 23 of 27 agreed. Shared by both groups: 11 of 12 "
                "scholars and 12 of 15 practitioners agreed."
            ),
        ),
        (
            Claim.DIVERGENCE,
            [LEANING],
            (
                "Written up as divergence. 18 agreed and 6 disagreed: neither a divided room nor a "
                "consensus."
            ),
        ),
        (
            Claim.GROUP_DIFFERENCE,
            [DIFFERING],
            (
                "Supported. Scholars and practitioners differ: 11 of 12 against 6 of 15. Dealing "
                "the two labels out at random would give so wide a gap about once in 100 tries."
            ),
        ),
        (
            Claim.GROUP_DIFFERENCE,
            [AT_ONE],
            "Written up as a group difference, but no two groups are further apart than 12 points.",
        ),
        (
            Claim.GROUP_DIFFERENCE,
            [Linked(AT_ONE.counts, AT_ONE.verdict)],
            "Not tested: no two groups have enough answers to be compared.",
        ),
    ],
)
def test_why(claim, statements, sentence):
    assert audit(claim, statements).sentence == sentence


def test_what_it_rests_on():
    assert audit(Claim.CONSENSUS, [AT_ONE, TOO_FEW, DIVIDED]).because == (2,)
    assert audit(Claim.CONSENSUS, [TOO_FEW, AT_ONE]).because == (1,)


def test_of_a_group_told_in_words_no_number_is():
    # All eight practitioners disagreed, so nobody's numbers are told.
    found = audit(Claim.CONSENSUS, [linked((10, 2, 1), (0, 8, 0))])
    assert found.outcome == Outcome.CONTRADICTED
    assert found.sentence == "Written up as consensus, but 10 of 21 disagreed."
