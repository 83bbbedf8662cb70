"""Links and codes that let somebody in: once, for a while, for one purpose, for one person."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.http import urlsafe_base64_encode

from apps.accounts.models import User
from apps.accounts.services import sign_in_link
from apps.accounts.tokens import sign_in_tokens
from tests.factories import UserFactory

PASSWORD = "a good long password"
USE = "/accounts/link/"
CONFIRM = "/accounts/login/code/confirm/"
reset_tokens = EmailAwarePasswordResetTokenGenerator()


@pytest.fixture
def user(db):
    return UserFactory(email="remi@example.org", name="Remi Okafor")


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def link_of(user: User, token: str) -> str:
    return f"/accounts/link/{urlsafe_base64_encode(user.pk.bytes)}/{token}/"


def reset_link(user: User, token: str = "") -> str:
    token = token or reset_tokens.make_token(user)
    return f"/accounts/password/reset/key/{user_pk_to_url_str(user)}-{token}/"


def opens(link: str, client: Client | None = None) -> Client:
    """Open `link` and press what there is to press; return the browser."""
    client = client or Client()
    client.get(link)
    client.post(USE)
    return client


def resets(link: str, client: Client | None = None) -> bool:
    """Open the reset link and choose a password; say whether it was taken."""
    client = client or Client()
    page = client.get(link, follow=True)
    new = {"password1": "quite another long one", "password2": "quite another long one"}
    answer = client.post(page.request["PATH_INFO"], new)
    return answer.headers.get("Location") == "/accounts/password/reset/key/done/"


# -- what a link does ------------------------------------------------------------------------


def test_opening_a_link_takes_it_out_of_the_address(client, user):
    link = sign_in_link(user)
    opened = client.get(link)
    assert (opened.status_code, opened.headers["Location"]) == (302, USE)
    page = client.get(USE)
    assert "Sign in as Remi Okafor" in page.content.decode()
    assert link.split("/")[4] not in page.content.decode()
    assert page.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "no-store" in page.headers["Cache-Control"]
    assert signed_in_as(client) is None


def test_asking_for_it_signs_in_under_a_new_session_key(client, user):
    client.get(sign_in_link(user))
    before = client.session.session_key
    assert client.post(USE).headers["Location"] == "/"
    assert signed_in_as(client) == str(user.pk)
    assert client.session.session_key != before


def test_without_cookies_the_page_says_so(user):
    client = Client()
    assert client.get(sign_in_link(user)).status_code == 302
    without = Client().get(USE)
    assert without.status_code == 410
    assert "keeps no cookies" in without.content.decode()
    assert Client().post(USE).status_code == 410


def test_signing_in_asks_for_the_token_of_the_form(user):
    strict = Client(enforce_csrf_checks=True)
    strict.get(sign_in_link(user))
    assert strict.post(USE).status_code == 403
    assert signed_in_as(strict) is None


def test_someone_else_signed_in_here_is_told_and_signed_out(client, user):
    other = UserFactory(name="Nora New")
    client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(sign_in_link(user))
    assert "You’re signed in as Nora New" in client.get(USE).content.decode()
    client.post(USE)
    assert signed_in_as(client) == str(user.pk)


def test_a_link_says_nothing_about_who_has_an_account(client, user):
    who, token = sign_in_link(user).split("/")[3:5]
    stranger = sign_in_link(UserFactory.build())
    refused = [f"/accounts/link/{who}/x-y/", stranger, f"/accounts/link/!/{token}/"]
    answers = [client.get(path) for path in refused]
    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["Referrer-Policy"] for answer in answers} == {"no-referrer"}


def test_links_made_and_used_within_a_second_work_once_each(user):
    assert signed_in_as(opens(sign_in_link(user)))
    user.refresh_from_db()
    second = sign_in_link(user)
    assert signed_in_as(opens(second))
    assert signed_in_as(opens(second)) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_uses_at_once_one_signs_in(user):
    browsers = [Client(), Client()]
    link = sign_in_link(user)
    for browser in browsers:
        browser.get(link)
    together = threading.Barrier(2)

    def use(browser: Client) -> int:
        together.wait()
        try:
            return browser.post(USE).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(use, browsers)) == [302, 410]


# -- what keeps a link from working ----------------------------------------------------------
# Each makes a link and does something; then it must let nobody in. `keeps_link` says that it does.

Case = Callable[[User, Any], str]


def nothing(user: User, _moves: Any) -> str:
    return sign_in_link(user)


def prefetched(user: User, _moves: Any) -> str:
    link = sign_in_link(user)
    for _ in range(3):
        Client().get(link, follow=True)
        Client().head(link, follow=True)
    return link


def nearly_too_old(user: User, moves: Any) -> str:
    link = sign_in_link(user)
    moves(timedelta(hours=23, minutes=59))
    return link


def used(user: User, _moves: Any) -> str:
    link = sign_in_link(user)
    opens(link)
    return link


def too_old(user: User, moves: Any) -> str:
    link = sign_in_link(user)
    moves(timedelta(hours=24))
    return link


def signed_in_meanwhile(user: User, _moves: Any) -> str:
    link = sign_in_link(user)
    Client().post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return link


def password_changed(user: User, _moves: Any) -> str:
    link = sign_in_link(user)
    user.set_password("another good long one")
    user.save()
    return link


def address_changed(user: User, _moves: Any) -> str:
    link = sign_in_link(user)
    User.objects.update(email="other@example.org")
    return link


def account_closed(user: User, _moves: Any) -> str:
    link = sign_in_link(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    return link


def account_gone(user: User, _moves: Any) -> str:
    link = sign_in_link(user)
    User.objects.filter(pk=user.pk).delete()
    return link


def of_someone_else(user: User, _moves: Any) -> str:
    return link_of(user, sign_in_tokens.make_token(UserFactory()))


def signature_tampered(user: User, _moves: Any) -> str:
    moment, _, signature = sign_in_tokens.make_token(user).partition("-")
    return link_of(user, f"{moment}-{signature[:-1]}{'0' if signature[-1] != '0' else '1'}")


def moment_tampered(user: User, _moves: Any) -> str:
    _, _, signature = sign_in_tokens.make_token(user).partition("-")
    return link_of(user, f"zzzzzz-{signature}")


def signature_missing(user: User, _moves: Any) -> str:
    return link_of(user, sign_in_tokens.make_token(user).partition("-")[0] + "-")


def token_for_a_reset(user: User, _moves: Any) -> str:
    return link_of(user, reset_tokens.make_token(user))


def token_of_djangos_reset(user: User, _moves: Any) -> str:
    return link_of(user, default_token_generator.make_token(user))


@pytest.mark.parametrize("case", [nothing, prefetched, nearly_too_old])
def test_a_link_still_works(case: Case, user, time_machine):
    assert signed_in_as(opens(case(user, mover(time_machine)))) == str(user.pk)


@pytest.mark.parametrize(
    "case",
    [
        used,
        too_old,
        signed_in_meanwhile,
        password_changed,
        address_changed,
        account_closed,
        account_gone,
        of_someone_else,
        signature_tampered,
        moment_tampered,
        signature_missing,
        token_for_a_reset,
        token_of_djangos_reset,
    ],
)
def test_a_link_works_no_more(case: Case, user, time_machine):
    link = case(user, mover(time_machine))
    browser = Client()
    assert browser.get(link).status_code == 410
    assert signed_in_as(opens(link, browser)) is None


@pytest.mark.parametrize(
    "case", [used, too_old, signed_in_meanwhile, password_changed, account_closed, account_gone]
)
def test_what_happens_after_opening_it_counts_as_well(case: Case, user, time_machine):
    browser = Client()
    link = sign_in_link(user)
    browser.get(link)
    case(user, mover(time_machine))
    assert browser.get(USE).status_code == 410
    browser.post(USE)
    assert signed_in_as(browser) is None


# -- links that choose a new password --------------------------------------------------------


def reset_used(user: User, _moves: Any) -> str:
    link = reset_link(user)
    resets(link)
    return link


def reset_too_old(user: User, moves: Any) -> str:
    link = reset_link(user)
    moves(timedelta(days=3, minutes=1))
    return link


def reset_after_a_change(user: User, _moves: Any) -> str:
    link = reset_link(user)
    user.set_password("another good long one")
    user.save()
    return link


def reset_after_signing_in(user: User, _moves: Any) -> str:
    link = reset_link(user)
    opens(sign_in_link(user))
    return link


def reset_of_a_closed_account(user: User, _moves: Any) -> str:
    link = reset_link(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    return link


def reset_of_someone_else(user: User, _moves: Any) -> str:
    return reset_link(user, reset_tokens.make_token(UserFactory()))


def reset_by_a_sign_in_token(user: User, _moves: Any) -> str:
    return reset_link(user, sign_in_tokens.make_token(user))


def reset_tampered(user: User, _moves: Any) -> str:
    token = reset_tokens.make_token(user)
    return reset_link(user, token[:-1] + ("0" if token[-1] != "0" else "1"))


def test_a_reset_link_works_and_a_scanner_leaves_it_be(user):
    link = reset_link(user)
    Client().get(link, follow=True)
    Client().head(link, follow=True)
    assert resets(link)
    user.refresh_from_db()
    assert user.check_password("quite another long one")


@pytest.mark.parametrize(
    "case",
    [
        reset_used,
        reset_too_old,
        reset_after_a_change,
        reset_after_signing_in,
        reset_of_a_closed_account,
        reset_of_someone_else,
        reset_by_a_sign_in_token,
        reset_tampered,
    ],
)
def test_a_reset_link_works_no_more(case: Case, user, time_machine):
    link = case(user, mover(time_machine))
    before = User.objects.get(pk=user.pk).password
    assert not resets(link)
    assert User.objects.get(pk=user.pk).password == before


# -- where one is led afterwards -------------------------------------------------------------

ELSEWHERE = [
    "//evil.example/",
    "///evil.example/",
    "https://evil.example/",
    "https:evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\t//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@evil.example/",
    "//testserver.evil.example/",
]


@pytest.mark.parametrize("where", ELSEWHERE)
def test_signing_in_leads_nowhere_else(where, client, user):
    form = {"login": user.email, "password": PASSWORD, "next": where}
    answer = client.post("/accounts/login/", form)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("where", ELSEWHERE)
def test_a_code_leads_nowhere_else(where, client, user, deliver_mail):
    client.post("/accounts/login/code/", {"email": user.email, "next": where})
    code = re.search(r"^    (\S+)$", deliver_mail()[0].body, re.MULTILINE).group(1)
    answer = client.post(CONFIRM, {"code": code, "next": where})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("where", ELSEWHERE)
def test_signing_out_leads_nowhere_else(where, client, user):
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post("/accounts/logout/", {"next": where})
    assert answer.headers["Location"] == "/accounts/login/"


def test_signing_in_leads_to_where_one_was_going(client, user):
    form = {"login": user.email, "password": PASSWORD, "next": "/new/"}
    assert client.post("/accounts/login/", form).headers["Location"] == "/new/"


# -- codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("happens", ["too old", "closed", "used"])
def test_a_code_works_no_more(happens, client, user, deliver_mail, time_machine):
    client.post("/accounts/login/code/", {"email": user.email})
    code = re.search(r"^    (\S+)$", deliver_mail()[0].body, re.MULTILINE).group(1)
    if happens == "too old":
        mover(time_machine)(timedelta(minutes=15, seconds=1))
    elif happens == "closed":
        User.objects.update(is_active=False)
    else:
        client.post(CONFIRM, {"code": code})
        client.post("/accounts/logout/")
    client.post(CONFIRM, {"code": code})
    assert signed_in_as(client) is None


def test_a_code_signs_in_under_a_new_session_key(client, user, deliver_mail):
    client.post("/accounts/login/code/", {"email": user.email})
    before = client.session.session_key
    code = re.search(r"^    (\S+)$", deliver_mail()[0].body, re.MULTILINE).group(1)
    client.post(CONFIRM, {"code": code})
    assert client.session.session_key != before


def mover(time_machine: Any) -> Callable[[timedelta], None]:
    """Return a function that moves the clock on."""

    def move(by: timedelta) -> None:
        time_machine.move_to(timezone.now() + by, tick=False)

    return move
