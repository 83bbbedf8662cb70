"""Signing out where somebody also takes part by this browser alone: they are told first."""

import pytest
from django.test import Client

from apps.participants.models import Participant
from tests.factories import ParticipantFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return ParticipantFactory()


@pytest.fixture
def browser(account, browser_of):
    return browser_of(account)


def join(browser: Client, **values: object) -> Participant:
    """Let `browser` act as somebody without an account, too."""
    place = ParticipantFactory(
        workshop=WorkshopFactory(title="By this browser"), user=None, **values
    )
    session = browser.session
    session["joined"] = {str(place.workshop_id): str(place.pk)}
    session.save()
    return place


def is_signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


@pytest.mark.parametrize("stands", [{}, {"admitted_at": None}])
def test_one_is_told_what_one_would_lose(browser, stands):
    place = join(browser, **stands)
    asked = browser.post("/accounts/logout/")
    assert asked.status_code == 200
    assert "By this browser" in asked.content.decode()
    keep = f'href="/w/{place.workshop.slug}/keep-place/"'
    assert (keep in asked.content.decode()) is (not stands)
    assert is_signed_in(browser)
    assert "By this browser" in browser.get("/accounts/logout/").content.decode()
    browser.post("/accounts/logout/", {"leave": "yes"})
    assert not is_signed_in(browser)
    assert "joined" not in browser.session


def test_whoever_loses_nothing_is_signed_out_at_once(browser):
    browser.post("/accounts/logout/")
    assert not is_signed_in(browser)


def test_a_place_that_is_over_is_no_reason_to_ask(browser):
    join(browser, removed_at="2026-05-13T10:00Z")
    browser.post("/accounts/logout/")
    assert not is_signed_in(browser)


def test_a_place_of_the_account_is_not_lost(browser, account):
    session = browser.session
    session["joined"] = {str(account.workshop_id): str(account.pk)}
    session.save()
    browser.post("/accounts/logout/")
    assert not is_signed_in(browser)
