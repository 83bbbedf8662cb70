"""Rooms that are asked, each of a test's own, and phones of people in them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Running

# Other tests may be at work beside these.
expect.set_options(timeout=15_000)

SENDING = "**/capture/queue/"
TEXTS = [
    "Influence is an end in itself, not only a means to other objectives.",
    "Partners judge a patron by what it does when nobody watches.",
    "Small donors have more influence than large ones.",
    "Training officers abroad changes how they think.",
]
PLACES = {"chatham_house": 30, "anonymous": 10}
MAKE = f"""
import json
from apps.statements.models import Round
from apps.statements.services import open_rounds
from tests.factories import ParticipantFactory, StatementFactory, ThemeFactory, WorkshopFactory
from tests.performance.load.room import _joined, _signed_in
found = {{}}
for rule, places in {PLACES}.items():
    found[rule] = []
    for number in range(places):
        there = WorkshopFactory(
            slug=f"asked-{{rule.replace('_', '-')}}-{{number}}", title=f"Asked {{number}}",
            phase="live", attribution_rule=rule)
        owner = ParticipantFactory(workshop=there, role="owner")
        people = [ParticipantFactory(workshop=there, user=None) for _ in range(2)]
        theme = ThemeFactory(workshop=there, title="Influence")
        for text in {TEXTS}:
            StatementFactory(workshop=there, text=text, theme=theme)
        open_rounds(actor=owner, rounds=Round.objects.filter(workshop=there))
        found[rule].append({{
            "slug": there.slug, "workshop": str(there.pk), "people": [str(p.pk) for p in people],
            "cookies": [each.partition("=")[2] for each in
                        [*map(_joined, people), _signed_in(owner)]]}})
print(json.dumps(found))
"""


@dataclass
class Place:
    """A workshop in which four statements are open, and two people who are asked."""

    running: Running
    slug: str
    workshop: str
    people: list[str]
    cookies: list[str]
    database: str

    @property
    def address(self) -> str:
        """Where one answers."""
        return f"{self.running.address}/w/{self.slug}/respond/"

    def sql(self, query: str, *values: object) -> list[Any]:
        """Ask the database directly, as nobody in the browser does."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def answers(self) -> dict[str, int]:
        """Return what the database has, by the words of the statement."""
        rows = self.sql(
            "SELECT w.text, r.value FROM statements_response r"
            " JOIN statements_round o ON o.id = r.round_id"
            " JOIN statements_wording w ON w.id = o.wording_id WHERE r.workshop_id = %s",
            self.workshop,
        )
        assert len(rows) == len(dict(rows))
        return dict(rows)

    def do(self, code: str) -> None:
        """Let the team do something: `owner`, `there` and `rounds` are at hand."""
        self.running.manage(
            "shell", "--no-imports", "-c",
            "from apps.participants.models import Participant\n"
            "from apps.statements.models import Round\n"
            "from apps.statements.services import close_rounds, open_rounds, put_statement\n"
            f"owner = Participant.objects.get(workshop={self.workshop!r}, role='owner')\n"
            "there = owner.workshop\n"
            f"rounds = Round.objects.filter(workshop=there)\n{code}\nprint('done')",
        )  # fmt: skip

    def close(self, text: str) -> None:
        """Close the round of a statement."""
        self.do(f"close_rounds(actor=owner, rounds=rounds.filter(wording__text={text!r}))")

    def be(self, context: BrowserContext, person: int = 0) -> None:
        """Let the browser be somebody's: one of the two people, or the owner's (2)."""
        cookie = {"name": "sessionid", "value": self.cookies[person], "url": self.running.address}
        context.add_cookies([cookie])


class Phone:
    """What somebody does with the page, and what they see of it."""

    def __init__(self, page: Page, place: Place) -> None:
        self.page = page
        self.place = place

    def open(self) -> "Phone":
        """Open the page; returns once its script is at work."""
        self.page.goto(self.place.address)
        self.ready()
        return self

    def ready(self) -> None:
        """Wait until the script is at work: without, there are no keys."""
        expect(self.page.locator("[data-part=keys]")).not_to_have_attribute("hidden", "")

    @property
    def heading(self) -> Any:
        """What is asked, or said at the end."""
        return self.page.get_by_role("heading", level=1)

    def sees(self, *, other_than: str = "") -> str:
        """Return the statement on the screen, once it is another than the one given."""
        if other_than:
            expect(self.heading).not_to_have_text(other_than)
        return str(self.heading.inner_text())

    def awake(self) -> None:
        """Wait until answers are taken again: not at once, for a finger may slip."""
        expect(self.page.locator("[data-part=answers]")).not_to_have_attribute("inert", "")

    def give(self, answer: str) -> str:
        """Tap an answer; returns to which statement, once the next is there."""
        text = self.sees()
        self.page.get_by_role("button", name=answer, exact=True).click()
        expect(self.heading).not_to_have_text(text)
        return text

    def is_sent(self) -> None:
        """Hold that all is saved."""
        expect(self.state).to_have_text("Saved")

    @property
    def state(self) -> Any:
        """How far what was answered is, in words."""
        return self.page.locator("[data-part=state]")


@pytest.fixture(scope="session")
def places(running: Running) -> dict[str, Iterator[Place]]:
    """Rooms for as many tests, by the rule that holds in them."""
    database = running.manage(
        "shell", "--no-imports", "-c",
        "from django.conf import settings; print(settings.DATABASE_URL)",
    ).strip()  # fmt: skip
    made = json.loads(running.manage("shell", "--no-imports", "-c", MAKE))
    return {
        rule: iter([Place(running, database=database, **each) for each in rooms])
        for rule, rooms in made.items()
    }


@pytest.fixture
def rule() -> str:
    """The rule that holds where the test asks."""
    return "chatham_house"


@pytest.fixture
def place(places: dict[str, Iterator[Place]], rule: str) -> Place:
    """A room of the test's own."""
    return next(places[rule])


@pytest.fixture
def new_phone(browser: Browser, place: Place) -> Callable[..., Phone]:
    """Return a function that gives the browser of somebody in the room."""

    def made(person: int = 0, **settings: Any) -> Phone:
        context = browser.new_context(
            **{
                "viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce",
                "service_workers": "block", **settings,
            }
        )  # fmt: skip
        place.be(context, person)
        return Phone(context.new_page(), place)

    return made


@pytest.fixture
def phone(new_phone: Callable[..., Phone]) -> Phone:
    """The phone of the first person, on the page."""
    return new_phone().open()
