"""What a round came to, once it is revealed, and for good."""

import json

import pytest

from apps.core.exceptions import RuleViolation
from apps.statements.models import AskingPlan, Result, Snapshot
from apps.statements.selectors import last_revealed_in
from apps.statements.selectors.figures import figures_in
from apps.statements.services import ask_again, open_rounds, reveal_rounds
from apps.statements.services.revealing import digest
from apps.workshops.services import edit_basics
from tests.factories import ParticipantFactory
from tests.statements.conftest import make_room


def result_of(room, statement):
    return Result.objects.get(round=room.round_of(statement)).content


def test_a_round_is_revealed_once_and_says_what_it_came_to(room):
    statement = room.ask()
    room.answer(statement, scholars=[1] * 6, practitioners=[1, 1, 1, 1, 0, -1])
    snapshot = room.reveal(statement)
    found = result_of(room, statement)
    assert found["counts"] == {"agree": 10, "disagree": 1, "unsure": 1}
    assert (found["members"], found["answered"]) == (12, 12)
    assert (found["verdict"], found["margin"]) == ("consensus_for", 1)
    assert found["certainty"]["level"] == "settled"
    assert found["says"].startswith("Consensus. 10 of 12 participants agreed")
    assert room.reveal(statement) is None
    assert Snapshot.objects.get() == snapshot


@pytest.mark.django_db
def test_what_is_told_of_each_group_and_who_carries_a_consensus():
    room = make_room(sizes={"scholars": 14, "practitioners": 6})
    statement = room.ask()
    room.answer(statement, scholars=[1] * 13 + [0], practitioners=[1, 1, 1, -1, -1, 0])
    room.reveal(statement)
    found = result_of(room, statement)
    assert {each["plural"]: each["counts"]["agree"] for each in found["groups"]} == {
        "scholars": 13,
        "practitioners": 3,
    }
    assert found["carrying"]["shared"] is False
    assert found["carrying"]["says"].startswith("Carried by scholars, not by practitioners")


@pytest.mark.django_db
def test_nothing_is_said_of_a_small_group_nor_of_one_that_would_give_it_away():
    room = make_room(sizes={"scholars": 9, "practitioners": 7, "donors": 2})
    statement = room.ask()
    room.answer(
        statement,
        scholars=[1] * 6 + [-1, -1, 0],
        practitioners=[1] * 5 + [-1, 0],
        donors=[-1, -1],
    )
    room.reveal(statement)
    found = result_of(room, statement)
    assert [each["plural"] for each in found["groups"]] == ["scholars"]
    assert [each["plural"] for each in found["hidden"]] == ["donors", "practitioners"]
    said = json.dumps(found)
    # Neither figure of the two groups, nor that of both less either, stands anywhere.
    assert "7 practitioners" not in said
    assert "2 donors" not in said


@pytest.mark.django_db
def test_of_fewer_than_five_answers_not_even_the_counts_are_told():
    room = make_room(sizes={"scholars": 4})
    statement = room.ask()
    room.answer(statement, scholars=[1, 1, -1, -1])
    room.reveal(statement)
    found = result_of(room, statement)
    assert (found["counts"], found["groups"], found["verdict"]) == (None, [], "not_enough")
    assert found["says"] == "Not enough answers: 4 of 4 have answered."


@pytest.mark.django_db
def test_a_group_that_is_at_one_is_told_of_in_words_alone():
    room = make_room(sizes={"scholars": 12, "practitioners": 6, "donors": 12})
    statement = room.ask()
    room.answer(
        statement,
        scholars=[1] * 8 + [-1] * 4,
        practitioners=[-1] * 6,
        donors=[1] * 7 + [-1] * 5,
    )
    snapshot = room.reveal(statement)
    [practitioners] = [
        each for each in result_of(room, statement)["groups"] if each["plural"] == "practitioners"
    ]
    assert practitioners["counts"] is None
    assert not any(each.isdigit() for each in practitioners["says"])
    gaps = snapshot.content["gaps"][str(room.round_of(statement).pk)]
    worded = [gap for gap in gaps if practitioners["id"] in {gap["group"], gap["other"]}]
    assert worded
    assert all(gap["p"] is None and gap["points"] is None for gap in worded)


@pytest.mark.django_db
def test_how_groups_differ_is_settled_by_all_that_were_compared():
    room = make_room(sizes={"scholars": 12, "practitioners": 15})
    statement = room.ask()
    room.answer(statement, scholars=[1] * 11 + [-1], practitioners=[1] * 6 + [-1] * 9)
    first = room.reveal(statement)
    key = str(room.round_of(statement).pk)
    [gap] = first.content["gaps"][key]
    assert gap["finding"] == "opposed"
    assert gap["p"] == pytest.approx(0.010475, abs=1e-6)
    others = [room.ask(f"Number {n} is an end.") for n in range(12)]
    for other in others:
        room.answer(other, scholars=[1] * 6 + [-1] * 6, practitioners=[1] * 8 + [-1] * 7)
    second = room.reveal(*others)
    [gap] = second.content["gaps"][key]
    assert gap["finding"] == "possible"
    assert "13 statements were compared" in gap["says"]
    first.refresh_from_db()
    assert first.content["gaps"][key][0]["finding"] == "opposed"


