"""Mail to one address is limited, however many ask for it, in whatever workshops."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from apps.core.models import OutgoingMail
from apps.participants.models import PersonalLink
from apps.participants.services import invite_several, send_invitation, send_place
from apps.participants.services.links import TO_ONE_ADDRESS
from apps.workshops.models import Role
from tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db
SITE = "https://rapporteur.example.edu"
STRANGER = "stranger@example.org"


def ask(to: str = STRANGER) -> None:
    """Have a link to the place of somebody new, in a workshop of their own, sent to `to`."""
    send_place(actor=ParticipantFactory(user=None), to=to, site=SITE)


def test_many_who_ask_send_one_stranger_little():
    for _ in range(9):
        ask()
    assert OutgoingMail.objects.filter(to=STRANGER).count() == TO_ONE_ADDRESS["keep_place"] < 9
    # Whoever asks sees no difference, and others get theirs.
    assert PersonalLink.objects.count() == 9
    ask("somebody.else@example.org")
    assert OutgoingMail.objects.filter(to="somebody.else@example.org").exists()


def test_other_spellings_reach_the_same_person():
    for spelling in ("Stranger@example.org", "stranger+a@EXAMPLE.org", "stranger+b@example.org"):
        for _ in range(3):
            ask(spelling)
    assert OutgoingMail.objects.count() == TO_ONE_ADDRESS["keep_place"]


def test_after_an_hour_there_is_mail_again(time_machine):
    for _ in range(9):
        ask()
    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    ask()
    assert OutgoingMail.objects.count() == TO_ONE_ADDRESS["keep_place"] + 1


def test_places_use_up_no_invitations_and_these_are_limited_too():
    for _ in range(9):
        ask()
    OutgoingMail.objects.all().delete()
    for _ in range(14):
        person = ParticipantFactory(user=None, email=STRANGER)
        owner = ParticipantFactory(workshop=person.workshop, role=Role.OWNER)
        send_invitation(actor=owner, participant=person, site=SITE)
    assert OutgoingMail.objects.count() == TO_ONE_ADDRESS["invitation"] < 14


def test_the_page_says_the_same(client):
    for _ in range(9):
        ask()
    person = ParticipantFactory(user=None)
    session = client.session
    session["joined"] = {str(person.workshop_id): str(person.pk)}
    session.save()
    page = f"/w/{person.workshop.slug}/keep-place/"
    answers = []
    for to in (STRANGER, "somebody.else@example.org"):
        answer = client.post(page, {"send": "yes", "to": to}, follow=True)
        answers.append((answer.status_code, "The link is on its way" in answer.content.decode()))
    assert answers == [(200, True)] * 2
    assert OutgoingMail.objects.filter(to=STRANGER).count() == TO_ONE_ADDRESS["keep_place"]


def test_no_address_is_kept():
    ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key || value FROM core_cache")
        kept = " ".join(row for (row,) in cursor.fetchall())
    assert kept
    assert "stranger" not in kept


def test_several_are_told_of_in_the_order_of_the_list():
    owner = ParticipantFactory(role=Role.OWNER)
    people = [
        ParticipantFactory(
            workshop=owner.workshop, user=None, display_name=name, email=f"{mail}@example.org"
        )
        for name, mail in (("Ada", "z"), ("Ben", "a"))
    ]
    done = invite_several(actor=owner, people=people, site=SITE)
    assert [person.display_name for person, _ in done] == ["Ada", "Ben"]
    assert OutgoingMail.objects.count() == 2
