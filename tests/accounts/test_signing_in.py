"""Signing in: by password and by code. Links have a file of their own."""

import re

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.core.models import OutgoingMail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a good long password"


@pytest.fixture
def user():
    return UserFactory(email="remi@example.org", name="Remi Okafor")


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def code_in(mail: EmailMessage) -> str:
    return re.search(r"^    (\S+)$", mail.body, re.MULTILINE).group(1)


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
    code = code_in(mail)
    page = client.get("/accounts/login/code/confirm/").content.decode()
    assert code not in page
    wrong = client.post("/accounts/login/code/confirm/", {"code": "XXXXXX"})
    assert wrong.status_code == 422
    assert client.post("/accounts/login/code/confirm/", {"code": code}).status_code == 302
    assert signed_in_as(client) == str(user.pk)


@pytest.mark.parametrize("page", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_it_is_as_much_work_to_answer_a_stranger(page, deliver_mail, settings):
    """Or else the time that it takes would tell who has an account."""
    # What is counted is so by what was typed, whoever it is.
    settings.ACCOUNT_RATE_LIMITS = False
    UserFactory(email="known@example.org")
    asked = []
    # The first time of all the address of an account is copied into a table of allauth's.
    for who in ("known", "known", "stranger"):
        with CaptureQueriesContext(connection) as queries:
            answer = Client().post(page, {"email": f"{who}@example.org"})
        asked.append((answer.status_code, answer["Location"], len(queries)))
    assert asked[1] == asked[2]
    assert {mail.to[0] for mail in deliver_mail()} == {"known@example.org"}
    assert not OutgoingMail.objects.exists()


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


def test_another_code_can_be_asked_for_and_another_address_given(client, user, deliver_mail):
    client.post("/accounts/login/code/", {"email": user.email})
    client.post("/accounts/login/code/confirm/", {"action": "resend"})
    first, second = deliver_mail()
    page = "/accounts/login/code/confirm/"
    assert client.post(page, {"code": code_in(first)}).status_code == 422
    assert client.post(page, {"code": code_in(second)}).status_code == 302
    assert signed_in_as(client) == str(user.pk)
    other = Client()
    other.post("/accounts/login/code/", {"email": "typo@example.org"})
    other.post("/accounts/logout/")
    assert other.get("/accounts/login/code/").status_code == 200


def test_a_code_works_in_the_browser_that_asked_for_it_alone(client, user, deliver_mail):
    client.post("/accounts/login/code/", {"email": user.email})
    elsewhere = Client()
    elsewhere.post("/accounts/login/code/", {"email": "stranger@example.org"})
    [mail] = deliver_mail()
    elsewhere.post("/accounts/login/code/confirm/", {"code": code_in(mail)})
    assert signed_in_as(elsewhere) is None


def test_a_code_is_used_up_by_three_wrong_ones(client, user, deliver_mail):
    client.post("/accounts/login/code/", {"email": user.email})
    [mail] = deliver_mail()
    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "XXXXXX"})
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail)})
    assert signed_in_as(client) is None


def test_a_new_password_is_told_by_mail(client, user, deliver_mail):
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "another good long one"}
    client.post("/accounts/password/change/", {**new, "password2": new["password1"]})
    assert [mail.subject for mail in deliver_mail()] == ["Your password was changed"]


def test_nobody_makes_an_account_where_that_is_closed(client, deliver_mail):
    answer = client.post("/accounts/signup/", {"email": "new@example.org"})
    assert answer.status_code == 403
    assert not User.objects.exists()
    assert deliver_mail() == []
    assert "Getting an account" in client.get("/accounts/signup/").content.decode()


def test_whoever_reads_its_mail_makes_an_account_where_that_is_open(client, settings, deliver_mail):
    settings.OPEN_SIGN_UP = True
    asked = client.post("/accounts/signup/", {"email": "New@Example.org"})
    assert asked.headers["Location"] == "/accounts/login/code/confirm/"
    made = User.objects.get()
    assert (made.email, made.has_usable_password()) == ("new@example.org", False)
    [mail] = deliver_mail()
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail)})
    assert signed_in_as(client) == str(made.pk)


def test_signing_up_tells_nobody_who_has_an_account(client, user, settings, deliver_mail):
    settings.OPEN_SIGN_UP = True
    known, new = (
        Client().post("/accounts/signup/", {"email": email})
        for email in (user.email, "new@example.org")
    )
    assert (known.status_code, known.headers["Location"]) == (
        new.status_code,
        new.headers["Location"],
    )
    assert {mail.subject for mail in deliver_mail()} == {"Your sign-in code"}
    assert User.objects.filter(email=user.email).count() == 1


def test_the_command_prints_a_link(client, user, capsys):
    call_command("sign_in_link", "REMI@example.org", base_url="https://r.example/")
    address = capsys.readouterr().out.strip()
    assert address.startswith("https://r.example/accounts/link/")
    opened = client.get(address.removeprefix("https://r.example"))
    assert opened.headers["Location"] == "/accounts/link/"


def test_the_command_makes_an_account_only_when_told(capsys):
    with pytest.raises(CommandError, match="--create"):
        call_command("sign_in_link", "nora@example.org")
    call_command("sign_in_link", "nora@example.org", create="Nora New")
    assert str(User.objects.get()) == "Nora New"
    with pytest.raises(CommandError):
        call_command("sign_in_link", "no address", create="")
