"""The page where notes are taken meets WCAG 2.2 AA in each of its states, wide and narrow."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.capturing.test_composer import box, row, saved, say
from tests.e2e.test_access import findings, sideways

LOOKS = {
    "wide": {"color_scheme": "light", "viewport": {"width": 1360, "height": 900}},
    "narrow": {"color_scheme": "dark", "viewport": {"width": 320, "height": 700}},
    "forced colours": {"forced_colors": "active", "viewport": {"width": 1360, "height": 900}},
}


def states(page: Page) -> Iterator[str]:
    """Bring the page into one state after another; yields what each is called."""
    yield "empty"
    for line in ("? who decides #legit", "- not in wartime %schol", "“We ask.”", "s/ask/beg/"):
        say(page, line)
    saved(page)
    yield "busy"
    page.keyboard.type("+ also for bases #inf")
    yield "completion"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("@kowalski")
    yield "preview"
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("ArrowUp")
    yield "editing"
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    yield "palette"
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    say(page, "kept here")
    expect(row(page, "kept here")).to_contain_text("waiting")
    yield "offline"
    page.context.set_offline(False)
    saved(page)
    say(page, "/off")
    say(page, "a secret")
    yield "off the record"
    box(page).fill("/on")
    box(page).press("Enter")
    page.get_by_role("link", name="The whole day").click()
    yield "the whole day"


@pytest.mark.parametrize("look", LOOKS)
def test_every_state(browse: Callable[..., Page], look: str):
    page = browse(reduced_motion="reduce", **LOOKS[look])
    objections = {
        state: problems
        for state in states(page)
        if (problems := [*findings(page), *sideways(page)])
    }
    assert objections == {}


def test_a_conflict(browse: Callable[..., Page]):
    mine, theirs = browse(), browse(person=1)
    say(mine, "nobody pays")
    saved(mine)
    mine.context.set_offline(True)
    say(mine, "s/nobody/nearly nobody/")
    row(theirs, "nobody pays").get_by_role("link", name="Edit").click()
    theirs.get_by_role("textbox", name="Edit the note").fill("few pay")
    theirs.get_by_role("button", name="Save the change").click()
    expect(row(theirs, "few pay")).to_be_visible()
    mine.context.set_offline(False)
    expect(mine.get_by_role("button", name="Keep theirs")).to_be_visible()
    assert findings(mine) == []
