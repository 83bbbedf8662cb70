"""Joining on a phone, as people in a room do it: by the square on the screen, in half a minute."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from apps.core.qr import qr_code
from tests.e2e.conftest import Running
from tests.e2e.test_access import findings, sideways

EXAMPLE = "security-partnerships"
WIDTHS = [320, 390]
SECONDS = 30
TAPS = 6


class Phone:
    """A participant's phone that counts what it is asked to do."""

    def __init__(self, browser: Browser, width: int, scheme: Any = "light") -> None:
        self.page = browser.new_context(
            viewport={"width": width, "height": 700}, has_touch=True, is_mobile=True,
            color_scheme=scheme,
        ).new_page()  # fmt: skip
        self.taps = 0

    def tap(self, role: Any, name: str | re.Pattern[str]) -> None:
        """Tap the first thing of that name."""
        self.page.get_by_role(role, name=name).first.tap()
        self.taps += 1


def facilitator(browser: Browser, running: Running) -> Page:
    """Return the example's facilitator at the overview."""
    page = browser.new_context(viewport={"width": 1360, "height": 900}).new_page()
    page.goto(running.link_for("facilitator@example.org"))
    page.get_by_role("button", name="Sign in as").click()
    page.get_by_role("link", name="Approaching and evaluating").click()
    return page


def address_of_the_square(page: Page) -> str:
    """Return the address behind the QR code on the screen, having read its modules."""
    square = page.get_by_role("img", name="QR code that leads to")
    address = (square.get_attribute("aria-label") or "").removeprefix("QR code that leads to ")
    assert square.locator("path").get_attribute("d") == qr_code(address).path
    return address


@contextmanager
def lobby(running: Running) -> Iterator[None]:
    """Switch the lobby of the example on, for a while."""

    def switch(*, on: bool) -> None:
        running.manage(
            "shell", "--no-imports", "-c",
            f"from apps.workshops.models import Workshop as W; W.objects.update(lobby={on})",
        )  # fmt: skip

    switch(on=True)
    try:
        yield
    finally:
        switch(on=False)


def comment(phone: Phone, words: str) -> None:
    """Find a theme and say something about it."""
    phone.tap("link", "Themes")
    phone.tap("link", "Influence")
    field = phone.page.get_by_role("textbox", name="Your comment")
    field.fill(words)
    phone.tap("button", "Comment")
    expect(phone.page.get_by_role("listitem").filter(has_text=words)).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_somebody_joins_by_the_square_and_comments(browser: Browser, running: Running, width: int):
    screen = facilitator(browser, running)
    screen.get_by_role("link", name="Show it large").click()
    address = address_of_the_square(screen)
    assert address == running.join_link

    phone = Phone(browser, width)
    started = time.monotonic()
    phone.page.goto(address)
    assert sideways(phone.page) == []
    phone.tap("radio", "Practitioner")
    phone.tap("button", "Join")
    comment(phone, f"From a phone {width} pixels wide")
    assert time.monotonic() - started < SECONDS
    assert phone.taps <= TAPS


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_somebody_waits_in_the_lobby_and_is_let_in(
    browser: Browser, running: Running, scripts: bool
):
    team = facilitator(browser, running)
    with lobby(running):
        phone = Phone(browser, 320)
        if not scripts:
            phone.page = browser.new_context(java_script_enabled=False).new_page()
        started = time.monotonic()
        phone.page.goto(running.join_link)
        phone.page.get_by_role("radio", name="Scholar").check()
        phone.page.get_by_label("Name").fill("Ada Waits")
        phone.page.get_by_role("button", name="Join").click()
        expect(phone.page.get_by_role("heading", name="You’ll be let in shortly")).to_be_visible()

        team.reload()
        team.get_by_role("link", name="Let people in").click()
        row = team.get_by_role("listitem").filter(has_text="Ada Waits")
        expect(row).to_contain_text("scholar")
        row.get_by_role("button", name="Let in Ada Waits").click()
        expect(team.get_by_role("heading", name="Nobody waits")).to_be_visible()

        if not scripts:
            phone.page.get_by_role("button", name="Look again").click()
        expect(phone.page.get_by_role("heading", level=1)).to_have_text(
            re.compile("Approaching"), timeout=10_000
        )
        assert phone.page.url.endswith(f"/w/{EXAMPLE}/") or "/w/" in phone.page.url
        assert time.monotonic() - started < SECONDS


def test_somebody_comes_back_on_another_device(browser: Browser, running: Running):
    phone, other = Phone(browser, 320), Phone(browser, 390)
    phone.page.goto(running.join_link)
    phone.page.get_by_role("radio", name="Scholar").check()
    phone.page.get_by_role("button", name="Join").click()
    comment(phone, "Said on the first phone")
    phone.page.goto(re.sub(r"(/w/[^/]+/).*", r"\1keep-place/", phone.page.url))
    phone.tap("button", "Make a link")
    link = phone.page.get_by_role("textbox", name="Personal link").input_value()
    assert address_of_the_square(phone.page) == link
    other.page.goto(link)
    assert "/k/" not in link.replace(running.address, "").replace("/k/", "", 1)
    assert other.page.url == f"{running.address}/k/"
    other.tap("button", "Come in")
    other.tap("link", "Themes")
    other.tap("link", "Influence")
    mine = other.page.get_by_role("listitem").filter(has_text="Said on the first phone")
    expect(mine).to_contain_text("You")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_about_coming_in_are_accessible(
    browser: Browser, running: Running, scheme: Any, tmp_path: Any
):
    objections: dict[str, list[Any]] = {}

    def look(page: Page, name: str, *widths: int) -> None:
        for width in widths or (320,):
            page.set_viewport_size({"width": width, "height": 900})
            found = [*findings(page), *sideways(page)]
            if found:
                objections[f"{name} at {width}"] = found

    team = facilitator(browser, running)
    team.emulate_media(color_scheme=scheme)
    overview = team.url
    phone = Phone(browser, 320, scheme)
    with lobby(running):
        phone.page.goto(running.join_link)
        look(phone.page, "join")
        phone.page.get_by_role("radio", name="Scholar").check()
        phone.page.get_by_role("button", name="Join").click()
        look(phone.page, "waiting")
        team.goto(f"{overview}lobby/")
        look(team, "lobby", 320, 1360)
        team.get_by_role("button", name="Turn away").click()
        look(team, "lobby, empty")
        phone.page.reload()
        look(phone.page, "turned away")
        phone.page.goto(running.join_link)
        phone.page.get_by_role("radio", name="Scholar").check()
        phone.page.get_by_role("button", name="Join").click()
        team.goto(f"{overview}lobby/")
        team.get_by_role("button", name="Let all in").click()
        phone.page.goto(f"{overview}keep-place/")
        look(phone.page, "keep my place")
        phone.page.get_by_role("button", name="Make a link").click()
        look(phone.page, "keep my place, made")
        link = phone.page.get_by_role("textbox", name="Personal link").input_value()
    team.goto(f"{overview}join-code/")
    look(team, "join code", 320, 1360)
    other = Phone(browser, 320, scheme)
    other.page.goto(link)
    look(other.page, "link")
    other.page.get_by_role("button", name="Come in").click()
    third = Phone(browser, 320, scheme)
    third.page.goto(link)
    look(third.page, "link, used")
    assert objections == {}
