"""The statistics of Polis, as its server and its peer in Python have them."""

import numpy as np
import pytest

from apps.statements.measures.polis import (
    Statistics,
    Tallied,
    agreed_on,
    one_proportion,
    representative,
    smoothed,
    two_proportions,
)
from apps.statements.measures.projection import project
from apps.statements.measures.routing import priority
from tests.statements.measures.conversations import SERVED, invented, needs_reference, served

INVENTED = [27, 60, 400]
PEERS = {
    "pa": lambda found: found.agree.share,
    "pd": lambda found: found.disagree.share,
    "pat": lambda found: found.agree.z,
    "pdt": lambda found: found.disagree.z,
    "ra": lambda found: found.agree.ratio,
    "rd": lambda found: found.disagree.ratio,
    "rat": lambda found: found.agree.ratio_z,
    "rdt": lambda found: found.disagree.ratio_z,
}


def priorities(votes, extremity):
    whole = Tallied.of(votes)
    agree, disagree, seen = whole.agree[0], whole.disagree[0], whole.seen[0]
    columns = zip(agree, seen - agree - disagree, seen, extremity, strict=True)
    return [priority(*column) for column in columns]


@pytest.mark.parametrize("size", INVENTED)
def test_counts_and_figures_of_groups_are_the_peers(size):
    talk = invented(size)
    tallied = Tallied.of(talk.votes, talk.labels)
    for name, mine in (("na", tallied.agree), ("nd", tallied.disagree), ("ns", tallied.seen)):
        assert mine.tolist() == talk.found["stats"][name]
    found = Statistics.of(tallied)
    for name, mine in PEERS.items():
        assert mine(found) == pytest.approx(np.array(talk.found["stats"][name]), abs=1e-9), name
    assert found.consensus == pytest.approx(talk.found["gac"], abs=1e-9)
    assert found.consensus_against == pytest.approx(talk.found["gac_disagree"], abs=1e-9)


@pytest.mark.parametrize("size", INVENTED)
def test_the_map_and_priorities_are_the_peers(size):
    talk = invented(size)
    there = project(talk.votes)
    assert there.extremity == pytest.approx(talk.found["extremity"], abs=1e-6)
    assert there.variance == pytest.approx(talk.found["explained_variance"], abs=1e-6)
    mine = priorities(talk.votes, there.extremity)
    assert mine == pytest.approx(talk.found["priority"], rel=1e-6)


@pytest.mark.parametrize("size", INVENTED)
def test_what_is_typical_of_a_group_is_the_peers(size):
    talk = invented(size)
    found = Statistics.of(Tallied.of(talk.votes, talk.labels))
    for group, rows in talk.found["repness"].items():
        mine = representative(found, int(group))
        assert [(each.statement, each.agrees) for each in mine] == [
            (row["tid"], row["repful-for"] == "agree") for row in rows
        ]
        assert [each.leads for each in mine] == [row.get("best-agree", False) for row in rows]
        for each, row in zip(mine, rows, strict=True):
            assert (each.count, each.seen) == (row["n-success"], row["n-trials"])
            theirs = [row["p-success"], row["p-test"], row["repness"], row["repness-test"]]
            assert [each.share, each.z, each.ratio, each.ratio_z] == pytest.approx(theirs)


@pytest.mark.parametrize("size", INVENTED)
def test_what_all_agree_on_is_the_peers(size):
    talk = invented(size)
    for side, mine in zip(("agree", "disagree"), agreed_on(Tallied.of(talk.votes)), strict=True):
        rows = talk.found["consensus"][side]
        # The peer leaves it open which of two comes first that are alike in both.
        assert [each.share for each in mine] == pytest.approx([row["p-success"] for row in rows])
        assert [each.z for each in mine] == pytest.approx([row["p-test"] for row in rows])


@needs_reference
@pytest.mark.parametrize("name", SERVED)
def test_groups_as_the_server_counts_them(name):
    talk = served(name)
    grouped = talk.labels >= 0
    tallied = Tallied.of(talk.votes[grouped], talk.labels[grouped])
    for group, theirs in talk.found["group-votes"].items():
        for statement, counts in theirs["votes"].items():
            at = int(group), talk.statements.index(int(statement))
            mine = (tallied.agree[at], tallied.disagree[at], tallied.seen[at])
            assert mine == (counts["A"], counts["D"], counts["S"])
    consensus = Statistics.of(tallied).consensus
    for statement, theirs in talk.found["group-aware-consensus"].items():
        at = talk.statements.index(int(statement))
        assert consensus[at] == pytest.approx(theirs, abs=2e-16)


@needs_reference
@pytest.mark.parametrize("name", SERVED)
def test_what_the_server_lists(name):
    talk = served(name)
    grouped = talk.labels >= 0
    found = Statistics.of(Tallied.of(talk.votes[grouped], talk.labels[grouped]))
    left_out = frozenset(talk.statements.index(each) for each in talk.found["mod-out"])
    for group, rows in talk.found["repness"].items():
        mine = representative(found, int(group), left_out=left_out)
        assert [(talk.statements[each.statement], each.agrees) for each in mine] == [
            (row["tid"], row["repful-for"] == "agree") for row in rows
        ]
        for each, row in zip(mine, rows, strict=True):
            theirs = [row["p-success"], row["p-test"], row["repness"], row["repness-test"]]
            assert [each.share, each.z, each.ratio, each.ratio_z] == pytest.approx(theirs, abs=4e-7)
    left = [each for each in talk.statements if each not in talk.found["mod-out"]]
    votes = talk.votes[:, [talk.statements.index(each) for each in left]]
    for side, mine in zip(("agree", "disagree"), agreed_on(Tallied.of(votes)), strict=True):
        rows = talk.found["consensus"][side]
        assert [left[each.statement] for each in mine] == [row["tid"] for row in rows]
        assert [each.z for each in mine] == pytest.approx([row["p-test"] for row in rows], abs=4e-7)


@needs_reference
@pytest.mark.parametrize("name", SERVED)
def test_the_servers_map_and_priorities(name):
    talk = served(name)
    votes = talk.votes.copy()
    votes[:, [talk.statements.index(each) for each in talk.found["mod-out"]]] = 0
    there = project(votes)
    for mine, theirs in zip(there.components, talk.found["pca"]["comps"], strict=True):
        assert abs(mine @ np.array(theirs)) == pytest.approx(1, abs=5e-7)
    mine = priorities(talk.votes[talk.labels >= 0], there.extremity)
    for statement, theirs in talk.found["comment-priorities"].items():
        # A question about people themselves has a fixed one there.
        if int(statement) not in talk.found["meta-tids"]:
            at = talk.statements.index(int(statement))
            assert mine[at] == pytest.approx(theirs, rel=1e-6)


def test_closed_forms():
    def of(*numbers):
        return [np.array([number]) for number in numbers]

    assert one_proportion(*of(1, 1)) == pytest.approx(1.41421, abs=5e-6)
    assert one_proportion(*of(0, 0)) == 1
    assert two_proportions(*of(5, 7, 5, 7)) == 0
    assert smoothed(*of(3, 3)) ** 3 == pytest.approx(0.512)


def test_where_nobody_answered_nothing_is_typical():
    empty = np.full((4, 3), -128, dtype=np.int8)
    found = Statistics.of(Tallied.of(empty, np.array([0, 0, 1, 1])))
    assert [each.seen for each in representative(found, 0)] == [0]
    assert agreed_on(Tallied.of(empty)) == ([], [])
