"""Findings are written, and given what they rest on, without a mouse and with one."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.annotating.conftest import Place


def reach(page: Page, name: str, *, role: str = "", times: int = 120) -> None:
    """Press Tab until what is called `name` has the focus."""
    for _ in range(times):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
              const e = document.activeElement;
              const label = e.labels?.[0]?.textContent ?? e.getAttribute("aria-label") ?? "";
              const said = (label || e.textContent).trim().replace(/\\s+/g, " ");
              return [said, e.tagName.toLowerCase()];
            }"""
        )
        if here[0].startswith(name) and role in {"", here[1]}:
            return
    raise AssertionError(f"Tab doesn't lead to {name}")


def test_a_divergence_is_written_and_given_evidence_by_keyboard_alone(
    browse: Callable[..., Page], place: Place
):
    page = browse()
    reach(page, "Add an annotation")
    page.keyboard.press("Enter")
    page.wait_for_url("**/annotations/new/**")
    reach(page, "Kind")
    page.keyboard.type("Divergence")
    reach(page, "Claim")
    page.keyboard.type("Whether training must be paid for")
    for label, text in (("Payable", "Who trains is paid"), ("Free", "Training is given")):
        reach(page, "Short name")
        page.keyboard.type(label)
        reach(page, "What it holds")
        page.keyboard.type(text)
    page.keyboard.press("Shift+Tab")
    reach(page, "Save", role="button")
    page.keyboard.press("Enter")
    card = page.locator(".annotation", has_text="Whether training must be paid for")
    expect(card.locator(".position")).to_have_count(2)

    reach(page, "Attach notes for: Whether training must be paid for")
    page.keyboard.press("Enter")
    page.wait_for_url("**/choose/")
    reach(page, "To")
    page.keyboard.type("Free")
    reach(page, "Supports")
    page.keyboard.press("o")
    expect(page.get_by_role("status").first).to_contain_text("Note 1 against: Free")
    first = page.locator(".choosable").first
    expect(first.get_by_role("button", name="Opposes")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("s")
    expect(page.get_by_role("status").first).to_contain_text("Note 2 supports: Free")
    page.goto(place.theme_page)
    free = card.locator(".position", has_text="Training is given")
    expect(free).to_contain_text("1 note supports it, 1 is against it")


def test_a_note_is_dragged_onto_a_position(browse: Callable[..., Page]):
    page = browse()
    note = page.locator("#theme-notes .note", has_text="Nobody can name")
    side = page.locator(".position", has_text="A stock to build up")
    handle = note.locator("time")
    handle.hover()
    expect(handle).to_have_attribute("draggable", "true")
    box = handle.bounding_box()
    assert box
    page.mouse.down()
    # What is dragged is what lay under the first move, before the page was scrolled.
    page.mouse.move(box["x"] + 2, box["y"] + 2, steps=4)
    side.hover()
    side.hover()
    zone = side.locator("[data-stance=against]")
    zone.hover()
    zone.hover()
    page.mouse.up()
    expect(side).to_contain_text("1 note is against it")
    expect(page.locator(".drop-zones")).to_have_count(0)


def test_two_who_edit_one_finding_both_see_both_texts(browse: Callable[..., Page], place: Place):
    mine, theirs = browse(), browse(person=1)
    for page in (mine, theirs):
        page.goto(place.url(f"annotations/{place.divergence}/edit/"))
    theirs.get_by_label("Claim").fill("Whether influence is a goal")
    theirs.get_by_role("button", name="Save", exact=True).last.click()
    expect(theirs.get_by_role("heading", name="Whether influence is a goal")).to_be_visible()
    mine.get_by_label("Claim").fill("Whether influence is a tool")
    mine.get_by_role("button", name="Save", exact=True).last.click()
    expect(mine.get_by_role("alert")).to_contain_text("Someone else changed this meanwhile")
    expect(mine.get_by_role("heading", name="Whether influence is a goal")).to_be_visible()
    expect(mine.get_by_label("Claim")).to_have_value("Whether influence is a tool")
    mine.get_by_role("button", name="Save my text").click()
    expect(mine.get_by_role("heading", name="Whether influence is a tool")).to_be_visible()


def test_advice_comes_while_somebody_types_and_goes_again(
    browse: Callable[..., Page], place: Place
):
    page = browse()
    page.goto(place.url(f"annotations/new/{place.theme}/"))
    page.get_by_label("Claim").press_sequentially("Partners admitted it; most people knew")
    advice = page.locator("#wording")
    expect(advice).to_contain_text("Two ideas?")
    expect(advice).to_contain_text("“admitted” takes a side")
    expect(advice).to_contain_text("nobody counted")
    expect(page.get_by_label("Claim")).to_be_focused()
    expect(page.get_by_label("Claim")).to_have_value("Partners admitted it; most people knew")
    page.get_by_label("Claim").fill("Ruth Okafor knew")
    expect(advice).to_contain_text("“Ruth Okafor” is somebody here")
    page.get_by_label("Claim").fill("Partners knew")
    expect(advice.locator("li")).to_have_count(0)


def test_a_definition_becomes_a_sense_in_one_click(browse: Callable[..., Page], place: Place):
    page = browse()
    page.goto(place.url("terms/"))
    page.get_by_role("button", name="Add as a sense").click()
    expect(page.locator(".sense", has_text="a stock to build up and hold")).to_be_visible()
    expect(page.get_by_role("button", name="Add as a sense")).to_have_count(0)
