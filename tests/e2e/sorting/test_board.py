"""The board: what dragging does, the keyboard and the buttons do as well."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.sorting.conftest import Place, done, notes_in


def drag(page: Page, text: str, to: str, *, key: str = "") -> None:
    """Drag a note into a column, with a key held down."""
    card = page.locator("li", has_text=text).first.bounding_box()
    goal = page.get_by_role("region", name=to).get_by_role("list").bounding_box()
    assert card
    assert goal
    page.mouse.move(card["x"] + 120, card["y"] + 12)
    page.mouse.down()
    page.mouse.move(card["x"] + 150, card["y"] + 30, steps=4)
    if key:
        page.keyboard.down(key)
    page.mouse.move(goal["x"] + 60, goal["y"] + 20, steps=12)
    page.mouse.up()
    if key:
        page.keyboard.up(key)


def by_mouse(page: Page) -> None:
    drag(page, "Note 2 ", "Access")


def by_arrow(page: Page) -> None:
    page.locator("li", has_text="Note 2 ").get_by_role("checkbox").focus()
    page.keyboard.press("Alt+ArrowRight")


def by_chooser(page: Page) -> None:
    page.locator("li", has_text="Note 2 ").get_by_role("checkbox").focus()
    page.keyboard.press("m")
    page.keyboard.type("acc")
    page.keyboard.press("Enter")


def by_button(page: Page) -> None:
    page.locator("li", has_text="Note 2 ").get_by_role("checkbox").check()
    page.get_by_label("Theme", exact=True).select_option(label="Access")
    page.get_by_role("button", name="Move", exact=True).click()


@pytest.mark.parametrize("way", [by_mouse, by_arrow, by_chooser, by_button])
def test_every_way_moves_a_note_and_says_the_same(
    browse: Callable[..., Page], place: Place, way: Callable[[Page], None]
):
    page = browse(place, "board/")
    way(page)
    done(page, "Filed 1 note under “Access”")
    expect(page.get_by_role("region", name="Access").locator("li")).to_have_count(1)
    assert notes_in(page, "Access") == ["Note 2"]
    assert "Note 2" not in notes_in(page, "Unfiled")
    page.get_by_role("button", name="Undo").click()
    done(page, "Undone")
    expect(page.get_by_role("region", name="Access").locator("li")).to_have_count(0)
    expect(page.get_by_role("region", name="Unfiled").locator("li")).to_have_count(6)


def test_a_note_is_moved_on_kept_in_both_and_taken_off(browse: Callable[..., Page], place: Place):
    page = browse(place, "board/")
    drag(page, "Note 1 ", "Access")
    done(page, "Filed 1 note under “Access”")
    expect(page.get_by_role("region", name="Access").locator("li")).to_have_count(1)
    page.get_by_role("region", name="Access").get_by_role("checkbox").focus()
    page.keyboard.press("m")
    page.keyboard.type("bud")
    page.keyboard.press("Shift+Enter")
    done(page, "Filed 1 note under “Budgets”")
    expect(page.get_by_role("region", name="Budgets").locator("li")).to_have_count(1)
    assert notes_in(page, "Access") == notes_in(page, "Budgets") == ["Note 1"]
    drag(page, "Note 1 ", "Unfiled")
    done(page, "Took 1 note off “Access”")
    expect(page.get_by_role("region", name="Access").locator("li")).to_have_count(0)
    assert notes_in(page, "Budgets") == ["Note 1"]
    assert "Note 1" not in notes_in(page, "Unfiled")


def test_without_scripts_the_form_moves_notes_and_undoes_it(browser, place: Place):
    context = browser.new_context(java_script_enabled=False)
    place.sign_in(context)
    page = context.new_page()
    page.goto(f"{place.themes}board/")
    page.locator("li", has_text="Note 1 ").get_by_role("checkbox").check()
    page.get_by_label("Theme", exact=True).select_option(label="Access")
    page.get_by_role("button", name="Move", exact=True).click()
    done(page, "Filed 1 note under “Access”")
    assert notes_in(page, "Access") == ["Note 1"]
    page.get_by_role("button", name="Undo").click()
    done(page, "Undone")
    assert notes_in(page, "Access") == []


def test_two_see_what_the_other_does_and_nothing_goes_from_under_their_hands(
    browse: Callable[..., Page], place: Place
):
    one, other = browse(place, "board/"), browse(place, "board/", 1)
    held = other.locator("li", has_text="Note 3 ").get_by_role("checkbox")
    held.check()
    drag(one, "Note 2 ", "Access")
    done(one, "Filed 1 note")
    drag(one, "Note 3 ", "Access")
    expect(other.get_by_role("region", name="Access").locator("li")).to_have_count(2)
    expect(held.first).to_be_checked()
    expect(held.first).to_be_focused()
    assert "Note 2" not in notes_in(other, "Unfiled")
    other.keyboard.press("m")
    other.keyboard.type("bud")
    other.keyboard.press("Enter")
    expect(one.get_by_role("region", name="Budgets").locator("li")).to_have_count(1)
    assert notes_in(one, "Access") == ["Note 2", "Note 3"]
