"""Signing in with Chromium: by a code from the mail page, with a second step, by single sign-on."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from apps.accounts.models import User
from tests.accounts.provider import configure, running_provider
from tests.e2e.conftest import Running
from tests.factories import UserFactory


@contextmanager
def complaining_of_nothing(page: Page) -> Iterator[None]:
    """Fail if the browser blocks something that the pages want, by the CSP or otherwise."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert [line for line in said if "Content Security Policy" in line or "Error" in line] == []


def test_a_newcomer_finds_the_code_on_the_mail_page(browser: Browser, running: Running):
    page = browser.new_context().new_page()
    with complaining_of_nothing(page):
        page.goto(f"{running.address}/accounts/login/")
        page.get_by_role("link", name="Send me a sign-in code instead").click()
        page.get_by_label("E-mail").fill("owner@example.org")
        page.get_by_role("button", name="Send me a code").click()
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="look at the mail").click()
        mail = opened.value
        letter = mail.get_by_role("article").filter(has_text="To owner@example.org")
        # The worker sends it; whoever is quicker looks again.
        for _ in range(40):
            if letter.count():
                break
            time.sleep(0.25)
            mail.get_by_role("link", name="Look again").click()
        code = re.search(r"[A-Z]{4}-[A-Z]{4}", letter.first.inner_text())
        assert code is not None
        page.get_by_label("Code").fill(code[0].lower())
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Workshops")).to_be_visible()


def test_a_second_step_is_set_up_and_then_asked_for(browser: Browser, running: Running):
    running.manage("sign_in_link", "second@example.org", "--create", "Sec Ond")
    page = browser.new_context().new_page()
    with complaining_of_nothing(page):
        sign_in(page, running)
        page.goto(f"{running.address}/accounts/")
        page.get_by_role("link", name="Set up a second step").click()
        expect(page.get_by_role("img", name="QR code of the key")).to_be_visible()
        secret = page.locator("#key").inner_text().replace(" ", "")
        page.get_by_role("textbox", name="Code").fill(code_now(secret))
        page.get_by_role("button", name="Turn it on").click()
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        recovery = page.locator("#codes li").first.inner_text()
        other = browser.new_context().new_page()
        for code in (code_now(secret, later=1), recovery):
            sign_in(other, running)
            other.get_by_label("Code").fill(code)
            other.get_by_role("button", name="Sign in").click()
            expect(other.get_by_role("heading", name="Workshops")).to_be_visible()
            other.get_by_role("button", name="Sign out").click()
            expect(other.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_single_sign_on_goes_there_and_back(
    browser: Browser, live_server: Any, settings: Any, scripts: bool
):
    user: User = UserFactory(email="remi@example.org")
    page = browser.new_context(java_script_enabled=scripts).new_page()
    with running_provider() as provider, complaining_of_nothing(page):
        configure(settings, provider)
        provider.claims = {"sub": "4711", "email": user.email, "email_verified": True}
        page.goto(f"{live_server.url}/accounts/login/?next=/accounts/")
        page.get_by_role("button", name="Sign in with Example University").click()
        expect(page.get_by_role("heading", name="Your account")).to_be_visible()
        expect(page.get_by_text(user.email)).to_be_visible()
        # Over two names of the provider's, as federations do.
        assert [path for path in provider.asked if path[1:2] in {"a", "c", "t"}] == [
            "/authorize",
            "/consent",
            "/token",
        ]


def sign_in(page: Page, running: Running) -> None:
    """Sign in by a fresh link."""
    page.goto(running.link_for("second@example.org"))
    assert re.search(r"/accounts/link/$", page.url), page.url
    page.get_by_role("button", name="Sign in as").click()


def code_now(secret: str, *, later: int = 0) -> str:
    """Return the code that an app shows now, or `later` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))
