"""More text than a form may hold: said in words, and nothing that was pasted is lost."""

from django.conf import settings
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Running

TOO_MUCH = "Said by many. " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 14 + 1)


def test_what_is_too_much_is_still_there_when_one_goes_back(browser: Browser, running: Running):
    page = browser.new_context(viewport={"width": 1360, "height": 900}).new_page()
    page.goto(running.link_for("facilitator@example.org"))
    page.get_by_role("button", name="Sign in as").click()
    page.get_by_role("link", name="Approaching and evaluating").click()
    page.get_by_role("navigation", name="Workshop").get_by_role("link", name="Agenda").click()
    page.get_by_role("link", name="Add a question").click()
    page.get_by_role("textbox").first.fill(TOO_MUCH)
    page.get_by_role("button", name="Save").click()
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="That is too much at once")).to_be_visible()
    expect(main).to_contain_text("Send it in parts")
    page.go_back()
    expect(page.get_by_role("textbox").first).to_have_value(TOO_MUCH)
