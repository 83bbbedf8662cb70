"""The journey: from notes to a memo, with a facilitator's browser and a participant's phone."""

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Running

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NOTES = [
    "Ports matter more than patrols, someone from the coast said",
    "who keeps the keys once the trainers have gone home?",
    "Ledger first, then the lorries; emoji for the minutes 🚢",
]
LABELS = ["Ports first", "Patrols first"]


@pytest.fixture
def page(browser: Browser, running: Running) -> Page:
    """A rapporteur's browser, signed in by a link."""
    page = browser.new_context(viewport={"width": 1360, "height": 900}).new_page()
    page.goto(running.link_for("rapporteur@example.org"))
    page.get_by_role("button", name="Sign in as").click()
    return page


def test_the_printed_links_lead_in(browser: Browser, running: Running) -> None:
    page = browser.new_context().new_page()
    page.goto(running.sign_in_link)
    page.get_by_role("button", name="Sign in as").click()
    expect(page.get_by_role("link", name="Approaching and evaluating")).to_be_visible()
    page.goto(running.sign_in_link)
    expect(page.get_by_role("button", name="Sign in as")).to_have_count(0)
    phone = browser.new_context(**PHONE).new_page()
    phone.goto(running.join_link)
    expect(phone.get_by_role("button", name="Join")).to_be_visible()
