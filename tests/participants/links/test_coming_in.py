"""What a personal link does, and what using it up takes."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client

from apps.accounts.tokens import digest
from apps.core.exceptions import RuleViolation
from apps.core.models import AuditEntry
from apps.participants.models import Participant, PersonalLink
from apps.participants.services import (
    LinkOver,
    invite,
    keep_place,
    use_link,
)
from apps.workshops.models import AttributionRule, Role
from tests.factories import (
    GroupFactory,
    JoinCodeFactory,
    ParticipantFactory,
    UserFactory,
)
from tests.participants.links.browsing import accept, gets_in

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


# -- it works ----------------------------------------------------------------------------------


def test_an_invitation_lets_the_invited_in_past_the_lobby(client, ada, link):
    page = client.get(link, follow=True)
    assert page.redirect_chain == [("/k/", 302)]
    shown = page.content.decode()
    assert "terms-of-joining" in shown
    assert "Ada" in shown
    assert not gets_in(client)
    assert accept(client, link).headers["Location"] == "/w/harbours/"
    assert gets_in(client)
    ada.refresh_from_db()
    assert ada.consented_at
    assert client.get("/api/v1/workshops/harbours/participants/me/").json()["id"] == str(ada.pk)


def test_a_kept_place_leads_back_to_oneself_on_another_device(client, ada, link):
    accept(client, link)
    ada.refresh_from_db()
    way_back = keep_place(actor=ada)
    other = Client()
    assert accept(other, way_back).status_code == 302
    assert gets_in(other)
    assert gets_in(client)
    assert Participant.objects.filter(user=None).count() == 1


def test_on_the_device_that_is_in_the_link_is_not_used_up(client, ada, link):
    accept(client, link)
    ada.refresh_from_db()
    way_back = keep_place(actor=ada)
    client.get(way_back)
    told = client.post("/k/", follow=True)
    assert "The link still works on another one" in told.content.decode()
    assert accept(Client(), way_back).status_code == 302


@pytest.mark.parametrize("role", Role)
def test_every_role_can_come_by_a_link(client, workshop, owner, role):
    person = ParticipantFactory(workshop=workshop, user=None, role=role)
    accept(client, invite(actor=owner, participant=person))
    me = client.get("/api/v1/workshops/harbours/participants/me/").json()
    assert me["role"] == role


def test_the_team_signs_in_where_a_second_factor_is_required(client, workshop, owner, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    rapporteur = ParticipantFactory(workshop=workshop, user=None, role=Role.RAPPORTEUR)
    link = invite(actor=owner, participant=rapporteur)
    shown = client.get(link, follow=True).content.decode()
    assert "Sign in to go on" in shown
    assert "/accounts/login/?next=/k/" in shown
    refused = accept(client, link)
    assert refused.status_code == 422
    assert not gets_in(client)
    # A participant needs none.
    other = ParticipantFactory(workshop=workshop, user=None)
    assert accept(Client(), invite(actor=owner, participant=other)).status_code == 302


# -- nothing but a press of the button uses it up ----------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("times", [1, 5])
def test_a_scanner_that_follows_the_link_uses_nothing_up(client, link, method, times):
    for _ in range(times):
        scanner = Client(headers={"user-agent": "SafeLinks"})
        getattr(scanner, method)(link, follow=True)
    assert PersonalLink.objects.get().used_at is None
    assert accept(client, link).status_code == 302
    assert gets_in(client)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_address_of_the_link_takes_nothing_but_a_look(link, method):
    assert getattr(Client(), method)(link).status_code == 405
    assert PersonalLink.objects.get().used_at is None


def test_a_scanner_that_presses_buttons_without_the_page_gets_nowhere(link):
    scanner = Client(enforce_csrf_checks=True)
    scanner.get(link)
    assert scanner.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE}).status_code == 403
    assert PersonalLink.objects.get().used_at is None


def test_a_button_without_the_link_does_nothing(client, link):
    assert client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE}).status_code == 410
    assert PersonalLink.objects.get().used_at is None


# -- it works once -----------------------------------------------------------------------------


def test_used_it_lets_nobody_else_in(link):
    assert accept(Client(), link).status_code == 302
    thief = Client()
    assert accept(thief, link).status_code == 410
    assert not gets_in(thief)


def test_opened_by_two_the_second_to_press_stays_out(link):
    first, second = Client(), Client()
    for client in (first, second):
        client.get(link)
    assert first.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE}).status_code == 302
    assert second.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE}).status_code == 410
    assert not gets_in(second)


@pytest.mark.django_db(transaction=True)
def test_pressed_by_two_at_the_same_moment_one_is_in(link):
    kept = digest(link.split("/")[2])
    outcomes: list[str] = []
    together = threading.Barrier(4)

    def press() -> None:
        together.wait()
        try:
            use_link(kept=kept, rule=AttributionRule.CHATHAM_HOUSE)
            outcomes.append("in")
        except LinkOver:
            outcomes.append("out")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "out", "out", "out"]
    assert AuditEntry.objects.filter(verb="link.used").count() == 1


# -- consent -----------------------------------------------------------------------------------


def test_nobody_accepts_a_rule_that_they_were_not_told(client, workshop, ada, link):
    client.get(link)
    workshop.attribution_rule = AttributionRule.ON_RECORD
    workshop.save()
    refused = client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE})
    assert refused.status_code == 422
    assert "The rule has changed" in refused.content.decode()
    assert PersonalLink.objects.get().used_at is None
    ada.refresh_from_db()
    assert ada.consented_at is None
    assert client.post("/k/", {"rule": AttributionRule.ON_RECORD}).status_code == 302


def test_a_group_is_asked_of_those_who_have_none(client, workshop, owner, ada, link):
    group = GroupFactory(workshop=workshop, singular="scholar")
    assert accept(client, link).status_code == 422
    assert accept(client, link, group=str(GroupFactory().pk)).status_code == 422
    assert accept(client, link, group=str(group.pk)).status_code == 302
    assert list(ada.groups.all()) == [group]
    grouped = ParticipantFactory(workshop=workshop, user=None, group=group)
    assert accept(Client(), invite(actor=owner, participant=grouped)).status_code == 302


# -- accounts ----------------------------------------------------------------------------------


def test_somebody_signed_in_may_keep_the_place_with_their_account(client, ada, link):
    user = UserFactory()
    client.force_login(user, backend=BACKEND)
    assert "with your account" in client.get(link, follow=True).content.decode()
    before = client.session.session_key
    assert accept(client, link, with_account="yes").status_code == 302
    assert client.session.session_key != before
    ada.refresh_from_db()
    assert ada.user == user
    elsewhere = Client()
    elsewhere.force_login(user, backend=BACKEND)
    assert gets_in(elsewhere)
    assert AuditEntry.objects.filter(verb="participant.account_attached").exists()


def test_somebody_signed_in_may_come_without_their_account(client, ada, link):
    client.force_login(UserFactory(), backend=BACKEND)
    accept(client, link)
    assert gets_in(client)
    ada.refresh_from_db()
    assert ada.user is None


def test_an_account_that_is_in_already_takes_no_second_place(browser_of, workshop, ada, link):
    other = ParticipantFactory(workshop=workshop, role=Role.FACILITATOR)
    client = browser_of(other)
    assert "takes part in this workshop already" in client.get(link, follow=True).content.decode()
    for values in ({}, {"with_account": "yes"}):
        assert accept(client, link, **values).status_code == 422
    assert PersonalLink.objects.get().used_at is None
    ada.refresh_from_db()
    assert ada.user is None
    with pytest.raises(RuleViolation):
        use_link(
            kept=digest(link.split("/")[2]),
            rule=AttributionRule.CHATHAM_HOUSE,
            user=other.user,
        )


def test_an_account_that_was_removed_takes_no_place(browser_of, workshop, link):
    removed = ParticipantFactory(workshop=workshop, removed_at=datetime.now(UTC))
    assert accept(browser_of(removed), link, with_account="yes").status_code == 422
    assert PersonalLink.objects.get().used_at is None


def test_whoever_waits_in_the_lobby_comes_in_by_their_link_and_waits_no_more(
    client, workshop, ada, link
):
    code = JoinCodeFactory(workshop=workshop)
    client.post(f"/join/{code.code}/", {"rule": AttributionRule.CHATHAM_HOUSE})
    assert workshop.participants.filter(admitted_at=None).count() == 1
    accept(client, link)
    assert gets_in(client)
    assert workshop.participants.filter(admitted_at=None).count() == 0
