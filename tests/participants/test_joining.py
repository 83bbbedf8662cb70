"""Joining by code, and leaving."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from apps.core.exceptions import NotPermitted
from apps.core.models import AuditEntry
from apps.participants.codes import ALPHABET, is_key, make_code, make_key, normalised
from apps.participants.models import JoinCode, Participant, WrongCode
from apps.participants.services import join_workshop, renew_join_code
from apps.workshops.models import AttributionRule, Phase, Role
from tests.factories import (
    GroupFactory,
    JoinCodeFactory,
    ParticipantFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def code():
    return JoinCodeFactory(code="K7QM20D1")


@pytest.fixture
def page(code):
    return f"/join/{code.code}/"


@pytest.fixture
def overview(code):
    return f"/w/{code.workshop.slug}/"


def form(code: JoinCode, **values: str) -> dict[str, str]:
    return {"rule": code.workshop.attribution_rule, "display_name": "", **values}


def test_someone_without_an_account_joins_and_takes_part(client, code, page, overview):
    scholars = GroupFactory(workshop=code.workshop, singular="scholar", plural="scholars")
    GroupFactory(workshop=code.workshop, singular="official", plural="officials")
    notice = client.get(page).content.decode()
    assert "a scholar" in notice
    assert "an official" in notice
    assert client.get(overview).status_code == 302
    joined = client.post(page, form(code, group=str(scholars.pk), display_name=" Ada "))
    assert joined.headers["Location"] == overview
    participant = Participant.objects.get()
    assert (participant.user, participant.role) == (None, Role.PARTICIPANT)
    assert participant.display_name == "Ada"
    assert list(participant.groups.all()) == [scholars]
    assert participant.consented_at
    assert client.get(overview).status_code == 200
    assert code.workshop.title in client.get("/").content.decode()
    assert AuditEntry.objects.get().verb == "participant.joined"


def test_the_notice_stands_before_anything_is_asked(client, code, page):
    GroupFactory(workshop=code.workshop)
    shown = client.get(page).content.decode()
    assert 0 < shown.index("terms-of-joining") < shown.index("I’m here as") < shown.index("Name")
    assert "listing" not in shown


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twice_lets_in_one_person(code, page):
    shown = Client().get(page).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', shown).group(1)
    together = Barrier(4)

    def send(_: int) -> int:
        browser = Client()
        together.wait()
        status = browser.post(page, form(code, key=key)).status_code
        connection.close()
        return status

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, range(4))) == [302] * 4
    assert Participant.objects.filter(workshop=code.workshop).count() == 1


def test_whoever_goes_back_to_the_form_later_is_somebody_new(client, code, page, time_machine):
    sent = form(code, key=str(uuid.uuid4()))
    client.post(page, sent)
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    for browser in (Client(), Client()):
        browser.post(page, sent)
    assert Participant.objects.count() == 2


def test_joining_gives_the_browser_a_new_session_key(client, code, page):
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    client.post(page, form(code))
    assert client.session.session_key != before


def test_a_group_or_none_must_be_chosen(client, code, page):
    GroupFactory(workshop=code.workshop)
    foreign = GroupFactory()
    for group in ("", str(foreign.pk), "x"):
        answer = client.post(page, form(code, group=group, display_name="Ada"))
        assert answer.status_code == 422
        assert 'value="Ada"' in answer.content.decode()
    assert not Participant.objects.exists()
    assert client.post(page, form(code, group="neither")).status_code == 302
    assert not Participant.objects.get().groups.exists()


def test_an_error_leads_to_the_fieldset_that_it_is_about(client, code, page):
    GroupFactory(workshop=code.workshop)
    refused = client.post(page, form(code, group="")).content.decode()
    assert '<a href="#id_group">' in refused
    assert refused.count('id="id_group" tabindex="-1"') == 1


def test_under_the_anonymous_rule_no_group_is_asked_or_kept(client, code, page):
    group = GroupFactory(workshop=code.workshop)
    code.workshop.attribution_rule = AttributionRule.ANONYMOUS
    code.workshop.save()
    assert group.singular not in client.get(page).content.decode()
    client.post(page, form(code, group=str(group.pk)))
    assert not Participant.objects.get().groups.exists()
    join_workshop(workshop=code.workshop, rule=AttributionRule.ANONYMOUS, user=None, group=group)
    assert not group.members.exists()


def test_someone_signed_in_joins_as_themselves_and_once(client, code, page, overview):
    user = UserFactory()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for _ in range(2):
        assert client.post(page, form(code)).headers["Location"] == overview
    assert Participant.objects.get().user == user
    again = join_workshop(workshop=code.workshop, rule=code.workshop.attribution_rule, user=user)
    assert again == Participant.objects.get()


def test_someone_of_the_team_stays_what_they_are(browser_of, code, page, overview):
    owner = ParticipantFactory(workshop=code.workshop, role=Role.OWNER)
    assert browser_of(owner).get(page).headers["Location"] == overview
    assert Participant.objects.get().role == Role.OWNER


def test_a_browser_that_joined_is_just_taken_in(client, code, page, overview):
    client.post(page, form(code))
    assert client.get(page).headers["Location"] == overview
    assert client.post(page, form(code)).headers["Location"] == overview
    assert client.get("/join/k7qm-2odl/").headers["Location"] == overview
    assert Participant.objects.count() == 1


def test_whoever_is_in_comes_back_though_others_guess_or_the_code_ran_out(client, code, page):
    client.post(page, form(code))
    for _ in range(31):
        Client().get("/join/ZZZZZZZZ/")
    assert Client().get(page).status_code == 429
    assert client.get(page).status_code == 302
    JoinCode.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert client.get(page).status_code == 302


def test_someone_who_was_removed_stays_out(code, browser_of, page):
    removed = ParticipantFactory(workshop=code.workshop, removed_at=datetime.now(UTC))
    assert browser_of(removed).get(page).status_code == 403
    assert browser_of(removed).post(page, form(code)).status_code == 403
    with pytest.raises(NotPermitted):
        join_workshop(
            workshop=code.workshop, rule=code.workshop.attribution_rule, user=removed.user
        )


def test_a_browser_whose_person_was_removed_stays_out_too(client, code, page):
    client.post(page, form(code))
    Participant.objects.update(removed_at=datetime.now(UTC))
    assert client.post(page, form(code)).status_code == 403
    assert Participant.objects.count() == 1


def test_nobody_consents_to_a_rule_that_they_were_not_told(client, code, page):
    told = form(code)
    code.workshop.attribution_rule = AttributionRule.ON_RECORD
    code.workshop.save()
    answer = client.post(page, told)
    assert answer.status_code == 422
    assert "The rule has changed" in answer.content.decode()
    assert "On the record" in answer.content.decode()
    assert not Participant.objects.exists()


# -- codes -----------------------------------------------------------------------------------


def test_codes_are_eight_characters_that_cannot_be_mistaken():
    codes = {make_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) <= set(ALPHABET)
    assert all(normalised(code) == code for code in codes)


@pytest.mark.parametrize(
    "typed", ["K7QM20D1", "k7qm20d1", " K7QM 20D1 ", "k7qm-2odl", "K7QM2ODI", "K7QM–20DL"]
)
def test_what_was_meant_is_found(client, code, typed):
    answer = client.get("/join/", {"code": typed})
    assert answer.headers["Location"] == "/join/K7QM20D1/"
    assert client.get(f"/join/{typed.strip()}/").status_code == 200


@pytest.mark.parametrize("typed", ["", "K7QM", "K7QM20D1X", "K7QM20DU", "K7QM20D\x00", "é" * 8])
def test_what_cannot_be_a_code_is_told_without_counting_as_a_guess(client, typed):
    answer = client.get("/join/", {"code": typed})
    assert answer.status_code == 422
    assert not WrongCode.objects.exists()


def test_an_unknown_code_is_told(client, code):
    answer = client.get("/join/ZZZZZZZZ/")
    assert answer.status_code == 404
    assert "No workshop has this code" in answer.content.decode()
    assert 'value="ZZZZZZZZ"' in answer.content.decode()


def test_a_code_that_ran_out_lets_nobody_in(client, code, page):
    code.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    code.save()
    assert client.get(page).status_code == client.post(page, form(code)).status_code == 410
    assert not Participant.objects.exists()
    assert not WrongCode.objects.exists()


def test_nobody_joins_what_is_archived(client, code, page):
    code.workshop.phase = Phase.ARCHIVED
    code.workshop.save()
    assert client.post(page, form(code)).status_code == 410
    assert not Participant.objects.exists()


def test_guessing_is_stopped_for_its_address_alone(client, code, page):
    guesser, honest = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
    answers = [client.get(f"/join/{make_code()}/", **guesser).status_code for _ in range(31)]
    assert answers == [404] * 30 + [429]
    waiting = client.get(page, **guesser)
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (429, "60")
    assert Client().post(page, form(code), **guesser).status_code == 429
    assert Client().post(page, form(code), **honest).status_code == 302


def test_whoever_comes_by_the_link_is_in_though_others_guess_at_their_address(client, code, page):
    by_link = f"/join/{code.key}/"
    for _ in range(31):
        client.get("/join/ZZZZZZZZ/")
    assert client.get(page).status_code == 429
    assert code.workshop.title in client.get(by_link).content.decode()
    assert client.post(by_link, form(code)).status_code == 302
    assert Participant.objects.count() == 1
    assert client.get(by_link).status_code == 302


def test_an_old_link_is_told_of_and_is_no_guess(client, code):
    old = code.key
    renewed = renew_join_code(actor=ParticipantFactory(workshop=code.workshop, role=Role.OWNER))
    assert renewed.key != old
    answers = {client.get(f"/join/{old}/").status_code for _ in range(31)}
    assert answers == {404}
    assert old not in client.get(f"/join/{old}/").content.decode()
    assert not WrongCode.objects.exists()
    assert client.get(f"/join/{renewed.key}/").status_code == 200


def test_keys_have_128_bits_and_are_no_codes():
    keys = {make_key() for _ in range(200)}
    assert len(keys) == 200
    assert all(is_key(key) and normalised(key) is None for key in keys)
    assert not is_key(make_code())


def test_after_a_minute_one_may_try_again(client, page, time_machine):
    start = datetime(2026, 5, 13, 9, 0, tzinfo=UTC)
    JoinCode.objects.update(expires_at=start + timedelta(days=1))
    time_machine.move_to(start, tick=False)
    for _ in range(30):
        client.get("/join/ZZZZZZZZ/")
    assert client.get(page).status_code == 429
    time_machine.move_to(start + timedelta(seconds=61), tick=False)
    assert client.get(page).status_code == 200
    assert not WrongCode.objects.exists()


def test_a_household_is_one_address_and_none_is_stored(client):
    for host in range(30):
        client.get("/join/ZZZZZZZZ/", REMOTE_ADDR=f"2001:db8::{host:x}")
    assert client.get("/join/ZZZZZZZZ/", REMOTE_ADDR="2001:db8::ff").status_code == 429
    assert client.get("/join/ZZZZZZZZ/", REMOTE_ADDR="2001:db8:1::1").status_code == 404
    assert not any("2001" in wrong.address for wrong in WrongCode.objects.all())


def test_a_flood_of_guesses_keeps_out_only_those_who_guess(client, code, page):
    WrongCode.objects.bulk_create([WrongCode(address=f"elsewhere {n % 20}") for n in range(300)])
    assert client.get(page, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/join/ZZZZZZZZ/", REMOTE_ADDR="192.0.2.8").status_code == 404
    assert client.get("/join/ZZZZZZZZ/", REMOTE_ADDR="192.0.2.8").status_code == 429


def test_a_room_of_two_hundred_joins_from_one_address(code, page):
    answers = {Client().post(page, form(code)).status_code for _ in range(200)}
    assert answers == {302}
    assert Participant.objects.count() == 200


# -- renewing and leaving --------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OWNER, Role.FACILITATOR])
def test_a_renewed_code_replaces_the_old_one(client, code, page, role):
    actor = ParticipantFactory(workshop=code.workshop, role=role)
    new = renew_join_code(actor=actor)
    assert client.get(page).status_code == 404
    assert client.get(f"/join/{new.code}/").status_code == 200
    assert new.expires_at > datetime.now(UTC) + timedelta(days=6)
    assert "code" not in AuditEntry.objects.get().after


@pytest.mark.parametrize("role", [Role.RAPPORTEUR, Role.PARTICIPANT, Role.OBSERVER])
def test_others_renew_nothing(code, browser_of, overview, role):
    actor = ParticipantFactory(workshop=code.workshop, role=role)
    assert browser_of(actor).post(f"{overview}join-code/renew/").status_code == 403
    code.refresh_from_db()
    assert code.code == "K7QM20D1"


def test_only_the_team_sees_the_code(code, browser_of, overview):
    for role in Role:
        actor = ParticipantFactory(workshop=code.workshop, role=role)
        shown = "K7QM 20D1" in browser_of(actor).get(overview).content.decode()
        assert shown == (role in {Role.OWNER, Role.FACILITATOR, Role.RAPPORTEUR})


def test_leaving_makes_the_browser_forget(client, code, page, overview):
    other = JoinCodeFactory()
    client.post(page, form(code))
    client.post(f"/join/{other.code}/", form(other))
    assert client.get(f"{overview}leave/").status_code == 200
    assert client.get(overview).status_code == 200
    left = client.post(f"{overview}leave/", follow=True)
    assert "You have left" in left.content.decode()
    assert client.get(overview).status_code == 404
    assert client.get(f"/w/{other.workshop.slug}/").status_code == 200
    assert Participant.objects.count() == 2


def test_who_has_an_account_signs_out_instead(rapporteur, browser_of):
    assert browser_of(rapporteur).post(f"/w/{rapporteur.workshop.slug}/leave/").status_code == 404
