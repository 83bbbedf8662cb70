"""A workshop with a theme, notes and findings, for each test its own, and two who write them."""

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

PLACES = 10
MAKE = f"""{SIGNED_IN}
from apps.agendas.services import make_link
from apps.annotations.models import Annotation, Position, Sense, Term
from apps.notes.models import NoteCounter
from apps.themes.models import Filing

def annotated(number):
    there, team, sessions = workshop(number)
    Workshop.objects.filter(pk=there.pk).update(phase="synthesis")
    there.refresh_from_db()
    theme = Theme.objects.get(workshop=there, title="Influence")
    said = ["Training buys influence where it is wanted", "Nobody can name what it buys",
            "influence = a stock to build up and hold", "Standing in the capital has its own value"]
    for sequence, text in enumerate(said, start=1):
        mark = "definition" if " = " in text else "remark"
        note = Note.objects.create(
            workshop=there, session=sessions[0], sequence=sequence, change=sequence, mark=mark,
            text=text, recorded_by=team[1])
        Filing.objects.create(workshop=there, theme=theme, note=note)
    NoteCounter.objects.update_or_create(
        workshop=there, defaults={{"last": len(said), "changes": len(said)}})
    divergence = Annotation.objects.create(
        workshop=there, theme=theme, kind="divergence", about="terms", order=1,
        claim="Whether influence is a means or an end", basis="sense_of_room")
    sides = [Position.objects.create(
        workshop=there, annotation=divergence, order=order, label=label, text=text,
        polarity=polarity, quantifier="some", reasons_for="It can be named",
    ) for order, (label, text, polarity) in enumerate((
        ("A means", "Something a partner does to reach a stated objective", "for"),
        ("An end", "A stock to build up and hold, whatever it is used for", "against")))]
    Position.objects.filter(pk=sides[1].pk).update(answers=sides[0], minority=True)
    consensus = Annotation.objects.create(
        workshop=there, theme=theme, kind="consensus", strength="general", basis="count", order=2,
        claim="Most participants want influence measured", counted=15, counted_of=27,
        modality="should", scope_conditions="in peacetime", certainty="doubtful")
    make_link(actor=team[0], kind="depends_on", source=consensus, target=divergence,
              phrase="relatedly")
    term = Term.objects.create(workshop=there, name="influence", annotation=divergence)
    scholars = Group.objects.get(workshop=there, singular="scholar")
    for order, text in enumerate(("what a partner does", "what a partner has")):
        sense = Sense.objects.create(workshop=there, term=term, text=text, order=order)
        sense.holders.add(scholars)
    return there, theme, divergence

found = []
for number in range({PLACES}):
    there, theme, divergence = annotated(number)
    found.append({{
        "slug": there.slug, "theme": str(theme.pk), "divergence": str(divergence.pk),
        "browsers": [[signed_in(each) for _ in range(3)] for each in users],
    }})
print(json.dumps(found))
"""


@dataclass
class Place:
    """A workshop with a theme on which something was found."""

    address: str
    slug: str
    theme: str
    divergence: str
    # What browsers of the two facilitators are known by.
    browsers: list[list[str]]

    def url(self, path: str = "") -> str:
        """Where a page of the workshop is."""
        return f"{self.address}/w/{self.slug}/{path}"

    @property
    def theme_page(self) -> str:
        """Where the theme is."""
        return self.url(f"themes/{self.theme}/")


@pytest.fixture(scope="session")
def annotated(running: Running) -> Iterator[Place]:
    """Workshops for as many tests."""
    made = running.manage("shell", "--no-imports", "-c", MAKE)
    return iter([Place(running.address, **each) for each in json.loads(made)])


@pytest.fixture
def place(annotated: Iterator[Place]) -> Place:
    """A workshop of the test's own."""
    return next(annotated)


@pytest.fixture
def browse(browser: Browser, place: Place) -> Callable[..., Page]:
    """Return a function that opens the page of the theme as one of two facilitators."""

    def open_page(person: int = 0, **looks: Any) -> Page:
        looks = {"viewport": {"width": 1360, "height": 900}, "service_workers": "block", **looks}
        context = browser.new_context(**looks)
        key = place.browsers[person].pop()
        context.add_cookies([{"name": "sessionid", "value": key, "url": place.address}])
        page = context.new_page()
        page.goto(place.theme_page)
        return page

    return open_page
