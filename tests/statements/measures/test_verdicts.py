"""What a room's answers come to."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.statements.measures.counts import Counts
from apps.statements.measures.verdicts import Verdict, verdict_of
from apps.workshops.consensus import ConsensusRule
from tests.statements.measures.strategies import RULE, counts, rules


@pytest.mark.parametrize(
    ("answers", "members", "verdict"),
    [
        ((22, 1, 4), 27, Verdict.CONSENSUS_FOR),
        ((21, 4, 2), 27, Verdict.CONSENSUS_FOR),
        ((20, 3, 4), 27, Verdict.LEANS_FOR),
        ((15, 3, 2), 20, Verdict.CONSENSUS_FOR),
        ((15, 4, 1), 20, Verdict.LEANS_FOR),
        ((1, 22, 4), 27, Verdict.CONSENSUS_AGAINST),
        ((13, 12, 2), 27, Verdict.DIVIDED),
        ((9, 9, 9), 27, Verdict.DIVIDED),
        ((11, 5, 11), 27, Verdict.UNDECIDED),
        ((5, 14, 8), 27, Verdict.LEANS_AGAINST),
        ((10, 5, 5), 20, Verdict.MIXED),
        ((8, 1, 0), 27, Verdict.NOT_ENOUGH),
        ((13, 0, 0), 27, Verdict.NOT_ENOUGH),
        ((14, 0, 0), 27, Verdict.CONSENSUS_FOR),
        ((4, 0, 0), 4, Verdict.NOT_ENOUGH),
        ((4, 0, 0), None, Verdict.NOT_ENOUGH),
        ((5, 0, 0), None, Verdict.CONSENSUS_FOR),
        ((0, 0, 0), None, Verdict.NOT_ENOUGH),
    ],
)
def test_the_first_that_holds(answers, members, verdict):
    assert verdict_of(Counts(*answers), members=members, rule=RULE) == verdict


def test_two_thirds_is_two_thirds_to_the_person():
    rule = ConsensusRule(consensus_at=67)
    assert verdict_of(Counts(20, 2, 8), members=30, rule=rule) == Verdict.CONSENSUS_FOR
    assert verdict_of(Counts(19, 2, 9), members=30, rule=rule) == Verdict.LEANS_FOR


@given(counts(), rules(), st.one_of(st.none(), st.integers(0, 150)))
@settings(deadline=None)
def test_the_opposite_statement_has_the_opposite_verdict(answers, rule, members):
    verdict = verdict_of(answers, members=members, rule=rule)
    assert verdict_of(answers.swapped, members=members, rule=rule) == verdict.mirrored
    assert verdict.mirrored.mirrored == verdict


@given(counts(), rules(), st.integers(0, 10))
@settings(deadline=None)
def test_one_more_who_agrees_never_ends_a_consensus(answers, rule, silent):
    more = replace(answers, agree=answers.agree + 1)
    before = verdict_of(answers, members=answers.answered + silent, rule=rule)
    after = verdict_of(more, members=more.answered + silent, rule=rule)
    if before == Verdict.CONSENSUS_FOR and after != Verdict.NOT_ENOUGH:
        assert after == before
    if before == Verdict.CONSENSUS_FOR and silent:
        assert verdict_of(more, members=more.answered + silent - 1, rule=rule) == before


@given(counts(), rules())
@settings(deadline=None)
def test_without_a_roll_it_is_as_if_all_had_answered(answers, rule):
    alone = verdict_of(answers, members=None, rule=rule)
    assert alone == verdict_of(answers, members=answers.answered, rule=rule)


def test_every_verdict_has_a_label():
    assert len({verdict.label for verdict in Verdict}) == len(Verdict)


def test_counts_together_and_apart():
    assert Counts.total([Counts(1, 2, 3), Counts(4, 5, 6)]) == Counts(5, 7, 9)
    assert Counts(5, 7, 9) - Counts(1, 2, 3) == Counts(4, 5, 6)
    assert Counts(5, 7, 9).answered == 21
    with pytest.raises(ValueError, match="no people"):
        Counts(1) - Counts(2)


def test_unanimous():
    assert Counts(0, 3, 0).unanimous
    assert Counts(1).unanimous
    assert not Counts().unanimous
    assert not Counts(2, 0, 1).unanimous
