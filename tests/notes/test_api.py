"""Notes over the API."""

import uuid

import pytest

from apps.notes.models import Note
from apps.workshops.models import Role
from tests.factories import GroupFactory, NoteFactory, ParticipantFactory, SessionFactory


@pytest.fixture
def session(rapporteur):
    return SessionFactory(workshop=rapporteur.workshop)


@pytest.fixture
def url(rapporteur):
    return f"/api/v1/workshops/{rapporteur.workshop.slug}/notes/"


def test_a_note_is_recorded_and_listed(rapporteur, session, url, api_of):
    api = api_of(rapporteur)
    NoteFactory(text="of another workshop")
    created = api.post(url, {"session": session.pk, "text": "Said", "mark": "question"})
    assert created.status_code == 201, created.json()
    listed = api.get(url).json()["results"]
    assert [(note["text"], note["mark"], note["sequence"]) for note in listed] == [
        ("Said", "question", 1)
    ]


def test_sending_a_note_again_answers_with_the_first(rapporteur, session, url, api_of):
    body = {"id": str(uuid.uuid4()), "session": session.pk, "text": "Said"}
    api = api_of(rapporteur)
    assert [api.post(url, body).status_code, api.post(url, body).status_code] == [201, 200]
    assert Note.objects.count() == 1


def test_bad_input_is_told_as_problem_details(rapporteur, session, url, api_of):
    answer = api_of(rapporteur).post(url, {"session": str(uuid.uuid4()), "text": ""})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"].keys() == {"session", "text"}


def test_a_malformed_body_is_a_400(rapporteur, url, api_of):
    answer = api_of(rapporteur).post(url, b"{not json", content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["title"]


def test_things_of_another_workshop_do_not_exist(rapporteur, session, url, api_of):
    foreign = {"session": SessionFactory().pk, "group": GroupFactory().pk, "text": "Said"}
    answer = api_of(rapporteur).post(url, foreign)
    assert answer.status_code == 400
    assert answer.json()["errors"].keys() == {"session", "group"}
    assert not Note.objects.exists()


def test_not_yours_and_not_there_are_the_same(rapporteur, url, api_of):
    stranger = api_of(ParticipantFactory(role=Role.OWNER))
    not_yours = stranger.get(url)
    not_there = stranger.get("/api/v1/workshops/no-such/notes/")
    assert not_yours.status_code == not_there.status_code == 404
    assert not_yours.content == not_there.content


def test_participants_see_no_notes(rapporteur, session, url, api_of):
    NoteFactory(session=session)
    reader = ParticipantFactory(workshop=rapporteur.workshop)
    assert api_of(reader).get(url).json()["results"] == []


def test_nobody_is_asked_to_authenticate(client, url, db):
    assert client.get(url).status_code == 401


def test_a_stale_correction_is_refused_with_412(rapporteur, session, url, api_of):
    note = NoteFactory(session=session)
    api = api_of(rapporteur)
    assert (
        api.patch(f"{url}{note.pk}/", {"text": "Mine"}, headers={"If-Match": '"1"'}).status_code
        == 200
    )
    stale = api.patch(f"{url}{note.pk}/", {"text": "Yours"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    note.refresh_from_db()
    assert note.text == "Mine"
