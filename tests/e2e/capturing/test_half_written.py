"""What is half written goes with no reload, no other tab and no move of the room."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.capturing.conftest import Place
from tests.e2e.capturing.test_composer import box, row, saved, say, shows
from tests.reliability.conftest import wait_for


def correcting(page: Page, more: str) -> None:
    """Begin to correct one's last note."""
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("textbox", name="Edit your note")).to_be_focused()
    page.keyboard.type(more)


def test_a_correction_survives_a_reload(page: Page):
    say(page, "nobody pays")
    saved(page)
    correcting(page, ", or nearly")
    page.reload()
    edit = page.get_by_role("textbox", name="Edit your note")
    expect(edit).to_have_value("nobody pays, or nearly")
    edit.press("Enter")
    shows(page, ["nobody pays, or nearly"])
    saved(page)
    page.reload()
    expect(page.get_by_role("textbox", name="Edit your note")).to_have_count(0)


def test_each_tab_keeps_its_line_and_one_that_is_gone_leaves_it_to_the_next(
    page: Page, place: Place
):
    box(page).press_sequentially("half a line")
    other = page.context.new_page()
    other.goto(place.capture(0))
    expect(other.locator("#capture-status")).to_have_text("All saved")
    expect(box(other)).to_have_value("")
    say(other, "a whole line")
    saved(other)
    page.close()
    other.reload()
    expect(box(other)).to_have_value("half a line")


def test_nobody_is_moved_in_the_middle_of_a_correction(browse: Callable[..., Page]):
    mine, theirs = browse(), browse(person=1)
    theirs.get_by_role("button", name="Next session").click()
    expect(mine.get_by_role("link", name="the room")).to_contain_text("Morning")
    say(mine, "nobody pays")
    saved(mine)
    mine.clock.install()
    correcting(mine, ", or nearly")
    theirs.get_by_role("button", name="Next session").click()

    def is_told() -> int:
        mine.clock.run_for(500)
        return mine.get_by_text("The room moved to").count()

    wait_for(is_told)
    mine.clock.run_for(10_000)
    expect(mine.get_by_role("textbox", name="Edit your note")).to_have_value(
        "nobody pays, or nearly"
    )
    mine.keyboard.press("Enter")

    def is_moved() -> bool:
        mine.clock.run_for(500)
        return "Afternoon" in mine.get_by_role("heading", level=1).inner_text()

    wait_for(is_moved)


def test_what_could_not_be_fetched_is_asked_for_again(browse: Callable[..., Page]):
    mine, theirs = browse(), browse(person=1)
    answers = iter([503, 503])

    def fail_twice(route):
        if status := next(answers, None):
            route.fulfill(status=status, body="busy")
        else:
            route.continue_()

    theirs.route(re.compile("/capture/rows"), fail_twice)
    say(mine, "seen by all")
    expect(row(theirs, "seen by all")).to_be_visible()
    assert next(answers, None) is None
