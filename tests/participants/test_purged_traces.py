"""What lies beside the rows of people: sessions of their browsers, mail kept on the machine."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from apps.accounts.local_mail import letters
from apps.core import mail
from apps.participants.models import Participant
from apps.participants.services import forget_person, purge_now, send_invitation
from apps.workshops.models import Role
from apps.workshops.services import edit_basics
from tests.factories import ParticipantFactory, WorkshopFactory
from tests.participants.test_oneself import browser_that_joined

pytestmark = pytest.mark.django_db
SITE = "https://rapporteur.example.edu"


@pytest.fixture
def owner():
    return ParticipantFactory(role=Role.OWNER, workshop=WorkshopFactory(title="The long day"))


@pytest.fixture
def person(owner):
    return ParticipantFactory(workshop=owner.workshop, user=None)


def stored() -> str:
    """Return all that sessions hold."""
    return " ".join(str(session.get_decoded()) for session in Session.objects.all())


def purge(owner: Participant) -> None:
    purge_now(actor=owner, title=owner.workshop.title)


def erase(owner: Participant) -> None:
    for person in Participant.objects.filter(workshop=owner.workshop, user=None, removed_at=None):
        forget_person(actor=owner, participant=person)


@pytest.mark.parametrize("go", [purge, erase])
def test_no_browser_knows_any_more_whom_it_joined_as(owner, person, go):
    browser_that_joined(person)
    assert str(person.pk) in stored()
    go(owner)
    assert not Session.objects.exists()


@pytest.mark.parametrize("go", [purge, erase])
def test_what_else_a_session_holds_stays(owner, person, go, browser_of):
    elsewhere = ParticipantFactory(user=None)
    account = ParticipantFactory()
    browser = browser_of(account)
    session = browser.session
    session["joined"] = {str(each.workshop_id): str(each.pk) for each in (person, elsewhere)}
    session.save()
    go(owner)
    assert str(person.pk) not in stored()
    assert browser.session["joined"] == {str(elsewhere.workshop_id): str(elsewhere.pk)}
    assert browser.get(f"/w/{elsewhere.workshop.slug}/").status_code == 200
    assert browser.get(f"/w/{account.workshop.slug}/").status_code == 200


def test_the_team_without_an_account_stays_in(owner):
    rapporteur = ParticipantFactory(workshop=owner.workshop, user=None, role=Role.RAPPORTEUR)
    browser = browser_that_joined(rapporteur)
    purge(owner)
    assert browser.get(f"/w/{owner.workshop.slug}/").status_code == 200


def test_erasing_oneself_ends_other_browsers_too(person):
    phone, laptop = browser_that_joined(person), browser_that_joined(person)
    answer = phone.post(
        f"/w/{person.workshop.slug}/yourself/erase/", {"understood": "on"}, follow=True
    )
    assert "You have been erased" in answer.content.decode()
    assert str(person.pk) not in stored()
    assert laptop.get(f"/w/{person.workshop.slug}/").status_code == 302


def test_mail_of_a_workshop_whose_title_changed_goes_and_no_other(
    owner, person, settings, tmp_path
):
    settings.MAIL_FOLDER = tmp_path
    settings.EMAIL_BACKEND = "apps.accounts.local_mail.Backend"
    longer = ParticipantFactory(role=Role.OWNER, workshop__title=f"{owner.workshop.title} 2")
    for each in (owner, longer):
        invited = ParticipantFactory(workshop=each.workshop, user=None, email="ada@example.org")
        send_invitation(actor=each, participant=invited, site=SITE)
    for job in mail.OutgoingMail.objects.all():
        mail.deliver(job_id=job.pk)
    edit_basics(actor=owner, title="Another title")
    owner.workshop.refresh_from_db()
    purge(owner)
    assert len(list(tmp_path.iterdir())) == 1
    assert longer.workshop.title in next(letters(tmp_path)).text


def test_mail_that_is_kept_on_the_machine_goes_too(owner, person, settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path
    settings.EMAIL_BACKEND = "apps.accounts.local_mail.Backend"
    for each in (owner, ParticipantFactory(role=Role.OWNER)):
        invited = ParticipantFactory(workshop=each.workshop, user=None, email="ada@example.org")
        send_invitation(actor=each, participant=invited, site=SITE)
    for job in mail.OutgoingMail.objects.all():
        mail.deliver(job_id=job.pk)
    assert len(list(tmp_path.iterdir())) == 2
    purge(owner)
    [other] = tmp_path.iterdir()
    assert b"The long day" not in other.read_bytes()
    assert Client().get("/").status_code == 302
