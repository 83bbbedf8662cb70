"""A link in a mail that hasn't left yet: nobody reads it, and it ends with what it was made for."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone

from apps.core import mail
from apps.core.models import OutgoingMail
from apps.participants.models import Participant, PersonalLink
from apps.participants.services import invite, remove_person, send_invitation, sweep
from apps.workshops.models import Phase, Role, Workshop
from tests.participants.links.browsing import accept, gets_in

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


@pytest.fixture
def token(owner, ada):
    """The token in a mail to Ada that waits."""
    send_invitation(actor=owner, participant=ada, site=SITE)
    [token] = re.findall(r"/k/([^/\s]+)/", OutgoingMail.objects.get().text)
    return token


def tables_with(text):
    """The tables in which a text stands, of all schemas that are ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name FROM information_schema.tables "
            "WHERE table_schema IN ('public', 'pgmq') AND table_type = 'BASE TABLE'"
        )
        found = []
        for schema, table in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{schema}"."{table}" t WHERE t::text LIKE %s', [f"%{text}%"]
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_it_stands_in_the_mail_alone(token):
    assert tables_with(token) == ["core_outgoingmail"]


def test_no_page_shows_it_to_anybody(token, owner, ada, browser_of, api_of):
    workshop = owner.workshop
    pages = [
        "", "people/", f"people/{ada.pk}/", f"people/{ada.pk}/invitation/", "history/", "deletion/",
        "yourself/", "yourself/held.json", "lobby/",
    ]  # fmt: skip
    for page in pages:
        answer = browser_of(owner).get(f"/w/harbours/{page}")
        assert answer.status_code == 200
        assert token not in answer.content.decode()
    api = api_of(owner)
    for page in ("people/", f"people/{ada.pk}/", ""):
        answer = api.get(f"/api/v1/workshops/{workshop.slug}/{page}")
        assert answer.status_code == 200
        assert token not in answer.content.decode()
    # And there is no other way to look at tables.
    assert not apps.is_installed("django.contrib.admin")


ENDS = {
    "a new one is made": lambda ada, owner: invite(actor=owner, participant=ada),
    "they are removed": lambda ada, owner: remove_person(actor=owner, participant=ada),
    "past the services": lambda ada, _: Participant.objects.filter(pk=ada.pk).update(
        role=Role.OBSERVER
    ),
    "the workshop is archived": lambda *_: Workshop.objects.update(phase=Phase.ARCHIVED),
}


@pytest.mark.parametrize("how", ENDS)
def test_what_ends_the_link_withdraws_the_mail(token, owner, ada, mailoutbox, how):
    waiting = OutgoingMail.objects.get()
    ENDS[how](ada, owner)
    assert token not in "".join(OutgoingMail.objects.values_list("text", flat=True))
    mail.deliver(job_id=waiting.pk)
    assert mailoutbox == []


def test_it_ends_with_its_time_whether_the_mail_left_or_not(token, time_machine, mailoutbox):
    link = PersonalLink.objects.get()
    time_machine.move_to(link.expires_at + timedelta(seconds=1))
    assert accept(Client(), f"/k/{token}/").status_code == 410
    assert not gets_in(Client())
    sweep()
    assert not OutgoingMail.objects.exists()


def test_while_it_lasts_the_mail_is_sent_and_lets_in(token, deliver_mail):
    [sent] = deliver_mail()
    assert token in sent.body
    browser = Client()
    accept(browser, f"/k/{token}/")
    assert gets_in(browser)
    assert PersonalLink.objects.get().used_at <= timezone.now()
