"""One's own account, and its API token."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from rest_framework.test import APIClient

from apps.accounts.models import ApiToken
from apps.accounts.services import replace_api_token
from apps.core.models import AuditEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a good long password"
WORKSHOPS = "/api/v1/workshops/"


def with_token(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def test_one_changes_ones_name(rapporteur, browser_of):
    answer = browser_of(rapporteur).post("/accounts/", {"name": "Remi Okafor"})
    assert answer.status_code == 302
    rapporteur.user.refresh_from_db()
    assert rapporteur.user.name == "Remi Okafor"


def test_a_name_that_is_too_long_is_told(rapporteur, browser_of):
    answer = browser_of(rapporteur).post("/accounts/", {"name": "x" * 121})
    assert answer.status_code == 422
    assert "x" * 121 in answer.content.decode()


def signed_in(user) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def test_a_token_is_shown_once_and_acts_as_its_holder(rapporteur):
    client = signed_in(rapporteur.user)
    shown = client.post("/accounts/api-token/").content.decode()
    token = re.search(r'id="token" value="([^"]+)"', shown).group(1)
    assert token not in client.get("/accounts/").content.decode()
    assert [w["slug"] for w in with_token(token).get(WORKSHOPS).json()] == [
        rapporteur.workshop.slug
    ]


def test_the_database_and_the_log_do_not_hold_the_token(rapporteur):
    token = replace_api_token(user=rapporteur.user)
    assert token not in ApiToken.objects.get().digest
    assert token not in str(AuditEntry.objects.values())


def test_whoever_finds_a_browser_open_makes_no_token(rapporteur, browser_of):
    client = browser_of(rapporteur)
    asked = client.post("/accounts/api-token/")
    assert asked.headers["Location"].startswith("/accounts/confirm/")
    assert not ApiToken.objects.exists()
    wrong = client.post(asked.headers["Location"], {"password": "a guess"})
    assert (wrong.status_code, ApiToken.objects.exists()) == (422, False)
    shown = client.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)
    assert 'id="token"' in shown.content.decode()


def test_a_new_password_ends_the_token(rapporteur):
    token = replace_api_token(user=rapporteur.user)
    form = {"oldpassword": PASSWORD, "password1": "another good long one"}
    changed = signed_in(rapporteur.user).post(
        "/accounts/password/change/", {**form, "password2": form["password1"]}
    )
    assert changed.status_code == 302
    assert with_token(token).get(WORKSHOPS).status_code == 401


def test_replacing_and_revoking_take_effect_at_once(rapporteur, browser_of):
    first = replace_api_token(user=rapporteur.user)
    second = replace_api_token(user=rapporteur.user)
    assert with_token(first).get(WORKSHOPS).status_code == 401
    assert with_token(second).get(WORKSHOPS).status_code == 200
    browser_of(rapporteur).post("/accounts/api-token/revoke/")
    assert with_token(second).get(WORKSHOPS).status_code == 401


def test_the_token_of_a_closed_account_is_nobodys(rapporteur):
    token = replace_api_token(user=rapporteur.user)
    rapporteur.user.is_active = False
    rapporteur.user.save()
    assert with_token(token).get(WORKSHOPS).status_code == 401


def test_a_token_is_made_and_revoked_from_the_command_line(rapporteur, capsys):
    call_command("api_token", rapporteur.user.email)
    token = capsys.readouterr().out.strip()
    assert with_token(token).get(WORKSHOPS).status_code == 200
    call_command("api_token", rapporteur.user.email, revoke=True)
    assert with_token(token).get(WORKSHOPS).status_code == 401
    with pytest.raises(CommandError):
        call_command("api_token", UserFactory.build().email)


@pytest.mark.parametrize("path", ["", "api-token/", "api-token/revoke/"])
def test_nobody_has_no_account_page(client, path):
    assert client.post(f"/accounts/{path}").headers["Location"].startswith("/accounts/login/")
