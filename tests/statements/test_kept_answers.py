"""Answers that a device kept until it could send them: each once, the latest counts."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.statements.models import AskingPlan, Response
from apps.statements.selectors import answered_in
from apps.statements.services import close_rounds
from apps.workshops.models import AttributionRule, Phase, Role
from tests.factories import ParticipantFactory, SessionFactory
from tests.statements.conftest import make_room

KEY, OTHER_KEY = "a" * 64, "b" * 64


@pytest.fixture
def person(room):
    return room.people["scholars"][0]


@pytest.fixture
def asked(room):
    return room.round_of(room.ask())


def kept(asked, value=1, nth=1, **fields):
    about = getattr(asked, "pk", asked)
    fields = {"value": value, "nth": nth, **fields}
    return {"id": str(uuid.uuid4()), "kind": "response", "note": str(about), "fields": fields}


@pytest.fixture
def post(browser_of):
    browsers = {}

    def send(actor, *entries, workshop=None):
        body = json.dumps({"actor": str(actor.pk), "entries": entries})
        url = reverse("themes:queue", args=[(workshop or actor.workshop).slug])
        if actor not in browsers:
            browsers[actor] = browser_of(actor)
        return browsers[actor].post(url, body, content_type="application/json")

    return send


@pytest.fixture
def send(post):
    def sent(actor, *entries):
        answer = post(actor, *entries)
        assert answer.status_code == 200, answer.content
        return [(each["state"], each["why"]) for each in answer.json()["results"]]

    return sent


def test_an_answer_is_taken_once_however_often_it_is_sent(send, asked, person):
    entry = kept(asked, -1, reason="It is a means.")
    for _ in range(3):
        assert send(person, entry) == [("saved", "")]
    response = Response.objects.get()
    assert (response.value, response.reason, response.nth) == (-1, "It is a means.", 1)
    assert response.participant == person
    assert answered_in([asked.pk]) == {asked.pk: 1}


def test_the_later_answer_counts_also_when_it_arrives_first(send, asked, person):
    earlier, later = kept(asked, 1, nth=1), kept(asked, -1, nth=2)
    assert send(person, later) == [("saved", "")]
    [(state, why)] = send(person, earlier)
    assert state == "refused"
    assert "from another device" in why
    assert Response.objects.get().value == -1


def test_two_devices_of_one_person_do_not_overwrite_one_another_unseen(send, asked, person):
    assert send(person, kept(asked, 1, nth=1)) == [("saved", "")]
    [(state, _)] = send(person, kept(asked, -1, nth=1))
    assert state == "refused"
    # Having seen the other, they may.
    assert send(person, kept(asked, -1, nth=2)) == [("saved", "")]
    assert Response.objects.get().value == -1


def test_one_refused_holds_up_none_of_another_statement(send, room, asked, person):
    other = room.round_of(room.ask("Another."))
    results = send(person, kept(asked, 5), kept(asked, 1), kept(other, 0))
    assert [state for state, _ in results] == ["refused", "held", "saved"]
    assert results[0][1] == "Choose one of the answers."


def test_a_round_closed_meanwhile_takes_none_and_says_so(send, room, asked, person):
    send(person, kept(asked, 1))
    close_rounds(actor=room.facilitator, rounds=[asked])
    [(state, why)] = send(person, kept(asked, -1, nth=2))
    assert (state, why[:21]) == ("refused", "This round is closed:")
    assert Response.objects.get().value == 1


@pytest.mark.parametrize("value", ["1", None, 1.0, True, [1], 2, -9])
def test_what_is_no_answer_is_refused(send, asked, person, value):
    assert send(person, kept(asked, value))[0][0] == "refused"


def test_of_another_workshop_nothing_is_taken(send, post, asked, person):
    elsewhere = make_room()
    theirs = elsewhere.round_of(elsewhere.ask())
    [(state, _)] = send(person, kept(theirs))
    assert state == "refused"
    assert post(person, kept(asked), workshop=elsewhere.workshop).status_code == 404
    assert send(person, kept(uuid.uuid4()))[0][0] == "refused"
    assert not Response.objects.exists()


def test_whoever_may_not_answer_keeps_what_they_wrote(post, room, asked):
    for role in (Role.OBSERVER, Role.FACILITATOR):
        other = ParticipantFactory(workshop=room.workshop, role=role)
        assert post(other, kept(asked)).status_code == 403
    person = room.people["scholars"][0]
    room.workshop.phase = Phase.PUBLISHED
    room.workshop.save()
    assert post(person, kept(asked)).status_code == 403


def test_answers_and_thoughts_of_one_device_go_the_same_way(send, room, asked, person):
    session = SessionFactory(workshop=room.workshop, takes_thoughts=True)
    note = str(uuid.uuid4())
    thought = {
        "id": note, "kind": "thought", "note": note, "session": str(session.pk),
        "fields": {"text": "Nobody asked the drivers."},
    }  # fmt: skip
    assert [state for state, _ in send(person, thought, kept(asked))] == ["saved", "saved"]


def test_it_is_cheap(post, room, asked, person):
    others = [room.round_of(room.ask(f"Another, {n}.")) for n in range(2)]
    post(person, kept(asked))
    assert AskingPlan.objects.get().first_answer_at is not None
    with CaptureQueriesContext(connection) as one:
        post(person, kept(others[0]))
    with CaptureQueriesContext(connection) as two:
        post(person, kept(others[1]), kept(asked, -1, nth=2))
    # Four find out who asks; the rest are for the answer itself.
    assert len(one) <= 14
    assert len(two) - len(one) <= 8


class TestAnonymously:
    @pytest.fixture
    def room(self, db):
        return make_room(attribution_rule=AttributionRule.ANONYMOUS, sizes={"people": 3})

    @pytest.fixture
    def person(self, room):
        return room.people["people"][0]

    def test_an_answer_belongs_to_a_key_and_can_be_changed_by_it_alone(self, send, asked, person):
        assert send(person, kept(asked, 1, key=KEY)) == [("saved", "")]
        assert send(person, kept(asked, -1, nth=2, key=KEY)) == [("saved", "")]
        response = Response.objects.get()
        assert (response.value, response.key, response.participant) == (-1, KEY, None)
        [(state, why)] = send(person, kept(asked, 0, nth=3, key=OTHER_KEY))
        assert state == "refused"
        assert "from another browser" in why
        assert Response.objects.get().value == -1

    def test_without_a_key_nothing_is_taken(self, send, asked, person):
        for key in ("", "a" * 63, "A" * 64, 7):
            [(state, why)] = send(person, kept(asked, 1, key=key))
            assert state == "refused"
            assert "a key of its own" in why
        assert not Response.objects.exists()

    def test_nobody_answers_in_the_place_of_another(self, send, room, asked, person):
        send(person, kept(asked, 1, key=KEY))
        [(state, _)] = send(room.people["people"][1], kept(asked, -1, key=KEY))
        assert state == "refused"
        assert Response.objects.get().value == 1
