"""Rooms that are asked, each of a test's own: two of the team, four with phones, and the others."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.capturing.conftest import SIGNED_IN
from tests.e2e.conftest import Running

# Other tests may be at work beside these.
expect.set_options(timeout=15_000)

PLACES = 16
LONG = (
    "Partnerships that are entered into for reasons of security should be judged by what they "
    "change on the ground after fifteen years, and not by how many meetings were held, how many "
    "papers were written, or how often those who took part in them said how content they were "
    "with all of it, as it then was."
)
TEXTS = ["Influence is an end in itself.", "Partners judge us by what we do.", LONG]
MAKE = f"""{SIGNED_IN}
from apps.participants.codes import make_code
from apps.participants.models import JoinCode
from apps.participants.taking_part import SESSION_KEY as JOINED
from apps.statements.services import put_statement

def joined(person):
    session = SessionStore()
    session[JOINED] = {{str(person.workshop_id): str(person.pk)}}
    session.save()
    return session.session_key

found = []
for number in range({PLACES}):
    there, team, _ = workshop(number)
    JoinCode.objects.create(workshop=there, code=make_code(),
                            expires_at=timezone.now() + timezone.timedelta(days=1))
    groups = list(Group.objects.filter(workshop=there).order_by("plural"))
    people = []
    for place in range(16):
        person = Participant.objects.create(workshop=there, display_name="")
        GroupMembership.objects.create(workshop=there, participant=person,
                                       group=groups[place % 2], axis=groups[0].axis)
        people.append(person)
    statements = [put_statement(actor=team[0], text=text) for text in {TEXTS!r}]
    found.append({{
        "slug": there.slug, "statements": [str(each.pk) for each in statements],
        "team": [[signed_in(each) for _ in range(4)] for each in users],
        "phones": [joined(each) for each in people[:4]],
    }})
print(json.dumps(found))
"""
# The rest of the room answers: how many agree, disagree and are unsure, in each group.
OTHERS = """
import json
from apps.participants.models import Participant
from apps.statements.models import Response, Round
from apps.statements.services import respond
asked = Round.objects.filter(statement={statement!r}).latest("number")
people = Participant.objects.filter(workshop=asked.workshop, role="participant",
                                    display_name="").order_by("created_at")[4:]
for person, value in zip(people, {values}):
    respond(actor=person, asked=asked, value=value)
print("done")
"""


@dataclass
class Place:
    """A workshop whose room is asked."""

    running: Running
    slug: str
    statements: list[str]
    # What browsers of the two of the team, and the four phones, are known by.
    team: list[list[str]]
    phones: list[str]

    def url(self, path: str) -> str:
        """Where a page of the workshop is."""
        return f"{self.running.address}/w/{self.slug}/{path}"

    @property
    def console(self) -> str:
        """Where the console is."""
        return self.url("statements/console/")

    @property
    def screen(self) -> str:
        """Where the room screen is."""
        return self.url("screen/")

    def hands(self, statement: int) -> str:
        """Where hands are entered."""
        return self.url(f"statements/{self.statements[statement]}/hands/")

    def others_answer(self, statement: int, values: list[int]) -> None:
        """Let those who have no browser answer, in order."""
        code = OTHERS.format(statement=self.statements[statement], values=values)
        self.running.manage("shell", "--no-imports", "-c", code)


@pytest.fixture(scope="session")
def asked(running: Running) -> Iterator[Place]:
    """Workshops for as many tests."""
    made = running.manage("shell", "--no-imports", "-c", MAKE)
    return iter([Place(running, **each) for each in json.loads(made)])


@pytest.fixture
def place(asked: Iterator[Place]) -> Place:
    """A workshop of the test's own."""
    return next(asked)


@pytest.fixture
def browse(browser: Browser, place: Place) -> Callable[..., Page]:
    """Return a function that opens a page in a browser of its own, of one of the team (0, 1) or of
    one with a phone ("phone 0").
    """

    def open_page(who: int | str, url: str, **looks: Any) -> Page:
        looks = {"viewport": {"width": 1360, "height": 900}, "service_workers": "block", **looks}
        context = browser.new_context(**looks)
        key = place.team[who].pop() if isinstance(who, int) else place.phones[int(who.split()[1])]
        context.add_cookies([{"name": "sessionid", "value": key, "url": place.running.address}])
        page = context.new_page()
        page.goto(url)
        return page

    return open_page


def follows(page: Page) -> None:
    """Wait until the page hears of what changes."""
    page.wait_for_function("async () => (await import('/static/js/live.js')).connected()")
