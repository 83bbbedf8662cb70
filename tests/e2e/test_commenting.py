"""Comments: a participant on a phone, the team's answers, and how they come back."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

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
# What a finger needs.
FINGER = 44
PUBLISH = (
    "from apps.themes.models import Theme as T; from django.utils.timezone import now;"
    f"print(T.objects.filter(workshop__slug='{EXAMPLE}', title='Influence')"
    ".update(published_at=now()))"
)
THEME = "Influence"
SMALL = """(least) => [...document.querySelectorAll(
  "#comment-form button, #comment-form label.check, #comment-form textarea, .comment button,"
  + " .support button, .comment a.link, .comment summary, .section-head a.link")]
  .filter((e) => e.checkVisibility())
  .filter((e) => e.getBoundingClientRect().height < least)
  .map((e) => `${e.outerHTML.slice(0, 90)} ${e.getBoundingClientRect().height}`)"""


def window(browser: Browser, width: int = 390, scheme: Any = "light", **more: Any) -> Page:
    return browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce",
        **more,
    ).new_page()  # fmt: skip


@pytest.fixture
def address(running: Running) -> str:
    """The page of a theme that is published."""
    running.manage("shell", "--no-imports", "-c", PUBLISH)
    return f"{running.address}{PLACE}/themes/"


def phone_of(browser: Browser, running: Running, address: str, **more: Any) -> Page:
    phone = window(browser, **more)
    enter_as_participant(phone, running)
    phone.goto(address)
    phone.get_by_role("link", name=THEME, exact=True).click()
    return phone


def say(phone: Page, words: str, *, missing: bool = False) -> None:
    form = phone.locator("#comment-form")
    form.get_by_role("textbox", name="Your comment").fill(words)
    form.get_by_label("A view is missing" if missing else "A comment").check()
    form.get_by_role("button", name="Comment", exact=True).click()
    expect(item(phone, words)).to_be_visible()


def item(page: Page, words: str) -> Any:
    return page.locator(".comment").filter(has_text=words).first


def fine(page: Page) -> None:
    assert findings(page) == []
    assert sideways(page) == []


def test_from_a_phone_to_the_team_and_back(browser: Browser, running: Running, address: str):
    phone = phone_of(browser, running, address)
    say(phone, "We said means, not ends")
    say(phone, "Nobody asked the drivers", missing=True)
    expect(item(phone, "Nobody asked")).to_contain_text("A view is missing")
    say(phone, "It was Jan who said so")
    item(phone, "We said means").get_by_role("link", name="Edit your comment").click()
    phone.get_by_label("Your comment").fill("We said means, and not ends")
    phone.get_by_role("button", name="Save").click()
    expect(item(phone, "means, and not ends")).to_contain_text("edited")
    assert phone.evaluate(SMALL, FINGER) == []
    fine(phone)

    other = phone_of(browser, running, address)
    support = item(other, "means, and not ends").get_by_role("button", name=re.compile("^Support"))
    support.click()
    expect(item(other, "means, and not ends")).to_contain_text("You support this.")
    assert other.evaluate(SMALL, FINGER) == []
    fine(other)
    back = item(other, "means, and not ends").get_by_role("button", name=re.compile("^Take it"))
    expect(back).to_be_focused()
    back.press("Enter")
    expect(item(other, "means, and not ends")).not_to_contain_text("support this")
    support.click()
    expect(item(other, "means, and not ends")).to_contain_text("You support this.")
    # The theme itself, and its first finding, by one tap each.
    for about in (other.locator("#theme-summary"), other.locator(".annotation").first):
        about.get_by_role("button", name=re.compile("^Support")).click()
        expect(about).to_contain_text("You support this.")
        expect(about.get_by_role("button", name=re.compile("^Take it"))).to_be_focused()
    assert other.evaluate(SMALL, FINGER) == []
    fine(other)
    phone.reload()
    expect(phone.locator("#theme-summary")).to_contain_text("1 participant supports this.")
    expect(phone.locator(".annotation").first).to_contain_text("1 participant supports this.")

    team = window(browser, 1360)
    enter_as_facilitator(team, running)
    team.goto(f"{running.address}{PLACE}/")
    team.get_by_role("link", name=re.compile("to answer$")).click()
    expect(team.get_by_role("heading", level=1)).to_have_text("Comments")
    expect(item(team, "means, and not ends")).to_contain_text("1 participant supports this.")
    fine(team)
    for words, answer, state in (
        ("means, and not ends", "So it says now.", "accepted"),
        ("Nobody asked the drivers", "They weren’t in the room.", "declined"),
    ):
        said = item(team, words)
        said.get_by_role("link", name=re.compile("^Answer")).click()
        expect(said.get_by_label("Your answer")).to_be_focused()
        said.get_by_label("Your answer").fill(answer)
        said.get_by_text(state, exact=True).click()
        said.get_by_role("button", name="Answer").click()
        expect(item(team, words)).to_contain_text(answer)
    item(team, "It was Jan").get_by_role("link", name=re.compile("^Hide")).click()
    fine(team)
    team.get_by_label("Why is it hidden?").fill("It names somebody.")
    team.get_by_role("button", name="Hide it").click()
    expect(item(team, "It was Jan")).to_contain_text("Hidden by the team: It names somebody.")
    fine(team)

    other.reload()
    expect(other.locator("#comments")).to_contain_text("It names somebody.")
    expect(other.locator("#comments")).not_to_contain_text("It was Jan")
    fine(other)

    phone.goto(f"{running.address}{PLACE}/")
    phone.get_by_role("link", name="The team decided on 2 of 3").click()
    expect(item(phone, "means, and not ends")).to_contain_text("So it says now.")
    expect(item(phone, "Nobody asked the drivers")).to_contain_text("They weren’t in the room.")
    expect(item(phone, "It was Jan")).to_contain_text("It names somebody.")
    fine(phone)


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_each_page_of_comments_is_for_everybody(
    browser: Browser, running: Running, address: str, scheme: Any, width: int
):
    phone = phone_of(browser, running, address)
    say(phone, f"A view from {width}", missing=True)
    phone.emulate_media(color_scheme=scheme)
    phone.set_viewport_size({"width": width, "height": 844})
    phone.goto(f"{running.address}{PLACE}/comments/yours/")
    fine(phone)
    team = window(browser, width, scheme)
    enter_as_facilitator(team, running)
    for show in ("unanswered", "missing", "hidden", "all"):
        team.goto(f"{running.address}{PLACE}/comments/?show={show}")
        fine(team)


def test_without_scripts_the_same_can_be_done(browser: Browser, running: Running, address: str):
    phone = phone_of(browser, running, address, java_script_enabled=False)
    say(phone, "Written plainly", missing=True)
    other = phone_of(browser, running, address, java_script_enabled=False)
    item(other, "Written plainly").get_by_role("button", name=re.compile("^Support")).click()
    expect(item(other, "Written plainly")).to_contain_text("You support this.")
    item(other, "Written plainly").get_by_role("button", name=re.compile("^Take it")).click()
    expect(item(other, "Written plainly")).not_to_contain_text("support this")
