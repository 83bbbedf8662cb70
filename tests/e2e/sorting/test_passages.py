"""Marking a passage in a note, by keyboard and beyond the first plane of Unicode."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.sorting.conftest import Place, done


def test_a_passage_is_marked_with_shift_and_arrows_and_filed(
    browse: Callable[..., Page], place: Place
):
    page = browse(place)
    page.keyboard.press("j")
    page.keyboard.press("p")
    note = page.get_by_label("The note")
    note.focus()
    page.keyboard.press("Control+End")
    for _ in range(len("and of budgets.")):
        page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_label("The passage")).to_have_value("and of budgets.")
    # One before the words is outside the first plane: browsers count it as two, the server as one.
    expect(page.locator("[name=start]")).to_have_value(str(len("Note 1 speaks of 𝛼 ")))
    page.get_by_label("File under").select_option(label="Budgets")
    page.get_by_role("button", name="File the passage").click()
    done_there = page.get_by_text("Filed a passage of note 1 under “Budgets”.")
    expect(done_there).to_be_visible()
    page.goto(f"{place.themes}board/")
    expect(page.get_by_role("region", name="Budgets").locator("li")).to_have_count(1)
    page.get_by_role("link", name="Budgets", exact=True).click()
    expect(page.locator("mark")).to_have_text("and of budgets.")
    page.get_by_role("button", name="Take off “and of budgets.”").click()
    expect(page.get_by_text("Took a passage of note 1 off “Budgets”.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    done(page, "Undone")
