"""What is held on somebody who waits to be let in, or was removed, and how they are erased."""

import pytest
from django.test import Client
from django.utils import timezone

from apps.core.exceptions import NotPermitted
from apps.participants.models import Participant
from apps.participants.services import forget_person
from apps.themes.models import Comment
from apps.workshops.models import Role
from tests.factories import CommentFactory, ParticipantFactory, ThemeFactory, WorkshopFactory
from tests.participants.test_oneself import browser_that_joined

pytestmark = pytest.mark.django_db
OUTSIDE = {"waiting": {"admitted_at": None}, "removed": {"removed_at": "2026-05-13T10:00Z"}}


@pytest.fixture
def workshop():
    return WorkshopFactory(title="The room", lobby=True)


@pytest.fixture(params=OUTSIDE)
def person(request, workshop):
    """Somebody without an account, who isn't in."""
    return ParticipantFactory(
        workshop=workshop, user=None, display_name="Ada Outside", **OUTSIDE[request.param]
    )


@pytest.fixture
def page(workshop):
    return f"/w/{workshop.slug}/yourself/"


def test_they_read_what_is_held_and_nothing_else(workshop, person, page):
    theme = ThemeFactory(workshop=workshop, published=True, title="Deadlines")
    CommentFactory(theme=theme, author=person, text="Dates must be kept.")
    browser = browser_that_joined(person)
    shown = browser.get(page).content.decode()
    assert "Ada Outside" in shown
    assert "Dates must be kept." in shown
    assert "Erase me" in shown
    for hidden in ("Deadlines", f"/w/{workshop.slug}/themes/", f"/w/{workshop.slug}/leave/"):
        assert hidden not in shown
    assert "Ada Outside" in browser.get(f"{page}held.json").content.decode()
    told = browser.get(f"/api/v1/workshops/{workshop.slug}/participants/me/held/")
    assert "Ada Outside" in told.content.decode()
    assert "Deadlines" not in told.content.decode()


def test_they_change_nothing(person, page):
    answer = browser_that_joined(person).post(page, {"display_name": "Eve"})
    assert answer.status_code == 403
    assert Participant.objects.get(pk=person.pk).display_name == "Ada Outside"


def test_they_erase_themselves(workshop, person, page):
    comment = CommentFactory(theme__workshop=workshop, author=person)
    browser = browser_that_joined(person)
    assert "Erase me?" in browser.get(f"{page}erase/").content.decode()
    browser.post(f"{page}erase/", {"understood": "on", "unanswered": ""})
    person.refresh_from_db()
    assert (person.display_name, person.removed_at is None) == ("", False)
    assert Comment.objects.get(pk=comment.pk).author is None
    assert browser.get(page).status_code == 302


def test_their_list_of_workshops_leads_there(workshop, person, page):
    shown = browser_that_joined(person).get("/").content.decode()
    assert "The room" in shown
    assert f'href="{page}"' in shown
    assert f'href="/w/{workshop.slug}/"' not in shown


def test_the_waiting_page_leads_there(workshop, page):
    waiting = ParticipantFactory(workshop=workshop, user=None, admitted_at=None)
    shown = browser_that_joined(waiting).get(f"/w/{workshop.slug}/waiting/").content.decode()
    assert f'href="{page}"' in shown


def test_by_account_as_well(workshop, page, browser_of, api_of):
    removed = ParticipantFactory(
        workshop=workshop, role=Role.OWNER, removed_at=timezone.now(), display_name="Was Owner"
    )
    assert "Was Owner" in browser_of(removed).get(page).content.decode()
    url = f"/api/v1/workshops/{workshop.slug}/participants/me/"
    assert api_of(removed).get(f"{url}held/").status_code == 200
    assert api_of(removed).get(url).status_code == 404


def test_whoever_was_removed_erases_nobody_else(workshop):
    was_owner = ParticipantFactory(
        workshop=workshop, role=Role.OWNER, removed_at=timezone.now(), display_name="Was Owner"
    )
    other = ParticipantFactory(workshop=workshop, display_name="Still Here")
    with pytest.raises(NotPermitted):
        forget_person(actor=was_owner, participant=other)
    other.refresh_from_db()
    assert other.display_name == "Still Here"


def test_a_stranger_finds_nothing(workshop, person, page):
    elsewhere = browser_that_joined(ParticipantFactory(user=None, admitted_at=None))
    assert elsewhere.get(page).status_code == 404
    assert elsewhere.post(f"{page}erase/", {"understood": "on"}).status_code == 404
    assert Client().get(page).status_code == 302
