"""Pages on which findings are written meet WCAG 2.2 AA in each state, wide and narrow."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.annotating.conftest import Place
from tests.e2e.test_access import findings, sideways

LOOKS = {
    "wide": {"color_scheme": "light", "viewport": {"width": 1360, "height": 900}},
    "narrow": {"color_scheme": "dark", "viewport": {"width": 320, "height": 700}},
}


def states(page: Page, place: Place) -> Iterator[str]:
    """Bring the pages into one state after another; yields what each is called."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.get_by_role("link", name="Relate it to something").first.click()
    expect(page.get_by_role("button", name="Relate", exact=True)).to_be_visible()
    yield "the theme, with all open"
    page.goto(place.url(f"annotations/{place.divergence}/choose/"))
    page.get_by_role("button", name="Opposes").first.click()
    expect(page.get_by_role("button", name="Opposes", pressed=True)).to_be_visible()
    yield "the notes, one chosen"
    page.goto(place.url(f"annotations/{place.divergence}/edit/"))
    page.get_by_label("Claim").fill("Partners admitted it; most people knew")
    expect(page.locator("#wording")).to_contain_text("takes a side")
    yield "the form, with advice"
    page.goto(place.url("terms/"))
    page.locator("details:not([open]) > summary").first.click()
    yield "the terms"


@pytest.mark.parametrize("look", LOOKS)
def test_every_state(browse: Callable[..., Page], place: Place, look: str):
    page = browse(reduced_motion="reduce", **LOOKS[look])
    objections = {
        state: problems
        for state in states(page, place)
        if (problems := [*findings(page), *sideways(page)])
    }
    assert objections == {}


def test_positions_stand_under_each_other_on_a_phone(browse: Callable[..., Page]):
    page = browse(viewport={"width": 390, "height": 800})
    one, other = (each.bounding_box() for each in page.locator(".position").all())
    assert one
    assert other
    assert one["x"] == other["x"]
    assert one["y"] + one["height"] <= other["y"]
