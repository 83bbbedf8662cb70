"""Single sign-on by OpenID Connect, with a provider of the test's own."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from environ import Env

from apps.accounts.models import User
from apps.core.models import AuditEntry
from config.settings.single_sign_on import single_sign_on
from tests.accounts.provider import configure, running_provider
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LEAVE, RETURN = "/accounts/single-sign-on/", "/accounts/single-sign-on/return/"
REMI = {"sub": "4711", "email": "Remi@Example.org", "email_verified": True, "name": "Remi Okafor"}


@pytest.fixture
def provider(settings):
    with running_provider() as provider:
        configure(settings, provider)
        provider.claims = dict(REMI)
        yield provider


@pytest.fixture
def user():
    return UserFactory(email="remi@example.org", name="Remi O.")


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def leave(client: Client, **form: str) -> str:
    """Press the button; return where the page leads."""
    page = client.post(LEAVE, form)
    assert page.status_code == 200, page.content.decode()
    return unescape(re.search(r'href="(http[^"]+)"', page.content.decode()).group(1))


def follow(url: str) -> str:
    """Be a browser at the provider; return the address that it leads back to."""
    answer = requests.get(url, allow_redirects=False, timeout=5)
    while not urlsplit(answer.headers["Location"]).netloc.startswith("testserver"):
        answer = requests.get(answer.headers["Location"], allow_redirects=False, timeout=5)
    return answer.headers["Location"].removeprefix("http://testserver")


def go_through(client: Client, **form: str):
    return client.get(follow(leave(client, **form)))


# -- the way there and back ------------------------------------------------------------------


def test_the_button_is_there_only_where_a_setting_names_a_provider(client):
    assert "single-sign-on" not in client.get("/accounts/login/").content.decode()
    assert client.post(LEAVE).status_code == client.get(RETURN).status_code == 404


def test_the_button_leads_to_the_provider_by_a_page(client, provider):
    assert "Sign in with Example University" in client.get("/accounts/login/").content.decode()
    page = client.post(LEAVE).content.decode()
    url = leave(client)
    assert f'http-equiv="refresh" content="0; url={provider.address}/authorize' in page
    query = parse_qs(urlsplit(url).query)
    assert set(query["scope"][0].split()) == {"openid", "profile", "email"}
    assert query["redirect_uri"] == ["http://testserver/accounts/single-sign-on/return/"]
    assert query["code_challenge_method"] == ["S256"]
    assert "state" in query


def test_nobody_is_sent_there_by_a_link_or_a_forged_form(client, provider):
    assert client.get(LEAVE).status_code == 405
    assert Client(enforce_csrf_checks=True).post(LEAVE).status_code == 403


def test_who_has_an_account_by_the_verified_address_is_signed_in(
    client, provider, user, deliver_mail
):
    before = client.session.session_key
    answer = go_through(client)
    assert answer.headers["Location"] == "/"
    assert signed_in_as(client) == str(user.pk)
    assert client.session.session_key != before
    user.refresh_from_db()
    assert user.name == "Remi O."
    assert user.check_password("a good long password")
    [mail] = deliver_mail()
    assert mail.subject == "Your account can be entered through Example University"


def test_it_leads_to_where_one_was_going_and_nowhere_else(client, provider, user):
    assert go_through(client, next="/new/").headers["Location"] == "/new/"
    for evil in ("//evil.example/", "https:evil.example", "\\\\evil.example", "javascript:x"):
        assert go_through(Client(), next=evil).headers["Location"] == "/"


def test_from_then_on_the_number_counts_and_not_the_address(client, provider, user):
    go_through(client)
    provider.claims |= {"email": "remi.okafor@example.org"}
    again = Client()
    go_through(again)
    assert signed_in_as(again) == str(user.pk)
    assert SocialAccount.objects.count() == 1


def test_somebody_else_with_a_former_address_gets_in_by_it_no_more(client, provider, user):
    """The address went to another person at the provider: the account stays with the first."""
    go_through(client)
    User.objects.filter(pk=user.pk).update(email="remi.okafor@example.org")
    provider.claims |= {"sub": "9999"}
    other = Client()
    assert go_through(other).status_code == 403
    assert signed_in_as(other) is None


def test_the_same_number_at_another_provider_is_someone_else(client, provider, user):
    go_through(client)
    provider.issuer = "https://other.example"
    provider.claims |= {"email": "mallory@example.org"}
    other = Client()
    assert go_through(other).status_code == 403
    assert signed_in_as(other) is None


def test_nothing_is_kept_of_what_the_provider_told(client, provider, user):
    provider.told = {"email": "x@example.org", "birthdate": "1970-01-01"}
    go_through(client)
    [kept] = SocialAccount.objects.all()
    assert kept.extra_data == {}
    assert re.fullmatch(r"[0-9a-f]{64}", kept.uid)
    assert not SocialToken.objects.exists()


# -- who is let in ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email": None},
        {"email": "", "email_verified": True},
        {"email": "not an address"},
    ],
)
def test_an_address_that_isnt_verified_lets_nobody_in(client, provider, user, claims, settings):
    settings.OIDC_SIGN_UP = True
    provider.claims |= claims
    answer = go_through(client)
    assert answer.status_code == 403
    assert "no e-mail address that it has verified" in answer.content.decode()
    assert signed_in_as(client) is None
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


def test_a_provider_can_be_trusted_with_its_addresses(client, provider, user, settings):
    configure(settings, provider, OIDC_TRUST_EMAIL="yes")
    del provider.claims["email_verified"]
    go_through(client)
    assert signed_in_as(client) == str(user.pk)


def test_who_has_no_account_gets_none(client, provider):
    answer = go_through(client)
    assert answer.status_code == 403
    assert "There is no account with your e-mail address" in answer.content.decode()
    assert not User.objects.exists()


def test_who_has_no_account_gets_one_where_a_setting_says_so(client, provider, settings):
    settings.OIDC_SIGN_UP = True
    assert go_through(client).headers["Location"] == "/"
    made = User.objects.get()
    assert (made.email, made.name) == ("remi@example.org", "Remi Okafor")
    assert not made.has_usable_password()
    assert {made.is_staff, made.is_superuser} == {False}
    assert signed_in_as(client) == str(made.pk)
    assert AuditEntry.objects.filter(verb="account.opened").exists()


@pytest.mark.parametrize("known", [False, True])
def test_a_closed_account_stays_closed(client, provider, user, known):
    if known:
        go_through(Client())
    User.objects.update(is_active=False)
    assert go_through(client).headers["Location"] == "/accounts/inactive/"
    assert signed_in_as(client) is None


def test_a_second_step_is_asked_for_after_it(client, provider, user):
    TOTP.activate(user, "A" * 32)
    assert go_through(client).headers["Location"] == "/accounts/second-step/sign-in/"
    assert signed_in_as(client) is None
    assert Authenticator.objects.exists()


def test_it_connects_nothing_to_whoever_is_signed_in_already(client, provider, user):
    nora = UserFactory(email="nora@example.org")
    client.force_login(nora, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(follow(leave(client, process="connect")))
    assert signed_in_as(client) == str(user.pk)
    assert not SocialAccount.objects.filter(user=nora).exists()


# -- what can go wrong -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "state", ["", "?code=x", "?code=x&state=made-up", "?state=made-up", "?error=access_denied"]
)
def test_whoever_didnt_leave_from_here_doesnt_come_back(client, provider, user, state):
    leave(client)
    assert client.get(RETURN + state).status_code == 502
    assert signed_in_as(client) is None


def test_what_comes_back_counts_once_and_in_the_browser_that_left(client, provider, user):
    back = follow(leave(client))
    stranger = Client()
    assert stranger.get(back).status_code == 502
    assert signed_in_as(stranger) is None
    client.get(back)
    client.post("/accounts/logout/")
    assert client.get(back).status_code == 502
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    "fault", ["/token", "no id token", "audience", "expired", "/userinfo", "discovery later"]
)
def test_a_provider_that_misbehaves_lets_nobody_in(client, provider, user, fault):
    back = follow(leave(client))
    provider.told = {} if fault == "/userinfo" else None
    if fault == "/userinfo":
        del provider.claims["name"]
    provider.faults = {fault.removesuffix(" later")}
    answer = client.get(back)
    assert answer.status_code == 502
    assert "didn’t answer as it should" in answer.content.decode()
    assert signed_in_as(client) is None


def test_an_id_token_and_a_user_info_of_two_people_let_nobody_in(client, provider, user):
    provider.claims = {"sub": "4711"}
    provider.told = {**REMI, "sub": "0815"}
    assert go_through(client).status_code == 502
    assert signed_in_as(client) is None


def test_the_user_info_completes_what_the_id_token_says(client, provider, user):
    provider.claims = {"sub": "4711"}
    provider.told = dict(REMI)
    go_through(client)
    assert signed_in_as(client) == str(user.pk)


def test_the_id_token_counts_more(client, provider, user):
    nora = UserFactory(email="nora@example.org")
    provider.claims = {key: REMI[key] for key in ("sub", "email", "email_verified")}
    provider.told = {**REMI, "email": nora.email}
    go_through(client)
    assert signed_in_as(client) == str(user.pk)


@pytest.mark.parametrize("fault", ["/.well-known/openid-configuration", "discovery"])
def test_a_provider_that_is_down_is_told(client, provider, fault):
    provider.faults = {fault}
    answer = client.post(LEAVE)
    assert answer.status_code == 502
    assert "Try again in a minute" in answer.content.decode()


def test_a_provider_that_isnt_there_is_told(client, provider):
    provider.shutdown()
    provider.server_close()
    assert client.post(LEAVE).status_code == 502


def test_whoever_changes_their_mind_is_told_that_nothing_happened(client, provider):
    provider.faults = {"cancelled"}
    answer = go_through(client)
    assert answer.status_code == 200
    assert "Nothing has happened" in answer.content.decode()


def test_the_log_names_nobody(client, provider, user, caplog):
    provider.faults = {"audience"}
    go_through(client)
    assert "Single sign-on failed" in caplog.text
    assert "remi" not in caplog.text.lower()


# -- settings --------------------------------------------------------------------------------


def environment(**values: str) -> Env:
    env = Env()
    env.ENVIRON = values
    return env


def test_half_a_setting_is_none():
    with pytest.raises(ImproperlyConfigured, match="OIDC_CLIENT_ID, OIDC_CLIENT_SECRET"):
        single_sign_on(environment(OIDC_SERVER_URL="https://login.example"), "Example")


def test_what_would_travel_unencrypted_is_refused():
    given = {"OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET": "y"}
    with pytest.raises(ImproperlyConfigured, match="https"):
        single_sign_on(environment(OIDC_SERVER_URL="http://login.example", **given), "Example")
    assert single_sign_on(environment(OIDC_SERVER_URL="https://l.example", **given), "Example")
    assert single_sign_on(environment(), "") == {}
