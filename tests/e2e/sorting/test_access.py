"""The outline, the board and what opens over them meet WCAG 2.2 AA, wide and narrow."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e.capturing.test_access import LOOKS
from tests.e2e.sorting.conftest import Place, done
from tests.e2e.test_access import findings, sideways


def states(page: Page, place: Place) -> Iterator[str]:
    """Bring the pages into one state after another; yields what each is called."""
    yield "outline"
    page.locator("#unfiled-list input").first.check()
    page.keyboard.press("m")
    yield "chooser"
    page.keyboard.type("acc")
    page.keyboard.press("Enter")
    done(page, "Filed 1 note")
    yield "done"
    page.get_by_role("link", name="File a passage of").first.click()
    page.get_by_label("The passage").fill("speaks of")
    page.get_by_label("File under").select_option(label="Access")
    page.get_by_role("button", name="File the passage").click()
    yield "a passage"
    page.goto(f"{place.themes}?arrange=1")
    yield "arranging"
    page.goto(f"{place.themes}board/")
    page.locator("#notes-unfiled input").first.check()
    yield "board"
    page.goto(f"{place.themes}rearrangements/")
    yield "rearranged"
    page.goto(place.themes)
    page.get_by_role("link", name="Access", exact=True).click()
    yield "theme with a passage"
    page.get_by_role("link", name="Edit theme").click()
    page.get_by_text("Merge into another theme").click()
    page.get_by_text("Delete this theme").click()
    yield "merging"
    page.get_by_role("link", name="Split off a new theme").click()
    yield "splitting"


@pytest.mark.parametrize("look", LOOKS)
def test_every_state(browse: Callable[..., Page], place: Place, look: str):
    page = browse(place, **LOOKS[look])
    objections = {
        state: problems
        for state in states(page, place)
        if (problems := [*findings(page), *sideways(page)])
    }
    assert not objections
