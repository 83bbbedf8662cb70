"""The second step at sign-in, and where it is asked for."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.second_factor import SecondFactorAdapter
from apps.accounts.selectors import recovery_codes_left, second_factor_of
from apps.accounts.services import replace_api_token, sign_in_link
from apps.core.models import AuditEntry
from apps.workshops.models import Role
from tests.factories import ParticipantFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a good long password"
STEP = "/accounts/second-step/sign-in/"
SET_UP = "/accounts/second-step/set-up/"
TEAM = [Role.OWNER, Role.FACILITATOR, Role.RAPPORTEUR]


@pytest.fixture(autouse=True)
def start(time_machine):
    """A moment at the beginning of a code's half minute."""
    time_machine.move_to(timezone.now().replace(second=1, microsecond=0), tick=False)


@pytest.fixture
def user():
    return UserFactory(email="remi@example.org")


@pytest.fixture
def client(user):
    return signed_in(user)


def signed_in(user) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def code_now(secret: str, *, later: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def set_up(client: Client, **more: str) -> str:
    """Set the second step up in `client`; return its secret."""
    client.get(SET_UP)
    secret = client.session["mfa.totp.secret"]
    answer = client.post(SET_UP, {"code": code_now(secret), **more})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def recovery_codes(user) -> list[str]:
    kept = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return kept.wrap().get_unused_codes()


# -- setting it up ---------------------------------------------------------------------------


def test_setting_it_up_shows_a_code_to_scan_a_key_to_type_and_then_recovery_codes(client, user):
    page = client.get(SET_UP)
    shown = page.content.decode()
    secret = client.session["mfa.totp.secret"]
    assert '<svg class="qr"' in shown
    assert secret in shown.replace(" ", "")
    assert "otpauth://totp/" in shown
    assert "data:" not in shown
    answer = client.post(SET_UP, {"code": code_now(secret)})
    assert answer.headers["Location"] == "/accounts/second-step/codes/"
    codes = client.get("/accounts/second-step/codes/").content.decode()
    assert all(f"{code[:4]} {code[4:]}" in codes for code in recovery_codes(user))
    assert second_factor_of(user)
    assert AuditEntry.objects.filter(verb="account.second_factor_added").exists()


def test_a_wrong_code_sets_nothing_up(client, user):
    client.get(SET_UP)
    answer = client.post(SET_UP, {"code": "000000"})
    assert answer.status_code == 422
    assert not second_factor_of(user)


def test_setting_it_up_signs_out_every_other_browser_and_is_told_by_mail(
    client, user, deliver_mail, django_capture_on_commit_callbacks
):
    elsewhere = signed_in(user)
    assert elsewhere.get("/accounts/").status_code == 200
    client.get("/accounts/")
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    assert signed_in_as(elsewhere) is None
    assert client.get("/accounts/").status_code == 200
    assert "Signing in takes a second step now" in [mail.subject for mail in deliver_mail()]


def test_the_database_holds_no_secret_that_could_be_read(client, user):
    secret = set_up(client)
    for kept in Authenticator.objects.filter(user=user):
        assert secret not in str(kept.data)
    assert not any(code in str(kept.data) for code in recovery_codes(user))


def test_a_former_secret_key_still_opens_what_it_closed(settings):
    kept = SecondFactorAdapter().encrypt("SEED")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-sufficient-length-for-a-test"
    assert SecondFactorAdapter().decrypt(kept) == "SEED"
    settings.SECRET_KEY_FALLBACKS = []
    assert SecondFactorAdapter().decrypt(kept) != "SEED"


@pytest.mark.parametrize("page", ["set-up/", "turn-off/", "codes/", "codes/new/"])
def test_whoever_signed_in_long_ago_is_asked_again(page, client, user, time_machine):
    set_up(client)
    time_machine.move_to(timezone.now() + timedelta(minutes=16), tick=False)
    answer = client.get(f"/accounts/second-step/{page}")
    assert answer.headers["Location"].startswith(
        ("/accounts/confirm/", "/accounts/second-step/confirm/")
    )
    asked = client.get(answer.headers["Location"])
    assert "Confirm that it’s you" in asked.content.decode()
    confirmed = client.post(answer.headers["Location"], {"password": PASSWORD})
    assert confirmed.status_code == 302
    assert client.get(f"/accounts/second-step/{page}", follow=True).status_code == 200


def test_turning_it_off_takes_the_codes_along(client, user, deliver_mail):
    set_up(client)
    client.post("/accounts/second-step/turn-off/")
    assert not Authenticator.objects.exists()
    assert "Signing in takes no second step any more" in [m.subject for m in deliver_mail()]
    assert signed_in_as(signed_in(user))


def test_an_administrator_can_take_it_away_from_somebody_who_lost_it(client, user, capsys):
    set_up(client)
    call_command("remove_second_factor", "REMI@example.org")
    assert not second_factor_of(user)
    assert AuditEntry.objects.get(verb="account.second_factor_removed").actor_id is None
    for wrong in (user.email, "nobody@example.org"):
        with pytest.raises(CommandError):
            call_command("remove_second_factor", wrong)


# -- signing in with it ----------------------------------------------------------------------


def test_signing_in_takes_a_code_as_well(client, user, time_machine):
    secret = set_up(client)
    time_machine.move_to(timezone.now() + timedelta(seconds=90), tick=False)
    fresh = signed_in(user)
    assert signed_in_as(fresh) is None
    assert "code from your app" in fresh.get(STEP).content.decode()
    assert fresh.post(STEP, {"code": "000000"}).status_code == 422
    assert fresh.post(STEP, {"code": code_now(secret)}).headers["Location"] == "/"
    assert signed_in_as(fresh) == str(user.pk)


@pytest.mark.parametrize("later", [-1, 0, 1])
def test_the_neighbouring_codes_count_as_well_but_each_once(client, user, later, time_machine):
    secret = set_up(client)
    time_machine.move_to(timezone.now() + timedelta(minutes=5), tick=False)
    code = code_now(secret, later=later)
    assert signed_in(user).post(STEP, {"code": code}).status_code == 302
    for seconds in (0, 29):
        time_machine.move_to(timezone.now() + timedelta(seconds=seconds), tick=False)
        replayed = signed_in(user)
        assert replayed.post(STEP, {"code": f" {code[:3]} {code[3:]}"}).status_code == 422
        assert signed_in_as(replayed) is None


@pytest.mark.parametrize("later", [-2, 2])
def test_codes_further_away_dont(client, user, later, time_machine):
    secret = set_up(client)
    time_machine.move_to(timezone.now() + timedelta(minutes=5), tick=False)
    assert signed_in(user).post(STEP, {"code": code_now(secret, later=later)}).status_code == 422


def test_a_recovery_code_does_once(client, user):
    set_up(client)
    code = recovery_codes(user)[0]
    assert signed_in(user).post(STEP, {"code": code}).status_code == 302
    assert signed_in(user).post(STEP, {"code": code}).status_code == 422
    assert recovery_codes_left(user) == 9


def test_guessing_is_limited(client, user):
    secret = set_up(client)
    guessing = signed_in(user)
    for _ in range(5):
        guessing.post(STEP, {"code": "000000"})
    answer = guessing.post(STEP, {"code": code_now(secret, later=1)})
    assert "wrong too often" in answer.content.decode()
    assert signed_in_as(guessing) is None


@pytest.mark.parametrize("way", ["link", "code"])
def test_no_other_way_goes_round_it(client, user, way, deliver_mail):
    set_up(client)
    user.refresh_from_db()
    fresh = Client()
    if way == "link":
        fresh.get(sign_in_link(user))
        answer = fresh.post("/accounts/link/")
    else:
        deliver_mail().clear()
        fresh.post("/accounts/login/code/", {"email": user.email})
        code = deliver_mail()[-1].body.split("\n    ")[1].split()[0]
        answer = fresh.post("/accounts/login/code/confirm/", {"code": code})
    assert answer.headers["Location"] == STEP
    assert signed_in_as(fresh) is None
    assert fresh.get("/accounts/").status_code == 302


def test_whoever_stops_there_can_begin_again(client, user):
    set_up(client)
    fresh = signed_in(user)
    fresh.get(STEP)
    fresh.post("/accounts/logout/")
    assert fresh.get("/accounts/login/").status_code == 200
    assert fresh.get(STEP).headers["Location"] == "/accounts/login/"


# -- where it is asked for -------------------------------------------------------------------


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.mark.parametrize("role", TEAM)
def test_who_is_of_the_team_is_led_to_set_it_up_and_back(role, required, user):
    person = ParticipantFactory(role=role, user=user)
    client = signed_in(user)
    there = f"/w/{person.workshop.slug}/"
    led = client.get(there)
    assert led.headers["Location"] == f"/accounts/second-step/?next=/w/{person.workshop.slug}/"
    page = client.get(led.headers["Location"]).content.decode()
    assert "Until you have set it up, you can’t work in yours." in page
    assert f"{SET_UP}?next=/w/{person.workshop.slug}/" in page
    set_up(client, next=there)
    assert (
        f'href="{there}"'
        in client.get(f"/accounts/second-step/codes/?next={there}").content.decode()
    )
    assert client.get(there).status_code == 200


@pytest.mark.parametrize("role", TEAM)
def test_meanwhile_they_can_do_nothing_there(role, required, user):
    person = ParticipantFactory(role=role, user=user)
    client = signed_in(user)
    slug = person.workshop.slug
    refused = client.post(reverse("workshops:move_phase", args=[slug]))
    assert refused.status_code == 403
    assert "signs in with a second step" in refused.content.decode()
    part = client.get(f"/w/{slug}/", headers={"HX-Request": "true"})
    assert part.status_code == 403
    for answer in (
        client.get(f"/api/v1/workshops/{slug}/themes/"),
        with_token(user).get(f"/api/v1/workshops/{slug}/themes/"),
        with_token(user).post(f"/api/v1/workshops/{slug}/themes/", {"title": "A theme"}),
    ):
        assert (answer.status_code, answer.headers["Content-Type"]) == (
            403,
            "application/problem+json",
        )
        assert "second step" in answer.json()["detail"]


@pytest.mark.parametrize("role", TEAM)
def test_a_token_works_once_its_holder_has_a_second_step(role, required, user):
    person = ParticipantFactory(role=role, user=user)
    client = signed_in(user)
    set_up(client)
    answer = with_token(user).get(f"/api/v1/workshops/{person.workshop.slug}/themes/")
    assert answer.status_code == 200


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_others_need_none(role, required, user):
    person = ParticipantFactory(role=role, user=user)
    assert signed_in(user).get(f"/w/{person.workshop.slug}/").status_code == 200


@pytest.mark.parametrize("role", TEAM)
def test_a_team_member_without_an_account_is_told_to_get_one(role, required):
    person = ParticipantFactory(role=role, user=None)
    client = Client()
    session = client.session
    session["joined"] = {str(person.workshop_id): str(person.pk)}
    session.save()
    answer = client.get(f"/w/{person.workshop.slug}/")
    assert answer.status_code == 403
    assert "Ask whoever runs this site for one" in answer.content.decode()


def test_starting_a_workshop_takes_it_too(required, user):
    client = signed_in(user)
    assert client.get("/new/").headers["Location"] == "/accounts/second-step/?next=/new/"
    started = with_token(user).post(
        "/api/v1/workshops/", {"title": "Mine", "starts_on": "2027-03-09"}
    )
    assert started.status_code == 403


def test_where_it_isnt_asked_for_nobody_needs_it(user):
    person = ParticipantFactory(role=Role.OWNER, user=user)
    assert signed_in(user).get(f"/w/{person.workshop.slug}/").status_code == 200


def test_the_way_back_leads_nowhere_else(required, client):
    page = client.get("/accounts/second-step/?next=//evil.example/").content.decode()
    assert "evil" not in page
    client.get(SET_UP)
    secret = client.session["mfa.totp.secret"]
    answer = client.post(SET_UP, {"code": code_now(secret), "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/accounts/second-step/codes/"
    codes = client.get("/accounts/second-step/codes/?next=https:evil.example").content.decode()
    assert "evil" not in codes


def test_setting_it_up_ends_the_token_of_the_time_before(client, user):
    program = with_token(user)
    assert program.get("/api/v1/workshops/").status_code == 200
    set_up(client)
    assert program.get("/api/v1/workshops/").status_code == 401


def with_token(user) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {replace_api_token(user=user)}")
    return client
