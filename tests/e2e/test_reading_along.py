"""A thought from a phone, let in beside the notes, read along by others, and redacted."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Running
from tests.e2e.test_access import (
    LOOKS,
    enter_as_facilitator,
    enter_as_participant,
    findings,
    sideways,
)

EXAMPLE = "security-partnerships"
PLACE = f"/w/{EXAMPLE}"
# Events arrive in a second; readers ask in turn, within two.
SOON = 8_000


def switch(running: Running, *, on: bool) -> None:
    running.manage(
        "shell", "-c",
        "from apps.workshops.models import Session as S;"
        f"s = S.objects.filter(workshop__slug='{EXAMPLE}').first();"
        f"s.takes_thoughts = s.has_feed = {on}; s.save()",
    )  # fmt: skip


@pytest.fixture
def opened(running: Running) -> Iterator[Running]:
    """The example, with a session that takes thoughts and has a feed."""
    switch(running, on=True)
    yield running
    switch(running, on=False)


def context(browser: Browser, width: int = 390, scheme: Any = "light") -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )


@pytest.fixture
def phone(browser: Browser, opened: Running) -> Page:
    page = context(browser).new_page()
    enter_as_participant(page, opened)
    page.get_by_role("main").get_by_role("link", name="Send a thought").click()
    return page


@pytest.fixture
def team(browser: Browser, opened: Running) -> Page:
    page = context(browser, 1360).new_page()
    enter_as_facilitator(page, opened)
    page.goto(f"{opened.address}{PLACE}/thoughts/waiting/")
    return page


def send(phone: Page, words: str) -> None:
    phone.get_by_label("Your thought").fill(words)
    phone.get_by_role("button", name="Send").click()


def test_a_thought_is_let_in_read_along_and_redacted(
    browser: Browser, opened: Running, phone: Page, team: Page
):
    reader = context(browser).new_page()
    enter_as_participant(reader, opened)
    reader.get_by_role("main").get_by_role("link", name="Read along").click()
    words = "Nobody asked the drivers"
    send(phone, words)
    expect(phone.locator("#sent")).to_contain_text(words)
    expect(team.locator("#thoughts")).to_contain_text(words, timeout=SOON)
    expect(reader.locator("#feed")).not_to_contain_text(words)
    item = team.get_by_role("listitem").filter(has_text=words)
    item.get_by_role("button", name=re.compile("^Let in ?:")).click()
    expect(team.get_by_text("Let in as note")).to_be_visible()
    expect(reader.locator("#feed")).to_contain_text(words, timeout=SOON)
    expect(reader.locator("[data-feed-live]")).to_contain_text(words)
    team.goto(f"{opened.address}{PLACE}/search/?q=drivers")
    team.get_by_role("main").get_by_role("link", name=words).first.click()
    row = team.get_by_role("listitem").filter(has_text=words)
    row.get_by_role("link", name="Edit").click()
    team.get_by_role("link", name="Redact…").click()
    reader.get_by_role("button", name="Pause").click()
    team.get_by_label("Why is it redacted?").fill("It was said in confidence")
    team.get_by_role("button", name="Redact for good").click()
    expect(team.get_by_role("main")).to_contain_text("It was said in confidence")
    # Also where somebody paused.
    expect(reader.locator("#feed")).not_to_contain_text(words, timeout=SOON)


def test_a_change_of_a_thought_is_not_taken_away_by_the_next(phone: Page, team: Page):
    send(phone, "The first of two")
    team.get_by_text("Let in with a change").first.click()
    text = team.get_by_label("The note says").first
    text.fill("The first of two, reworded")
    send(phone, "The second of two")
    expect(phone.locator("#sent")).to_contain_text("The second of two")
    button = team.get_by_role("button", name="Let in with this text").first
    button.hover()
    team.mouse.down()
    # What came meanwhile isn't put in between the finger's going down and up.
    expect(text).to_have_value("The first of two, reworded")
    team.mouse.up()
    expect(team.get_by_text("Let in as note")).to_be_visible()
    expect(team.locator("#thoughts")).to_contain_text("The second of two", timeout=SOON)
    expect(team.locator("#thoughts")).not_to_contain_text("The first of two")
    phone.get_by_role("button", name="Take back").first.click()


def test_a_thought_half_written_survives_a_reload(phone: Page):
    phone.get_by_label("Your thought").press_sequentially("Half a thou")
    phone.reload()
    expect(phone.get_by_label("Your thought")).to_have_value("Half a thou")
    phone.get_by_label("Your thought").fill("")


def test_a_thought_written_without_a_network_is_sent_when_there_is_one(phone: Page, team: Page):
    phone.context.set_offline(True)
    send(phone, "Written in the tunnel")
    expect(phone.locator("[data-thought-state]")).to_contain_text("kept on this device")
    expect(phone.get_by_label("Your thought")).to_have_value("")
    phone.context.set_offline(False)
    expect(phone.locator("#sent")).to_contain_text("Written in the tunnel", timeout=15_000)
    expect(team.locator("#thoughts")).to_contain_text("Written in the tunnel", timeout=SOON)
    phone.get_by_role("button", name=re.compile("^Take back ?: Written in the tunnel")).click()
    expect(phone.get_by_text("Taken back")).to_be_visible()


def test_without_javascript_a_thought_is_sent_and_the_feed_is_read(
    browser: Browser, opened: Running
):
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = plain.new_page()
    enter_as_participant(page, opened)
    page.goto(f"{opened.address}{PLACE}/thoughts/")
    send(page, "Sent plainly")
    expect(page.locator("#sent")).to_contain_text("Sent plainly")
    page.get_by_role("button", name="Take back").click()
    page.goto(f"{opened.address}{PLACE}/feed/")
    expect(page.locator("#feed > li")).not_to_have_count(0)
    expect(page.get_by_role("link", name="Show what is new")).to_be_visible()


def test_the_feed_pauses_and_need_not_be_read_out(opened: Running, phone: Page, team: Page):
    phone.goto(f"{opened.address}{PLACE}/feed/")
    phone.get_by_role("button", name="Pause").click()
    phone.get_by_label("Read new notes out").uncheck()
    title = phone.get_by_role("heading", level=1).inner_text()
    team.goto(f"{opened.address}{PLACE}/capture/")
    team.get_by_role("navigation", name="Sessions").get_by_role("link", name=title).click()
    team.get_by_role("textbox", name="Note").fill("Noted while paused")
    team.get_by_role("textbox", name="Note").press("Enter")
    expect(phone.get_by_text("There is something new")).to_be_visible(timeout=SOON)
    expect(phone.locator("#feed")).not_to_contain_text("Noted while paused")
    phone.get_by_role("button", name="Go on").click()
    expect(phone.locator("#feed")).to_contain_text("Noted while paused")
    expect(phone.locator("[data-feed-live]")).to_be_empty()


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_its_pages_are_for_everybody(
    browser: Browser, opened: Running, phone: Page, scheme: Any, width: int
):
    send(phone, "One that waits")
    expect(phone.locator("#sent")).to_contain_text("One that waits")
    for enter, places in (
        (enter_as_participant, ["thoughts", "feed"]),
        (enter_as_facilitator, ["thoughts/waiting", "feed"]),
    ):
        page = context(browser, width, scheme).new_page()
        enter(page, opened)
        for place in places:
            page.goto(f"{opened.address}{PLACE}/{place}/")
            assert findings(page) == [], place
            assert sideways(page) == [], place
    phone.get_by_role("button", name="Take back").first.click()
