"""What was removed, or can't be, while someone was busy with it."""

import pytest
from django.db import connection
from django.db.utils import DataError, IntegrityError

from apps.core.exceptions import Gone, RuleViolation, as_refusal
from apps.notes.models import Note
from apps.workshops.models import Role
from tests.factories import NoteFactory, ParticipantFactory


@pytest.mark.django_db
def test_a_missing_row_and_a_reference_to_one_say_that_it_is_gone():
    with pytest.raises(Note.DoesNotExist) as missing:
        Note.objects.get(text="never written")
    assert isinstance(as_refusal(missing.value), Gone)
    note = NoteFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError) as dangling:
            cursor.execute("DELETE FROM workshops_session WHERE id = %s", [note.session_id])
    assert isinstance(as_refusal(dangling.value), Gone)


@pytest.mark.parametrize("error", [OverflowError("date value out of range"), DataError("no")])
def test_what_no_calendar_holds_is_refused(error):
    assert isinstance(as_refusal(error), RuleViolation)


def test_a_fault_of_ours_stays_one():
    error = KeyError("section")
    assert as_refusal(error) is error


@pytest.mark.django_db
@pytest.mark.parametrize(
    "moment", ["9999-12-31T23:59:00Z", "9999-12-31T23:59:00", "0001-01-01T00:00:00"]
)
def test_a_session_at_the_end_of_time_is_refused(api_of, moment):
    owner = ParticipantFactory(role=Role.OWNER, workshop__time_zone="Asia/Tokyo")
    url = f"/api/v1/workshops/{owner.workshop.slug}/sessions/"
    assert api_of(owner).post(url, {"title": "Y", "starts_at": moment}).status_code in {400, 422}
    assert not owner.workshop.sessions.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_workshop_at_the_end_of_time_is_refused(api_of, day):
    user = ParticipantFactory(role=Role.OWNER)
    given = {"title": "x", "starts_on": day, "ends_on": day}
    assert api_of(user).post("/api/v1/workshops/", given).status_code in {400, 422}


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["²", "x", "1.0", "9" * 5000])
def test_a_version_that_is_none_is_told(rapporteur, api_of, version):
    note = NoteFactory(session__workshop=rapporteur.workshop, text="Before")
    url = f"/api/v1/workshops/{rapporteur.workshop.slug}/notes/{note.pk}/"
    answer = api_of(rapporteur).patch(url, {"text": "After"}, headers={"If-Match": version})
    assert answer.status_code == 400
    note.refresh_from_db()
    assert note.text == "Before"


@pytest.mark.django_db
def test_a_weak_version_is_a_version(rapporteur, api_of):
    note = NoteFactory(session__workshop=rapporteur.workshop, version=2)
    url = f"/api/v1/workshops/{rapporteur.workshop.slug}/notes/{note.pk}/"
    api = api_of(rapporteur)
    assert api.patch(url, {"text": "Stale"}, headers={"If-Match": 'W/"1"'}).status_code == 412
    assert api.patch(url, {"text": "Fresh"}, headers={"If-Match": 'W/"2"'}).status_code == 200


@pytest.mark.django_db
def test_a_body_nested_without_end_is_a_400(rapporteur, api_of):
    url = f"/api/v1/workshops/{rapporteur.workshop.slug}/notes/"
    answer = api_of(rapporteur).post(url, b"[" * 100_000, content_type="application/json")
    assert answer.status_code == 400
