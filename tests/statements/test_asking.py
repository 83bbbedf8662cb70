"""Putting statements, opening and closing their rounds, answering."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.participants.services import remove_person
from apps.statements.models import (
    Answered,
    AskingPlan,
    Response,
    Result,
    Round,
    RoundState,
    Scale,
    Tally,
)
from apps.statements.selectors import answered_in, asked_of, people_who_may_answer, plan_of
from apps.statements.services import (
    ask_again,
    change_plan,
    close_rounds,
    open_rounds,
    put_statement,
    recount,
    respond,
    reveal_rounds,
    revise_statement,
    shuffle_what_is_left,
    withdraw_statement,
)
from apps.workshops.models import AttributionRule, Phase, Role, Workshop
from apps.workshops.services import edit_basics
from tests.factories import AnnotationFactory, ParticipantFactory, ThemeFactory
from tests.statements.conftest import make_room

KEY, OTHER_KEY = "a" * 64, "b" * 64


def counts(asked):
    return {
        (row.group.plural if row.group else None, row.value): row.count
        for row in Tally.objects.filter(round=asked).order_by("value")
        if row.count
    }


def test_a_statement_from_a_finding_stands_under_its_theme_and_tests_it(room):
    theme = ThemeFactory(workshop=room.workshop)
    finding = AnnotationFactory(workshop=room.workshop, theme=theme)
    statement = put_statement(actor=room.facilitator, text=finding.claim, annotation=finding)
    assert statement.theme == theme
    assert statement.tests.get().annotation == finding
    assert room.round_of(statement).state == RoundState.DRAFT


def test_what_somebody_answers_counts_once_and_may_be_changed_until_it_closes(room):
    statement = room.ask()
    asked = room.round_of(statement)
    person = room.people["scholars"][0]
    respond(actor=person, asked=asked, value=1)
    respond(actor=person, asked=asked, value=-1, reason="It is a means.")
    assert counts(asked) == {("scholars", -1): 1}
    assert Response.objects.get().reason == "It is a means."
    close_rounds(actor=room.facilitator, rounds=[asked])
    with pytest.raises(RuleViolation, match="closed"):
        respond(actor=person, asked=asked, value=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(participant=person).update(value=1)
    assert counts(asked) == {("scholars", -1): 1}


def test_nothing_is_answered_before_it_is_asked(room):
    statement = put_statement(actor=room.facilitator, text="Influence is an end in itself.")
    with pytest.raises(RuleViolation, match="isn’t being asked yet"):
        respond(actor=room.people["scholars"][0], asked=room.round_of(statement), value=1)


def test_three_answers_are_three(room):
    asked = room.round_of(room.ask())
    with pytest.raises(RuleViolation, match="Choose one"):
        respond(actor=room.people["scholars"][0], asked=asked, value=2)
    five = room.round_of(room.ask("Five may be said.", scale=Scale.FIVE))
    assert respond(actor=room.people["scholars"][0], asked=five, value=2).value == 2


def test_the_team_answers_only_where_the_owner_says_so(room):
    asked = room.round_of(room.ask())
    with pytest.raises(NotPermitted):
        respond(actor=room.facilitator, asked=asked, value=1)
    with pytest.raises(NotPermitted):
        change_plan(actor=room.facilitator, team_answers=True)
    assert people_who_may_answer(room.workshop, plan_of(room.workshop)) == 12
    change_plan(actor=room.owner, team_answers=True)
    assert respond(actor=room.facilitator, asked=asked, value=1).value == 1
    assert people_who_may_answer(room.workshop, plan_of(room.workshop)) == 14


def test_answers_stay_with_the_words_they_answered(room):
    statement = room.ask()
    room.answer(statement, scholars=[1] * 6)
    with pytest.raises(RuleViolation, match="asked at the moment"):
        revise_statement(actor=room.facilitator, statement=statement, text="Influence is power.")
    room.reveal(statement)
    revise_statement(actor=room.facilitator, statement=statement, text="Influence is power.")
    again = ask_again(actor=room.facilitator, statement=statement)
    first = statement.rounds.get(number=1)
    assert (first.wording.text, again.wording.text) == (
        "Influence is an end in itself.",
        "Influence is power.",
    )
    assert answered_in([first.pk, again.pk]) == {first.pk: 6}
    with pytest.raises(IntegrityError), transaction.atomic():
        type(first.wording).objects.filter(pk=first.wording_id).update(text="Something else")


def test_words_that_nobody_was_asked_are_simply_put_right(room):
    statement = put_statement(actor=room.facilitator, text="Influense is an end.")
    revise_statement(actor=room.facilitator, statement=statement, text="Influence is an end.")
    assert [each.text for each in statement.wordings.all()] == ["Influence is an end."]


def test_two_who_revise_at_once_are_told(room):
    statement = put_statement(actor=room.facilitator, text="Influence is an end.")
    revise_statement(actor=room.facilitator, statement=statement, text="A", version=1)
    with pytest.raises(Conflict):
        revise_statement(actor=room.owner, statement=statement, text="B", version=1)


def test_the_plan_says_how_often_is_asked(room):
    statement = room.ask()
    room.answer(statement, scholars=[1] * 6)
    room.reveal(statement)
    second = ask_again(actor=room.facilitator, statement=statement)
    assert ask_again(actor=room.facilitator, statement=statement) == second
    open_rounds(actor=room.facilitator, rounds=[second])
    room.reveal(statement)
    with pytest.raises(RuleViolation, match="2 rounds at most"):
        ask_again(actor=room.facilitator, statement=statement)


def test_once_somebody_answered_the_plan_changes_only_with_a_reason(room):
    change_plan(actor=room.owner, rounds=3)
    room.answer(room.ask(), scholars=[1])
    with pytest.raises(RuleViolation, match="Say why"):
        change_plan(actor=room.owner, rounds=1)
    with pytest.raises(RuleViolation, match="can only become more"):
        change_plan(actor=room.owner, smallest_group=3, reason="We are few.")
    plan = change_plan(actor=room.owner, rounds=1, reason="No time is left.")
    assert plan.rounds == 1
    assert AuditEntry.objects.filter(verb="asking_plan.changed").latest("at").reason


def test_fewer_than_three_is_no_group_for_the_database_either(room):
    with pytest.raises(RuleViolation, match="From 3 people"):
        change_plan(actor=room.owner, smallest_group=2)
    change_plan(actor=room.owner, smallest_group=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        AskingPlan.objects.update(smallest_group=2)


def test_a_round_goes_on_by_steps_for_the_database_too(room):
    statement = put_statement(actor=room.facilitator, text="Influence is an end.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(statement=statement).update(state=RoundState.REVEALED)
    asked = room.round_of(room.ask())
    room.reveal(asked.statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=asked.pk).update(state=RoundState.OPEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.update(sha256="f" * 64)


def test_withdrawing_what_was_asked_keeps_what_it_came_to(room):
    statement = room.ask()
    with pytest.raises(RuleViolation, match="asked at the moment"):
        withdraw_statement(actor=room.facilitator, statement=statement)
    room.answer(statement, scholars=[1] * 6)
    room.reveal(statement)
    withdraw_statement(actor=room.facilitator, statement=statement)
    statement.refresh_from_db()
    assert statement.withdrawn_at is not None
    assert Result.objects.filter(round__statement=statement).exists()
    unasked = put_statement(actor=room.facilitator, text="Nobody was asked this.")
    withdraw_statement(actor=room.facilitator, statement=unasked)
    assert not type(unasked).objects.filter(pk=unasked.pk).exists()


def test_everybody_is_asked_in_an_order_of_their_own_which_stays(room):
    for number in range(8):
        room.ask(f"Statement {number} holds.")
    one, other = room.people["scholars"][:2]
    texts = [each.text for each in asked_of(one)]
    assert texts == [each.text for each in asked_of(one)]
    assert sorted(texts) == sorted(each.text for each in asked_of(other))
    assert texts != [each.text for each in asked_of(other)]


def test_nobody_answers_in_a_workshop_that_was_published(room):
    asked = room.round_of(room.ask())
    room.workshop.phase = Phase.PUBLISHED
    room.workshop.save()
    with pytest.raises(NotPermitted):
        respond(actor=room.people["scholars"][0], asked=asked, value=1)


class TestAnonymously:
    @pytest.fixture
    def room(self, db):
        return make_room(sizes={}, attribution_rule=AttributionRule.ANONYMOUS)

    @pytest.fixture
    def person(self, room):
        return ParticipantFactory(workshop=room.workshop)

    def test_an_answer_leads_to_a_key_of_the_browser_and_to_nobody(self, room, person):
        asked = room.round_of(room.ask())
        with pytest.raises(RuleViolation, match="scripts"):
            respond(actor=person, asked=asked, value=1)
        response = respond(actor=person, asked=asked, value=1, key=KEY)
        assert (response.participant, response.group, response.key) == (None, None, KEY)
        respond(actor=person, asked=asked, value=-1, key=KEY)
        assert counts(asked) == {(None, -1): 1}

    def test_nobody_answers_twice_with_two_browsers(self, room, person):
        asked = room.round_of(room.ask())
        respond(actor=person, asked=asked, value=1, key=KEY)
        with pytest.raises(RuleViolation, match="another browser"):
            respond(actor=person, asked=asked, value=1, key=OTHER_KEY)

    def test_once_closed_nothing_tells_who_answered_nor_in_which_order(self, room, person):
        asked = room.round_of(room.ask())
        first = respond(actor=person, asked=asked, value=1, key=KEY)
        close_rounds(actor=room.facilitator, rounds=[asked])
        assert not Answered.objects.exists()
        assert not Response.objects.filter(pk=first.pk).exists()
        assert counts(asked) == {(None, 1): 1}
        with pytest.raises(RuleViolation, match="stays closed"):
            open_rounds(actor=room.facilitator, rounds=[asked])

    def test_of_a_large_room_a_worker_puts_the_answers_in_no_order(self, room):
        asked = room.round_of(room.ask())
        Response.objects.bulk_create(
            Response(workshop=room.workshop, round=asked, value=1, key=f"{n:064x}")
            for n in range(2_001)
        )
        before = set(Response.objects.values_list("pk", flat=True))
        close_rounds(actor=room.facilitator, rounds=[asked])
        assert set(Response.objects.values_list("pk", flat=True)) == before
        reveal_rounds(actor=room.facilitator, rounds=[asked])
        shuffle_what_is_left()
        assert not before & set(Response.objects.values_list("pk", flat=True))
        in_place = [
            each.key
            for each in Response.objects.raw("SELECT * FROM statements_response ORDER BY ctid")
        ]
        assert in_place != sorted(in_place)
        assert (len(in_place), answered_in([asked.pk])) == (2_001, {asked.pk: 2_001})

    def test_once_its_answers_are_in_no_order_a_closed_round_takes_none(self, room, person):
        asked = room.round_of(room.ask())
        respond(actor=person, asked=asked, value=1, key=KEY)
        close_rounds(actor=room.facilitator, rounds=[asked])
        late = Response(workshop=room.workshop, round=asked, value=1, key=OTHER_KEY)
        with pytest.raises(IntegrityError, match="takes no answers"), transaction.atomic():
            late.save()

    def test_the_database_refuses_an_answer_that_leads_to_somebody(self, room, person):
        asked = room.round_of(room.ask())
        with pytest.raises(IntegrityError), transaction.atomic():
            Response.objects.create(
                workshop=room.workshop, round=asked, participant=person, value=1
            )


def test_a_rule_that_becomes_anonymous_forgets_who_answered_what(room):
    asked = room.round_of(room.ask())
    person = room.people["scholars"][0]
    respond(actor=person, asked=asked, value=1)
    edit_basics(actor=room.owner, attribution_rule=AttributionRule.ANONYMOUS)
    response = Response.objects.get()
    assert (response.participant, response.group) == (None, None)
    assert counts(asked) == {(None, 1): 1}
    with pytest.raises(RuleViolation, match="another browser"):
        respond(actor=person, asked=asked, value=-1, key=KEY)


def test_what_was_closed_before_the_rule_was_anonymous_is_put_in_no_order_too(room):
    asked = room.round_of(room.ask())
    response = respond(actor=room.people["scholars"][0], asked=asked, value=1)
    close_rounds(actor=room.facilitator, rounds=[asked])
    assert shuffle_what_is_left() == 0
    edit_basics(actor=room.owner, attribution_rule=AttributionRule.ANONYMOUS)
    assert shuffle_what_is_left() == 1
    assert Response.objects.get().pk != response.pk
    assert counts(asked) == {(None, 1): 1}
    assert shuffle_what_is_left() == 0


def test_a_deleted_workshop_keeps_no_other_answers_in_their_order(room):
    asked = room.round_of(room.ask())
    response = respond(actor=room.people["scholars"][0], asked=asked, value=1)
    close_rounds(actor=room.facilitator, rounds=[asked])
    edit_basics(actor=room.owner, attribution_rule=AttributionRule.ANONYMOUS)
    Workshop.objects.filter(pk=room.workshop.pk).update(
        purged_at=timezone.now(), phase=Phase.ARCHIVED
    )
    assert shuffle_what_is_left() == 1
    assert Response.objects.get().pk != response.pk


def test_whoever_answered_and_left_makes_nobody_who_kept_silent_disappear(room):
    statement = room.ask()
    room.answer(statement, scholars=[1] * 6, practitioners=[-1])
    asked = room.round_of(statement)
    for person in room.people["scholars"][:4]:
        remove_person(actor=room.owner, participant=person)
    close_rounds(actor=room.facilitator, rounds=[asked])
    asked.refresh_from_db()
    assert (asked.members, answered_in([asked.pk])) == (12, {asked.pk: 7})


def test_a_closed_round_is_opened_again_only_where_that_is_meant(room):
    asked = room.round_of(room.ask())
    close_rounds(actor=room.facilitator, rounds=[asked])
    with pytest.raises(RuleViolation, match="closed meanwhile"):
        open_rounds(actor=room.facilitator, rounds=[asked])
    open_rounds(actor=room.facilitator, rounds=[asked], again=True)
    asked.refresh_from_db()
    assert asked.state == RoundState.OPEN


def test_a_recount_finds_and_mends_what_was_miscounted(room):
    statement = room.ask()
    room.answer(statement, scholars=[1, 1, -1], practitioners=[0])
    asked = room.round_of(statement)
    assert recount(asked=asked).differing == {}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_tally SET count = count + 1 WHERE value = 1")
    found = recount(asked=asked, mend=True).differing
    assert [(kept > counted) for kept, counted in found.values()] == [True]
    assert recount(asked=asked).differing == {}
    assert counts(asked) == {("scholars", 1): 2, ("scholars", -1): 1, ("practitioners", 0): 1}


def test_observers_and_people_elsewhere_answer_nothing(room):
    asked = room.round_of(room.ask())
    observer = ParticipantFactory(workshop=room.workshop, role=Role.OBSERVER)
    for somebody in (observer, ParticipantFactory()):
        with pytest.raises(NotPermitted):
            respond(actor=somebody, asked=asked, value=1)