def test_the_same_snapshot_has_the_same_digest(room):
    statement = room.ask()
    room.answer(statement, scholars=[1] * 6, practitioners=[1] * 5 + [-1])
    snapshot = room.reveal(statement)
    snapshot.refresh_from_db()
    assert digest(snapshot.content) == snapshot.sha256
    held = Result.objects.get()
    assert digest(held.content) == held.sha256


def test_a_snapshot_holds_the_last_result_of_each_statement(room):
    statement, other = room.ask(), room.ask("Legitimacy is contested.")
    room.answer(statement, scholars=[1] * 6)
    room.reveal(statement, other)
    second = ask_again(actor=room.facilitator, statement=statement)
    open_rounds(actor=room.facilitator, rounds=[second])
    snapshot = reveal_rounds(actor=room.facilitator, rounds=[second])
    assert set(snapshot.content["results"]) == {str(second.pk), str(room.round_of(other).pk)}
    assert snapshot.number == 2


def test_a_rule_that_changed_after_the_first_answer_needs_a_reason_and_stands_in_the_result(room):
    statement = room.ask()
    room.answer(statement, scholars=[1] * 6, practitioners=[1, 1, -1, -1, 0, 0])
    with pytest.raises(RuleViolation, match="Say why"):
        edit_basics(actor=room.owner, consensus_at=70, opposed_at_most=20)
    edit_basics(actor=room.owner, venue="The hall")
    edit_basics(
        actor=room.owner, consensus_at=66, opposed_at_most=20, reason="Two thirds is our statute."
    )
    room.reveal(statement)
    assert result_of(room, statement)["rule"]["consensus_at"] == 66
    assert AskingPlan.objects.get().first_answer_at is not None


def test_once_the_rule_is_anonymous_nothing_is_told_of_groups_that_was_told_before(room):
    apart, shared = room.ask(), room.ask("Legitimacy is contested.")
    room.answer(apart, scholars=[1] * 5 + [-1], practitioners=[-1] * 5 + [1])
    room.answer(shared, scholars=[1] * 6, practitioners=[1] * 6)
    room.reveal(apart, shared)
    told = last_revealed_in(room.workshop)
    assert told[apart.pk].gap_says
    assert told[shared.pk].carrying_says
    assert all(each.groups for each in told.values())
    edit_basics(actor=room.owner, attribution_rule="anonymous")
    room.workshop.refresh_from_db()
    for found in last_revealed_in(room.workshop).values():
        assert (found.groups, found.gap_says, found.hidden_says) == ([], [], [])
        assert (found.carrying_says, found.is_shared) == ("", None)
        assert found.counts.answered == 12
    assert {len(each.groups) for each in figures_in(room.workshop)} == {0}


def in_two_rounds(room, before, between):
    """Let the room answer, `between` happen, and the room answer the same again."""
    statement = room.ask()
    room.answer(statement, **before)
    room.reveal(statement)
    between()
    open_rounds(
        actor=room.facilitator, rounds=[ask_again(actor=room.facilitator, statement=statement)]
    )
    room.answer(statement, **before)
    room.reveal(statement)
    return result_of(room, statement)["moved"]


ALL = {"scholars": [1, 1, 1, 1, -1, 0], "practitioners": [1, -1, -1, 0, 1, 1]}


def test_how_many_kept_their_answer_is_told_where_the_same_people_answered(room):
    moved = in_two_rounds(room, ALL, lambda: None)
    assert (moved["kept"], moved["both"]) == (12, 12)


@pytest.mark.parametrize(("came", "told"), [(1, False), (2, False), (3, True)])
def test_one_who_comes_between_rounds_is_not_told_by_the_difference(room, came, told):
    def come():
        for _ in range(came):
            group = room.groups["scholars"]
            room.people["scholars"].append(ParticipantFactory(workshop=room.workshop, group=group))

    before = {"scholars": [1, 1, 1, 1, -1, 0, -1, -1, -1], "practitioners": ALL["practitioners"]}
    assert (in_two_rounds(room, before, come) is not None) == told


def test_nor_is_one_who_goes_or_changes_the_group(room):
    def change():
        person = room.people["scholars"][4]
        person.memberships.update(group=room.groups["practitioners"])

    assert in_two_rounds(room, ALL, change) is None
    went = {**ALL, "practitioners": ALL["practitioners"][:5]}
    statement = room.ask("It costs much.")
    room.answer(statement, **ALL)
    room.reveal(statement)
    begun = ask_again(actor=room.facilitator, statement=statement)
    open_rounds(actor=room.facilitator, rounds=[begun])
    room.answer(statement, **went)
    room.reveal(statement)
    assert result_of(room, statement)["moved"] is None
