"""Who said a note: chosen as notes are taken, never carried over, and told for a reason."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Running

MAKE = """
from django.utils import timezone
from apps.accounts.models import User
from apps.participants.models import Participant
from apps.workshops.models import Session, Workshop
today = timezone.localdate()
there = Workshop.objects.create(
    slug="in-confidence", title="In confidence", starts_on=today, ends_on=today,
    keep_speakers=True, phase="live",
)
user = User.objects.get(email="facilitator@example.org")
Participant.objects.create(workshop=there, user=user, role="owner", display_name="Olu Abe")
for name in ("Ana Ruiz", "Bo Li"):
    Participant.objects.create(workshop=there, display_name=name)
Session.objects.create(workshop=there, title="Morning")
"""


@pytest.fixture(scope="module")
def address(running: Running) -> str:
    """The page on which notes of a workshop that keeps speakers are taken."""
    running.manage("shell", "--no-imports", "-c", MAKE)
    return f"{running.address}/w/in-confidence/capture/"


@pytest.fixture
def page(browser: Browser, running: Running, address: str) -> Page:
    """The owner, where notes are taken."""
    page = browser.new_context(viewport={"width": 1360, "height": 900}).new_page()
    page.goto(running.link_for("facilitator@example.org"))
    page.get_by_role("button", name="Sign in as").click()
    page.goto(address)
    return page


def say(page: Page, words: str, speaker: str) -> None:
    page.get_by_role("textbox", name="New note").fill(f"{words} @{speaker}")
    page.get_by_role("textbox", name="New note").press("Enter")


def test_the_next_note_is_somebody_elses(page: Page):
    say(page, "What Ana said", "ana")
    row = page.get_by_role("listitem").filter(has_text="What Ana said")
    expect(row.get_by_role("link", name="Who said this?")).to_be_visible()
    page.get_by_role("textbox", name="New note").fill("What somebody said")
    page.get_by_role("textbox", name="New note").press("Enter")
    row = page.get_by_role("listitem").filter(has_text="What somebody said")
    expect(row.get_by_role("link", name="Edit")).to_be_visible()
    expect(row.get_by_role("link", name="Who said this?")).to_have_count(0)
    # What isn't taken stays in the box, with its speaker.
    say(page, "x" * 10_001, "bo-li")
    expect(page.get_by_text("at most 10,000 characters")).to_be_visible()
    assert page.get_by_role("textbox", name="New note").input_value().endswith("@bo-li")


def test_the_name_is_shown_once_and_for_a_reason(page: Page):
    say(page, "What Bo said", "Bo Li")
    row = page.get_by_role("listitem").filter(has_text="What Bo said")
    row.get_by_role("link", name="Who said this?").click()
    main = page.get_by_role("main")
    expect(main).not_to_contain_text("Bo Li")
    page.get_by_label("Why do you ask?").fill("To ask for the figures.")
    page.get_by_role("button", name="Show the name").click()
    expect(main).to_contain_text("Bo Li")
    page.get_by_role("link", name="Back to the notes").click()
    expect(page.get_by_text("What Bo said", exact=True)).to_be_visible()
    expect(main.get_by_role("listitem").filter(has_text="Bo Li")).to_have_count(0)
