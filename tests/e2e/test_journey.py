"""The journey: from notes to a memo, with a rapporteur's browser and a participant's phone."""

import io
import re

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Running

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NOTES = [
    "Ports matter more than patrols, said from the coast",
    "Who keeps the keys once the trainers have gone home",
    "First the ledger, then the lorries",
]
CLAIM = "Whether harbours or patrols should come first"
POSITIONS = {
    "Harbours first": "Whoever holds the quay decides what lands.",
    "Patrols first": "A quay without a patrol is somebody else’s quay.",
}
COMMENT = "The customs officers’ view is missing here"


def signed_in(browser: Browser, running: Running) -> Page:
    """Return a page of the example's facilitator, signed in by a link."""
    page = browser.new_context(viewport={"width": 1360, "height": 900}).new_page()
    page.goto(running.link_for("facilitator@example.org"))
    page.get_by_role("button", name="Sign in as").click()
    page.get_by_role("link", name="Approaching and evaluating").click()
    return page


def navigate(page: Page, entry: str) -> None:
    """Follow an entry of the workshop's navigation."""
    page.get_by_role("navigation", name="Workshop").get_by_role("link", name=entry).click()


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF on one line, with words that were hyphenated put together."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).replace("\xad\r\n", "").replace("\ufffe", "").split())


def test_the_printed_links_lead_in_and_the_first_works_once(browser: Browser, running: Running):
    page = browser.new_context().new_page()
    page.goto(running.sign_in_link)
    page.get_by_role("button", name="Sign in as").click()
    expect(page.get_by_role("link", name="Approaching and evaluating")).to_be_visible()
    page.context.clear_cookies()
    page.goto(running.sign_in_link)
    expect(page.get_by_role("button", name="Sign in as")).to_have_count(0)
    phone = browser.new_context(**PHONE).new_page()
    phone.goto(running.join_link)
    expect(phone.get_by_role("button", name="Join")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_notes_are_captured_one_after_another(browser: Browser, running: Running, scripts: bool):
    page = signed_in(browser, running)
    if not scripts:
        state = page.context.storage_state()
        address = page.url
        page = browser.new_context(java_script_enabled=False, storage_state=state).new_page()
        page.goto(address)
    navigate(page, "Capture")
    for number in range(3):
        note = f"Said {number} {'with' if scripts else 'without'} scripts"
        field = page.get_by_role("textbox", name="Note")
        field.fill(note)
        field.press("Enter") if scripts else page.get_by_role("button", name="Save").click()
        expect(page.get_by_text(note, exact=True)).to_be_visible()
        if scripts:
            expect(field).to_be_focused()
            expect(field).to_have_value("")


def test_from_notes_to_a_memo(browser: Browser, running: Running):
    page = signed_in(browser, running)

    navigate(page, "Capture")
    for note in NOTES:
        field = page.get_by_role("textbox", name="Note")
        field.fill(note)
        field.press("Enter")
        expect(page.get_by_text(note, exact=True)).to_be_visible()
    expect(page.get_by_text("All saved")).to_be_visible()

    navigate(page, "Themes")
    unfiled = page.get_by_role("region", name="Unfiled notes").get_by_role("listitem")
    unfiled.filter(has_text=NOTES[0]).get_by_role("checkbox").check()
    themes = page.locator("#file-theme")
    # Indented by where it stands in the outline.
    influence = themes.get_by_role("option", name="Influence")
    themes.select_option(value=influence.get_attribute("value"))
    page.get_by_role("button", name="File", exact=True).click()
    expect(unfiled.filter(has_text=NOTES[0])).to_have_count(0)
    expect(unfiled.filter(has_text=NOTES[1])).to_have_count(1)

    page.get_by_role("link", name="Influence", exact=True).click()
    page.get_by_role("link", name=re.compile(r"^Show all \d+ notes$")).click()
    expect(page.get_by_text(NOTES[0])).to_be_visible()
    page.get_by_role("link", name="Add an annotation").click()
    page.get_by_label("Kind").select_option(label="Divergence")
    page.get_by_label("Claim").fill(CLAIM)
    labels = page.get_by_label("Short name")
    texts = page.get_by_label("What it holds", exact=True)
    for place, (label, text) in enumerate(POSITIONS.items()):
        labels.nth(place).fill(label)
        texts.nth(place).fill(text)
    page.get_by_role("button", name="Save").click()
    card = page.get_by_role("article").filter(has_text=CLAIM)
    for label in POSITIONS:
        expect(card.get_by_role("heading", name=label)).to_be_visible()
    theme = page.url.split("#")[0]

    phone = browser.new_context(**PHONE).new_page()
    phone.goto(running.join_link)
    phone.get_by_label("Practitioner").check()
    phone.get_by_role("button", name="Join").click()
    phone.goto(theme)
    expect(phone.get_by_text(NOTES[0])).to_have_count(0)
    phone.get_by_role("textbox", name="Your comment").fill(COMMENT)
    phone.get_by_role("button", name="Comment", exact=True).click()
    expect(phone.get_by_text(COMMENT)).to_be_visible()

    page.reload()
    comment = page.get_by_role("listitem").filter(has_text=COMMENT)
    expect(comment).to_contain_text("A practitioner")

    navigate(page, "Memo")
    page.get_by_role("button", name="Make PDF").click()
    ready = page.get_by_role("link", name="Download").first
    expect(ready).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        ready.click()
    pdf = download.value.path().read_bytes()
    text = text_of(pdf)
    for sentence in [*NOTES, *POSITIONS, *POSITIONS.values(), COMMENT]:
        assert sentence in text
    assert "harbours or patrols should come first" in text
    assert "This workshop is an illustration" in text or "illustration" in text
    assert pdf.startswith(b"%PDF-")
