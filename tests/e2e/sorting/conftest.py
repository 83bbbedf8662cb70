"""Workshops whose notes wait to be sorted, each of a test's own, and two of their team."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.capturing.conftest import SIGNED_IN
from tests.e2e.conftest import Running

# Other tests may be at work beside these.
expect.set_options(timeout=15_000)

PLACES = 16
TITLES = (
    "Access", "Budgets", "Consistency", "Doctrine", "Evidence", "Funding", "Governance", "History",
)  # fmt: skip
MAKE = f"""{SIGNED_IN}
found = []
for number in range({PLACES}):
    there, team, sessions = workshop(number)
    there.phase = "synthesis"
    there.save()
    Theme.objects.filter(workshop=there).delete()
    for order, title in enumerate({TITLES!r}):
        Theme.objects.create(workshop=there, title=title, order=order)
    for sequence in range(1, 51 if number == 0 else 7):
        Note.objects.create(workshop=there, session=sessions[0], sequence=sequence,
                            text=f"Note {{sequence}} speaks of 𝛼 and of budgets.")
    found.append({{
        "slug": there.slug,
        "browsers": [[signed_in(each) for _ in range(3)] for each in users],
    }})
print(json.dumps(found))
"""


class Place:
    """A workshop with eight themes, and notes that are filed nowhere."""

    def __init__(self, address: str, slug: str, browsers: list[list[str]]) -> None:
        self.address, self.browsers = address, browsers
        self.themes = f"{address}/w/{slug}/themes/"

    def sign_in(self, context: BrowserContext, person: int = 0) -> None:
        """Let the browser be somebody's, as after signing in."""
        key = self.browsers[person].pop()
        context.add_cookies([{"name": "sessionid", "value": key, "url": self.address}])


@pytest.fixture(scope="session")
def sorting_places(running: Running) -> list[Place]:
    """Workshops for as many tests; in the first there are fifty notes."""
    made = running.manage("shell", "--no-imports", "-c", MAKE)
    return [Place(running.address, **each) for each in json.loads(made)]


@pytest.fixture(scope="session")
def _small(sorting_places: list[Place]) -> Iterator[Place]:
    return iter(sorting_places[1:])


@pytest.fixture
def place(_small: Iterator[Place]) -> Place:
    """A workshop of the test's own."""
    return next(_small)


@pytest.fixture
def browse(browser: Browser) -> Callable[..., Page]:
    """Return a function that opens the outline or the board, as one of two facilitators."""

    def open_page(place: Place, what: str = "", person: int = 0, **looks: Any) -> Page:
        looks = {
            "viewport": {"width": 1360, "height": 900}, "service_workers": "block",
            "reduced_motion": "reduce", **looks,
        }  # fmt: skip
        context = browser.new_context(**looks)
        place.sign_in(context, person)
        page = context.new_page()
        page.goto(f"{place.themes}{what}")
        page.wait_for_function("document.querySelector('[data-chooser]:not([hidden])') !== null")
        return page

    return open_page


def notes_in(page: Page, title: str) -> list[str]:
    """Return the notes of a column of the board, by their first two words."""
    column = page.get_by_role("region", name=title)
    texts = column.locator("li .note-text").all_inner_texts()
    return [" ".join(text.split()[:2]) for text in texts]


def done(page: Page, words: str) -> None:
    """Wait until the page says that something was done."""
    expect(page.locator("#sorting-done")).to_contain_text(words)
