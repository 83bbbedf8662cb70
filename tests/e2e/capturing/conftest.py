"""Workshops in which notes are taken, each of a test's own, and people of their teams signed in."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Running

# Other tests may be at work beside these.
expect.set_options(timeout=15_000)

PLACES = 24
SIGNED_IN = """
import json
from secrets import token_hex
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from apps.accounts.models import User
from apps.notes.models import Note
from apps.participants.models import Group, GroupMembership, Participant
from apps.themes.models import Theme
from apps.workshops.models import Session, Workshop

def signed_in(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key

users = [User.objects.get_or_create(email=f"{name}@capture.test", name=name)[0]
         for name in ("one", "two")]
today = timezone.localdate()

def workshop(number):
    there = Workshop.objects.create(
        slug=f"capturing-{token_hex(4)}", title=f"Capturing {number}", phase="live",
        starts_on=today, ends_on=today, attribution_rule="chatham_house",
    )
    group = {name: Group.objects.create(workshop=there, singular=name, plural=f"{name}s")
             for name in ("scholar", "practitioner")}
    team = [Participant.objects.create(workshop=there, user=each, role="facilitator",
            display_name=each.name) for each in users]
    for name, of in (("Ruth Okafor", "practitioner"), ("Ana Ruiz", "scholar")):
        person = Participant.objects.create(workshop=there, display_name=name)
        GroupMembership.objects.create(workshop=there, participant=person, group=group[of],
                                       axis=group[of].axis)
    for order, title in enumerate(("Legitimacy", "Influence", "Inflation and budgets",
                                   "Funding authorities")):
        Theme.objects.create(workshop=there, title=title, order=order)
    sessions = [Session.objects.create(workshop=there, title=title, order=order)
                for order, title in enumerate(("Morning", "Afternoon"))]
    table = Session.objects.create(workshop=there, title="Table 1", order=2, kind="breakout",
                                   parent=sessions[0])
    return there, team, [*sessions, table]
"""
MAKE = f"""{SIGNED_IN}
found = []
for number in range({PLACES}):
    there, team, sessions = workshop(number)
    found.append({{
        "slug": there.slug, "sessions": [str(each.pk) for each in sessions],
        "browsers": [[signed_in(each) for _ in range(2)] for each in users],
    }})
print(json.dumps(found))
"""


@dataclass
class Place:
    """A workshop with themes, groups, people and sessions."""

    address: str
    slug: str
    sessions: list[str]
    # What browsers of the two facilitators are known by.
    browsers: list[list[str]]

    def capture(self, session: int = 0) -> str:
        """Where notes of a session are taken."""
        return f"{self.address}/w/{self.slug}/capture/?session={self.sessions[session]}"

    def sign_in(self, context: BrowserContext, person: int = 0) -> None:
        """Let the browser be somebody's, as after signing in."""
        key = self.browsers[person].pop()
        context.add_cookies([{"name": "sessionid", "value": key, "url": self.address}])


@pytest.fixture(scope="session")
def places(running: Running) -> Iterator[Place]:
    """Workshops for as many tests."""
    made = running.manage("shell", "--no-imports", "-c", MAKE)
    return iter([Place(running.address, **each) for each in json.loads(made)])


@pytest.fixture
def place(places: Iterator[Place]) -> Place:
    """A workshop of the test's own."""
    return next(places)


@pytest.fixture
def browse(browser: Browser, place: Place) -> Callable[..., Page]:
    """Return a function that opens the page where notes are taken, as one of two facilitators."""

    def open_page(person: int = 0, session: int = 0, **looks: Any) -> Page:
        looks = {"viewport": {"width": 1360, "height": 900}, "service_workers": "block", **looks}
        context = browser.new_context(**looks)
        place.sign_in(context, person)
        page = context.new_page()
        page.goto(place.capture(session))
        expect(page.get_by_role("textbox", name="New note")).to_be_focused()
        expect(page.locator("#capture-status")).to_have_text("All saved")
        return page

    return open_page


@pytest.fixture
def page(browse: Callable[..., Page]) -> Page:
    """The page on which the first facilitator takes notes."""
    return browse()
