"""Workshops to lose notes in, people signed in, and the database that tells what was saved."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.request import urlopen

import psutil
import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Running
from tests.reliability.conftest import wait_for

# What is waited for may wait for a server that is started again.
expect.set_options(timeout=20_000)

PLACES = 60
# As many workshops, each with two people of its team and two sessions, and browsers signed in.
MAKE = f"""
import json
from secrets import token_hex
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from apps.accounts.models import User
from apps.participants.models import Participant
from apps.workshops.models import Session, Workshop

def signed_in(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key

users = [User.objects.get_or_create(email=f"{{name}}@never.lost", name=name)[0]
         for name in ("one", "two")]
today = timezone.localdate()
found = []
for number in range({PLACES}):
    there = Workshop.objects.create(
        slug=f"never-lost-{{token_hex(4)}}", title=f"Never lost {{number}}", phase="live",
        starts_on=today, ends_on=today, attribution_rule="on_record",
    )
    people = [Participant.objects.create(workshop=there, user=each, role="facilitator",
              display_name=each.name) for each in users]
    sessions = [Session.objects.create(workshop=there, title=title, order=order)
                for order, title in enumerate(("Morning", "Afternoon"))]
    found.append({{
        "slug": there.slug, "workshop": str(there.pk),
        "people": [str(each.pk) for each in people],
        "sessions": [str(each.pk) for each in sessions],
        "browsers": [[signed_in(each) for _ in range(2)] for each in users],
    }})
print(json.dumps(found))
"""


@dataclass
class Place:
    """A workshop, its two facilitators and its two sessions."""

    address: str
    slug: str
    workshop: str
    people: list[str]
    sessions: list[str]
    browsers: list[list[str]]
    database: str
    # The keys of sessions that browsers were given.
    used: list[str] = field(default_factory=list)

    @property
    def capture(self) -> str:
        """Where notes are taken."""
        return f"{self.address}/w/{self.slug}/capture/?session={self.sessions[0]}"

    @property
    def device(self) -> str:
        """Where this device shows what it kept."""
        return f"{self.address}/device/"

    def sql(self, query: str, *values: object) -> list[Any]:
        """Ask the database directly, as nobody in the browser does."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def notes(self) -> list[str]:
        """Return what the notes say that are in the database, in their order."""
        query = "SELECT text FROM notes_note WHERE workshop_id = %s ORDER BY sequence"
        return [text for (text,) in self.sql(query, self.workshop)]

    def sign_in(self, context: BrowserContext, person: int = 0) -> None:
        """Let the browser be somebody's, as after signing in."""
        key = self.browsers[person].pop()
        self.used.append(key)
        context.add_cookies([{"name": "sessionid", "value": key, "url": self.address}])

    def end_sessions(self) -> None:
        """Let what this test's browsers are known by run out."""
        query = "UPDATE django_session SET expire_date = now() WHERE session_key = ANY(%s)"
        self.sql(query, self.used)


@pytest.fixture(scope="session")
def web(running: Running) -> Callable[[], psutil.Process]:
    """Return a function that finds the web server's process."""
    port = running.address.rpartition(":")[2]

    def find() -> psutil.Process:
        for process in psutil.process_iter(["cmdline"]):
            if {"config.web", port} <= set(process.info["cmdline"] or []):
                return process
        raise LookupError("the web server")

    return find


@pytest.fixture(scope="session")
def places(running: Running, web: Callable[[], psutil.Process]) -> Iterator[Place]:
    """Workshops for as many tests."""
    database = web().environ()["DATABASE_URL"]
    made = running.manage("shell", "--no-imports", "-c", MAKE)
    return iter([Place(running.address, database=database, **each) for each in json.loads(made)])


@pytest.fixture
def place(places: Iterator[Place]) -> Place:
    """A workshop of the test's own."""
    return next(places)


@pytest.fixture
def restart(running: Running, web: Callable[[], psutil.Process]) -> Callable[[], None]:
    """Return a function that kills the web server, and waits until it is there again."""

    def answers() -> bool:
        try:
            with urlopen(f"{running.address}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill() -> None:
        os.kill(web().pid, signal.SIGKILL)
        wait_for(answers)

    return kill


@pytest.fixture
def context(browser: Browser, place: Place) -> Iterator[BrowserContext]:
    """A browser of the first facilitator, without a worker between page and network."""
    context = browser.new_context(service_workers="block")
    place.sign_in(context)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, place: Place) -> Page:
    """The page on which the first facilitator takes notes."""
    page = context.new_page()
    page.goto(place.capture)
    return page
