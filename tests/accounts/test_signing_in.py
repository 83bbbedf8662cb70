"""Signing in: by password, by code, by link."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from apps.accounts.models import User
from apps.accounts.services import sign_in_link
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a good long password"


@pytest.fixture
def user():
    return UserFactory(email="remi@example.org", name="Remi Okafor")


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_right_password_signs_in(client, user):
    answer = client.post("/accounts/login/", {"login": "Remi@Example.org", "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert signed_in_as(client) == str(user.pk)


def test_a_wrong_password_is_told_and_the_address_kept(client, user):
    answer = client.post("/accounts/login/", {"login": user.email, "password": "wrong"})
    assert answer.status_code == 422
    assert "don’t go together" in answer.content.decode()
    assert 'value="remi@example.org"' in answer.content.decode()
    assert signed_in_as(client) is None


def test_someone_unknown_is_answered_like_a_wrong_password(client, user):
    known, unknown = (
        client.post("/accounts/login/", {"login": login, "password": "wrong"}).content.decode()
        for login in (user.email, "nobody@example.org")
    )
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", known.replace(user.email, "…")) == token.sub(
        "", unknown.replace("nobody@example.org", "…")
    )


def test_a_code_by_mail_signs_in(client, user, deliver_mail):
    asked = client.post("/accounts/login/code/", {"email": user.email})
    assert asked.headers["Location"] == "/accounts/login/code/confirm/"
    [mail] = deliver_mail()
    code = re.search(r"^    (\S+)$", mail.body, re.MULTILINE).group(1)
    page = client.get("/accounts/login/code/confirm/").content.decode()
    assert code not in page
    wrong = client.post("/accounts/login/code/confirm/", {"code": "XXXXXX"})
    assert wrong.status_code == 422
    assert client.post("/accounts/login/code/confirm/", {"code": code}).status_code == 302
    assert signed_in_as(client) == str(user.pk)


def test_strangers_get_no_mail(client, deliver_mail):
    asked = client.post("/accounts/login/code/", {"email": "stranger@example.org"})
    assert asked.headers["Location"] == "/accounts/login/code/confirm/"
    client.post("/accounts/password/reset/", {"email": "stranger@example.org"})
    assert deliver_mail() == []


def test_a_forgotten_password_is_replaced_by_a_mailed_link(client, user, deliver_mail):
    client.post("/accounts/password/reset/", {"email": user.email})
    link = re.search(r"http://testserver(/\S+)", deliver_mail()[0].body).group(1)
    form = client.get(link, follow=True)
    assert link not in form.request["PATH_INFO"]
    new = {"password1": "another good long one", "password2": "another good long one"}
    assert client.post(form.request["PATH_INFO"], new, follow=True).status_code == 200
    user.refresh_from_db()
    assert user.check_password("another good long one")
    assert "no longer works" in Client().get(link, follow=True).content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "login/",
        "login/code/",
        "signup/",
        "inactive/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-x/",
        "password/reset/key/done/",
    ],
)
def test_every_page_is_in_the_house_look(client, page):
    answer = client.get(f"/accounts/{page}")
    assert answer.status_code == 200
    assert 'class="plain"' in answer.content.decode()


@pytest.mark.parametrize("page", ["logout/", "password/change/"])
def test_every_page_of_someone_signed_in_is_in_the_house_look(client, user, page):
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert 'class="plain"' in client.get(f"/accounts/{page}").content.decode()


def test_signing_out_takes_a_post(client, user):
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/accounts/logout/")
    assert signed_in_as(client)
    client.post("/accounts/logout/")
    assert signed_in_as(client) is None


def test_nobody_makes_an_account_where_that_is_closed(client):
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert not User.objects.exists()
    assert "Getting an account" in client.get("/accounts/signup/").content.decode()


def test_anybody_makes_an_account_where_that_is_open(client, settings):
    settings.OPEN_SIGN_UP = True
    form = {"email": "new@example.org", "password1": PASSWORD}
    assert client.post("/accounts/signup/", form).headers["Location"] == "/"
    assert User.objects.get().email == "new@example.org"


# -- the link --------------------------------------------------------------------------------


def test_reading_a_link_says_who_and_signs_nobody_in(client, user):
    link = sign_in_link(user)
    for _ in range(2):
        page = client.get(link)
        assert page.status_code == 200
        assert "Sign in as Remi Okafor" in page.content.decode()
    assert signed_in_as(client) is None


def test_asking_for_it_signs_in_once(client, user):
    link = sign_in_link(user)
    assert client.post(link).headers["Location"] == "/"
    assert signed_in_as(client) == str(user.pk)
    again = Client()
    assert again.post(link).status_code == again.get(link).status_code == 410
    assert signed_in_as(again) is None


def test_a_link_made_and_used_within_a_second_of_another_sign_in_works_once(client, user):
    client.post(sign_in_link(user))
    user.refresh_from_db()
    second = sign_in_link(user)
    assert Client().post(second).status_code == 302
    assert Client().post(second).status_code == 410


def test_a_link_works_for_a_day(client, user, time_machine):
    start = datetime(2026, 5, 13, 9, 0, tzinfo=UTC)
    time_machine.move_to(start, tick=False)
    link = sign_in_link(user)
    assert "14 May, 09:00 UTC" in client.get(link).content.decode()
    time_machine.move_to(start + timedelta(hours=23, minutes=59), tick=False)
    assert client.get(link).status_code == 200
    time_machine.move_to(start + timedelta(hours=24), tick=False)
    assert client.get(link).status_code == client.post(link).status_code == 410


def test_a_link_says_nothing_about_who_has_an_account(client, user):
    who, token = sign_in_link(user).split("/")[3:5]
    stranger = sign_in_link(UserFactory.build())
    refused = [f"/accounts/link/{who}/x-y/", stranger, f"/accounts/link/!/{token}/"]
    answers = [client.get(path) for path in refused]
    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.content for answer in answers}) == 1


def test_a_closed_account_has_no_links(client, user):
    link = sign_in_link(user)
    User.objects.update(is_active=False)
    assert client.post(link).status_code == 410


def test_the_command_prints_a_link(client, user, capsys):
    call_command("sign_in_link", "REMI@example.org", base_url="https://r.example/")
    address = capsys.readouterr().out.strip()
    assert address.startswith("https://r.example/accounts/link/")
    assert client.get(address.removeprefix("https://r.example")).status_code == 200


def test_the_command_makes_an_account_only_when_told(capsys):
    with pytest.raises(CommandError, match="--create"):
        call_command("sign_in_link", "nora@example.org")
    call_command("sign_in_link", "nora@example.org", create="Nora New")
    assert str(User.objects.get()) == "Nora New"
    with pytest.raises(CommandError):
        call_command("sign_in_link", "no address", create="")
