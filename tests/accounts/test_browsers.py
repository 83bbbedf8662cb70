"""Where somebody is signed in: seen, and ended."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from apps.accounts.browsers import name_of
from apps.accounts.models import BrowserSession
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a good long password"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:138.0) Gecko/20100101 Firefox/138.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/136.0.0.0 Safari/537.36 Edg/136.0.0.0"
)
PIXEL = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/137.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def user():
    return UserFactory(email="remi@example.org")


def browser(user, agent: str = "") -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.get("/accounts/")
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        (IPHONE, "Safari on an iPhone"),
        (EDGE, "Edge on Windows"),
        (PIXEL, "Chrome on Android"),
        ("curl/8.5.0", ""),
        ("Something (X11; Linux x86_64)", "A browser on Linux"),
        ("", ""),
    ],
)
def test_a_browser_has_a_name_to_be_recognised_by(agent, name):
    assert name_of(agent) == name


def test_one_sees_where_one_is_signed_in_and_which_is_this(user):
    here, _phone, _other = browser(user, FIREFOX), browser(user, IPHONE), browser(UserFactory())
    page = here.get("/accounts/").content.decode()
    rows = re.findall(r"<p><strong>([^<]+)</strong></p>\s*<p class=\"hint\">(\S+)", page)
    assert sorted(rows) == [("Firefox on Windows", "This"), ("Safari on an iPhone", "Last")]


def test_neither_the_page_nor_the_table_tells_addresses_or_keys(user):
    here, there = browser(user, FIREFOX), browser(user, IPHONE)
    page = here.get("/accounts/").content.decode()
    for client in (here, there):
        assert client.session.session_key not in page
    assert "127.0.0.1" not in page
    assert "127.0.0.1" not in str(BrowserSession.objects.values())
    assert FIREFOX not in str(BrowserSession.objects.values())


def test_one_browser_is_signed_out_at_once(user):
    here, phone, laptop = browser(user), browser(user, IPHONE), browser(user, FIREFOX)
    session = BrowserSession.objects.get(browser="Safari on an iPhone")
    assert here.post(f"/accounts/sessions/{session.pk}/end/").status_code == 302
    assert [is_signed_in(each) for each in (here, phone, laptop)] == [True, False, True]
    assert not BrowserSession.objects.filter(pk=session.pk).exists()


def test_all_others_are_signed_out_at_once(user):
    here, phone, someone = browser(user), browser(user, IPHONE), browser(UserFactory())
    here.post("/accounts/sessions/end-others/")
    assert [is_signed_in(each) for each in (here, phone, someone)] == [True, False, True]


def test_this_one_can_be_signed_out_as_well(user):
    here = browser(user)
    session = BrowserSession.objects.get()
    answer = here.post(f"/accounts/sessions/{session.pk}/end/")
    assert answer.headers["Location"] == "/accounts/login/"
    assert not is_signed_in(here)
    assert not BrowserSession.objects.exists()


def test_nobody_signs_out_somebody_else(user):
    here, other = browser(user), browser(UserFactory())
    theirs = BrowserSession.objects.exclude(user=user).get()
    assert here.post(f"/accounts/sessions/{theirs.pk}/end/").status_code == 404
    assert is_signed_in(other)


def test_a_new_password_signs_out_everywhere_else(user):
    here, phone = browser(user), browser(user, IPHONE)
    new = "another good long one"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", form).status_code == 302
    assert (is_signed_in(here), is_signed_in(phone)) == (True, False)
    assert BrowserSession.objects.count() == 1


def test_a_closed_account_is_signed_out_everywhere(user):
    here = browser(user)
    user.is_active = False
    user.save()
    assert not is_signed_in(here)


def test_signing_out_leaves_nothing(user):
    browser(user).post("/accounts/logout/")
    assert not BrowserSession.objects.exists()


def test_what_has_expired_isnt_shown(user):
    here = browser(user)
    browser(user, IPHONE)
    Session.objects.exclude(pk=here.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    assert "iPhone" not in here.get("/accounts/").content.decode()


def test_when_one_was_seen_is_kept_every_five_minutes(user, time_machine):
    here = browser(user)
    first = BrowserSession.objects.get().seen_at
    for minutes, moved in ((4, False), (6, True)):
        time_machine.move_to(first + timedelta(minutes=minutes), tick=False)
        here.get("/accounts/")
        assert (BrowserSession.objects.get().seen_at > first) is moved


def test_people_without_an_account_are_kept_no_record_of(client):
    client.get("/join/")
    assert not BrowserSession.objects.exists()
