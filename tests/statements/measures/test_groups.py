"""What groups share, and where they differ."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import Finding, GroupRule, carrying, compare
from apps.statements.measures.ordering import common_ground, divisive
from apps.statements.measures.verdicts import Verdict
from tests.statements.measures.strategies import counts

SCHOLARS, PRACTITIONERS, DONORS = "scholars", "practitioners", "donors"


def two(one: Counts, other: Counts) -> dict[str, Counts]:
    return {SCHOLARS: one, PRACTITIONERS: other}


def test_a_consensus_of_every_group_is_shared():
    found = carrying(two(Counts(11, 0, 1), Counts(12, 1, 2)), Verdict.CONSENSUS_FOR)
    assert found.shared
    assert found.carried_by == (SCHOLARS, PRACTITIONERS)


def test_a_consensus_that_some_carry_names_who_does_not():
    answers = two(Counts(17, 0, 1), Counts(5, 1, 3))
    assert carrying(answers, Verdict.CONSENSUS_FOR).not_by == (PRACTITIONERS,)
    against = {key: each.swapped for key, each in answers.items()}
    assert carrying(against, Verdict.CONSENSUS_AGAINST).not_by == (PRACTITIONERS,)


def test_sixty_per_cent_carries_and_seventy_may_be_asked():
    answers = two(Counts(18, 0, 0), Counts(6, 1, 3))
    assert carrying(answers, Verdict.CONSENSUS_FOR).shared
    assert not carrying(answers, Verdict.CONSENSUS_FOR, GroupRule(shared_at=70)).shared


def test_without_consensus_or_a_second_group_nothing_is_shared():
    assert carrying(two(Counts(9), Counts(9)), Verdict.LEANS_FOR) is None
    assert carrying({SCHOLARS: Counts(9)}, Verdict.CONSENSUS_FOR) is None


def test_groups_that_differ():
    [[gap]] = compare([two(Counts(11, 1, 0), Counts(6, 7, 2))])
    assert (gap.group, gap.other) == (SCHOLARS, PRACTITIONERS)
    assert gap.finding == Finding.DIFFER
    assert gap.p == pytest.approx(0.010475, abs=5e-7)
    assert gap.points == pytest.approx(51.67, abs=0.005)
    assert gap.points_against == pytest.approx(-38.33, abs=0.005)


def test_opposed_is_most_of_one_for_and_most_of_the_other_against():
    for answers in (Counts(11, 1, 0), Counts(4, 11, 0)), (Counts(4, 11, 0), Counts(11, 1, 0)):
        [[gap]] = compare([two(*answers)])
        assert gap.finding == Finding.OPPOSED
        assert gap.finding.established


def test_a_wide_gap_that_chance_gives_is_a_possible_difference():
    [[gap]] = compare([two(Counts(9, 3, 0), Counts(6, 7, 2))])
    assert gap.finding == Finding.DIFFER  # p = .089, and nothing else was compared
    same = two(Counts(8, 4, 0), Counts(10, 5, 0))
    found = compare([two(Counts(9, 3, 0), Counts(6, 7, 2)), *[same] * 19])
    assert found[0][0].finding == Finding.POSSIBLE
    assert not found[0][0].finding.established
    assert {gap.finding for gaps in found[1:] for gap in gaps} == {Finding.NONE}


def test_with_a_hundred_thousand_a_narrow_gap_is_none_however_certain():
    [[gap]] = compare([two(Counts(30_000, 20_000, 0), Counts(20_000, 30_000, 0))])
    assert gap.p < 1e-9
    assert gap.finding == Finding.NONE


def test_thirty_points_to_the_person():
    [[wide]] = compare([two(Counts(80, 20, 0), Counts(50, 50, 0))])
    [[narrow]] = compare([two(Counts(80, 20, 0), Counts(51, 49, 0))])
    assert (wide.finding, narrow.finding) == (Finding.DIFFER, Finding.NONE)


def test_up_to_four_groups_are_compared_in_pairs_and_more_against_the_rest():
    four = {name: Counts(9, 1, 0) for name in "abcd"}
    assert len(compare([four])[0]) == 6
    found = compare([{**four, "e": Counts(1, 9, 0)}])[0]
    assert [(gap.group, gap.other) for gap in found] == [(name, None) for name in "abcde"]
    assert found[-1].other_counts == Counts(36, 4, 0)
    assert found[-1].finding == Finding.OPPOSED


def test_who_has_not_answered_is_compared_with_nobody():
    assert compare([two(Counts(9, 1, 0), Counts())]) == [[]]


@given(st.lists(st.tuples(counts(15), counts(15), counts(15)), min_size=1, max_size=4))
@settings(deadline=None)
def test_what_groups_are_called_changes_nothing(statements):
    mine = compare([dict(zip("abc", each, strict=True)) for each in statements])
    other = compare([dict(zip("cba", reversed(each), strict=True)) for each in statements])

    def told(found):
        return [
            sorted(
                (sorted([gap.group, gap.other]), gap.finding, round(abs(gap.points), 6))
                for gap in gaps
            )
            for gaps in found
        ]

    assert told(mine) == told(other)


def test_three_unanimous_groups_of_three():
    """Polis's product is not to be compared with that of two groups; the least of them is."""
    least, product = common_ground([Counts(3)] * 3, Counts(9))
    assert (least, product) == (0.8, pytest.approx(0.512))


def test_common_ground_first():
    everyone = Counts(20, 10, 0)
    statements = [
        [Counts(12, 0, 0), Counts(15, 0, 0)],
        [Counts(12, 0, 0), Counts(8, 7, 0)],
        [Counts(8, 4, 0), Counts(8, 7, 0)],
    ]
    keys = [common_ground(groups, everyone) for groups in statements]
    assert keys == sorted(keys, reverse=True)
    assert common_ground([], Counts(3)) < common_ground([], Counts(28, 2, 0))


def test_most_divisive_first():
    apart = divisive([Counts(10, 0, 0), Counts(0, 10, 0)], Counts(10, 10, 0))
    near = divisive([Counts(10, 0, 0), Counts(8, 2, 0)], Counts(18, 2, 0))
    assert apart > near
    assert divisive([], Counts(10, 10, 0)) > divisive([], Counts(18, 2, 0))
