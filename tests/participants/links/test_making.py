"""Who makes and sends personal links."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client

from apps.core.exceptions import Gone, NotPermitted, RuleViolation
from apps.core.models import OutgoingMail
from apps.participants.models import LinkPurpose, PersonalLink
from apps.participants.services import (
    invite,
    send_place,
)
from apps.workshops.models import Phase, Role
from tests.factories import (
    ParticipantFactory,
    UserFactory,
    WorkshopFactory,
)
from tests.participants.links.browsing import accept

pytestmark = pytest.mark.django_db
SITE = "https://rapporteur.example.edu"


@pytest.mark.parametrize(
    ("actor_role", "their_role", "may"),
    [
        (Role.OWNER, Role.PARTICIPANT, True),
        (Role.OWNER, Role.FACILITATOR, True),
        (Role.OWNER, Role.OWNER, True),
        (Role.FACILITATOR, Role.PARTICIPANT, True),
        (Role.FACILITATOR, Role.OBSERVER, True),
        # The link would make more of them than they are.
        (Role.FACILITATOR, Role.RAPPORTEUR, False),
        (Role.FACILITATOR, Role.OWNER, False),
        (Role.RAPPORTEUR, Role.PARTICIPANT, False),
        (Role.PARTICIPANT, Role.PARTICIPANT, False),
        (Role.OBSERVER, Role.PARTICIPANT, False),
    ],
)
def test_who_may_invite_whom(browser_of, workshop, actor_role, their_role, may):
    actor = ParticipantFactory(workshop=workshop, role=actor_role)
    person = ParticipantFactory(
        workshop=workshop, user=None, role=their_role, email="x@example.org"
    )
    page = f"/w/harbours/people/{person.pk}/invitation/"
    client = browser_of(actor)
    assert client.get(page).status_code == (200 if may else 403)
    assert client.post(page).status_code == (200 if may else 403)
    assert client.post(page, {"send": "yes"}).status_code == (302 if may else 403)
    assert PersonalLink.objects.exists() == may


@pytest.mark.parametrize(
    "values",
    [
        {"removed_at": datetime(2026, 5, 13, tzinfo=UTC)},
        {"admitted_at": None},
        {"with_account": True},
        {"elsewhere": True},
    ],
    ids=["removed", "waiting", "with an account", "elsewhere"],
)
def test_there_is_no_invitation_for_somebody(browser_of, owner, workshop, values):
    values = {"user": None, "workshop": workshop, **values}
    if values.pop("with_account", False):
        values["user"] = UserFactory()
    if values.pop("elsewhere", False):
        values["workshop"] = WorkshopFactory()
    person = ParticipantFactory(**values)
    page = f"/w/harbours/people/{person.pk}/invitation/"
    assert browser_of(owner).get(page).status_code == 404
    if person.workshop == workshop:
        with pytest.raises(Gone):
            invite(actor=owner, participant=person)
    else:
        with pytest.raises(NotPermitted):
            invite(actor=owner, participant=person)


@pytest.mark.parametrize("how", [{}, {"send": "yes"}], ids=["to copy", "by e-mail"])
def test_an_invitation_is_for_those_who_are_not_in_yet(browser_of, owner, ada, link, how):
    accept(Client(), link)
    client, person = browser_of(owner), f"/w/harbours/people/{ada.pk}/"
    assert "invitation/" not in client.get(person).content.decode()
    page = f"{person}invitation/"
    assert "<button" not in client.get(page).content.decode().partition("<main")[2]
    refused = client.post(page, how)
    assert refused.status_code == 422
    assert "They are in already" in refused.content.decode()
    assert not PersonalLink.objects.filter(used_at=None).exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("address", ["people/{id}/invitation/", "keep-place/"])
def test_in_an_archived_workshop_no_link_is_made(browser_of, owner, ada, link, address):
    client = Client()
    accept(client, link)
    who = client if address == "keep-place/" else browser_of(owner)
    type(owner.workshop).objects.update(phase=Phase.ARCHIVED)
    assert who.post(f"/w/harbours/{address.format(id=ada.pk)}").status_code == 403
    assert not PersonalLink.objects.filter(used_at=None).exists()


def test_whoever_has_an_account_signs_in_instead_of_keeping_their_place(browser_of, owner):
    assert browser_of(owner).get("/w/harbours/keep-place/").status_code == 403


def test_the_mail_holds_the_title_and_the_link_and_nobody_else(
    browser_of, owner, ada, workshop, deliver_mail
):
    ParticipantFactory(workshop=workshop, display_name="Somebody Else")
    browser_of(owner).post(f"/w/harbours/people/{ada.pk}/invitation/", {"send": "yes"})
    (sent,) = deliver_mail()
    assert sent.to == ["ada@example.org"]
    assert sent.subject == f"Invitation: {workshop.title}"
    assert workshop.title in sent.body
    for name in ("Somebody Else", owner.display_name, "Ada", "ada@example.org"):
        assert name not in sent.body
    (link,) = re.findall(r"http://testserver(/k/\S+/)", sent.body)
    assert accept(Client(), link).status_code == 302


def test_one_can_have_the_way_back_sent_to_an_address_that_is_not_kept(
    client, ada, link, deliver_mail
):
    accept(client, link)
    sent = client.post("/w/harbours/keep-place/", {"send": "yes", "to": "me@home.example"})
    assert sent.status_code == 302
    (mail,) = deliver_mail()
    assert mail.to == ["me@home.example"]
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', ["%home.ex%"])
            assert cursor.fetchone() == (0,), table
    (way_back,) = re.findall(r"http://testserver(/k/\S+/)", mail.body)
    assert accept(Client(), way_back).status_code == 302


@pytest.mark.parametrize("to", ["", "nowhere", "a@b\nBcc: c@example.org", "x" * 260 + "@e.org"])
def test_an_address_that_is_none_is_refused(client, link, to, mailoutbox):
    accept(client, link)
    refused = client.post("/w/harbours/keep-place/", {"send": "yes", "to": to})
    assert refused.status_code == 422
    assert not PersonalLink.objects.filter(purpose=LinkPurpose.KEEP_PLACE).exists()


def test_nobody_sends_mail_without_end(ada):
    for number in range(5):
        send_place(actor=ada, to=f"{number}@example.org", site=SITE)
    with pytest.raises(RuleViolation, match="a lot of mail"):
        send_place(actor=ada, to="6@example.org", site=SITE)


def test_the_way_back_is_shown_with_a_code_to_scan(client, link):
    accept(client, link)
    shown = client.post("/w/harbours/keep-place/").content.decode()
    assert 'class="qr"' in shown
    (way_back,) = re.findall(r'value="http://testserver(/k/\S+/)"', shown)
    assert accept(Client(), way_back).status_code == 302
