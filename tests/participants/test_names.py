"""Names and affiliations are one line that turns nothing beside it, by whatever way they come."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.participants.models import Participant
from apps.participants.services import (
    add_person,
    change_oneself,
    change_person,
    join_workshop,
)
from apps.workshops.models import Role
from tests.factories import JoinCodeFactory, ParticipantFactory, WorkshopFactory

pytestmark = pytest.mark.django_db
TYPED = " Ada\n\u202eecalevoL\u202c\u2029 "
KEPT = "Ada ecalevoL"


@pytest.fixture
def owner():
    return ParticipantFactory(role=Role.OWNER)


def joins(owner):
    workshop = WorkshopFactory()
    return join_workshop(
        workshop=workshop, rule=workshop.attribution_rule, user=None, display_name=TYPED
    )


def changes_oneself(owner):
    return change_oneself(actor=owner, display_name=TYPED, affiliation=TYPED)


def is_added(owner):
    return add_person(actor=owner, display_name=TYPED, affiliation=TYPED)


def is_changed(owner):
    person = ParticipantFactory(workshop=owner.workshop)
    return change_person(actor=owner, participant=person, display_name=TYPED, affiliation=TYPED)


def is_loaded(owner):
    return Participant.objects.create(workshop=owner.workshop, display_name=TYPED)


def is_updated(owner):
    Participant.objects.filter(pk=owner.pk).update(display_name=TYPED, affiliation=TYPED)
    owner.refresh_from_db()
    return owner


@pytest.mark.parametrize(
    "way", [joins, changes_oneself, is_added, is_changed, is_loaded, is_updated]
)
def test_whatever_way_a_name_comes(owner, way):
    person = way(owner)
    assert person.display_name == KEPT
    assert person.affiliation in {"", KEPT}
    person.refresh_from_db()
    assert person.display_name == KEPT


def test_over_the_api(owner, api_of):
    url = f"/api/v1/workshops/{owner.workshop.slug}/participants/me/"
    answer = api_of(owner).patch(url, {"affiliation": TYPED}, format="json")
    assert answer.json()["affiliation"] == KEPT


def test_by_the_page(client):
    code = JoinCodeFactory()
    rule = code.workshop.attribution_rule
    client.post(f"/join/{code.code}/", {"rule": rule, "display_name": TYPED})
    assert Participant.objects.get().display_name == KEPT


@pytest.mark.parametrize("field", ["display_name", "affiliation"])
@pytest.mark.parametrize("bad", ["a\nb", "a\tb", "\u202eb", "\u2066b", "\u200fb", "a\x85b", "\x7f"])
def test_the_database_takes_nothing_else(owner, field, bad):
    with (
        pytest.raises(IntegrityError, match="in_one_line"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"UPDATE participants_participant SET {field} = %s WHERE id = %s", [bad, owner.pk]
        )
