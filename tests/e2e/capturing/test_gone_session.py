"""A note whose session was removed before it was sent goes to another, and isn't lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.capturing.conftest import Place
from tests.e2e.capturing.test_composer import row, saved, say
from tests.e2e.conftest import Running

WORDS = "said in the afternoon"


@pytest.mark.parametrize("where", ["in its place", "among the notes on this device"])
def test_it_is_sent_again_in_another_session(
    browse: Callable[..., Page], place: Place, running: Running, where: str
):
    page = browse(session=1)
    page.context.set_offline(True)
    say(page, WORDS)
    expect(row(page, WORDS).get_by_text("waiting to be sent")).to_be_visible()
    remove = "from apps.workshops.models import Session; Session.objects.filter(pk='{}').delete()"
    running.manage("shell", "--no-imports", "-c", remove.format(place.sessions[1]))
    page.context.set_offline(False)
    told = "The session it was written in isn’t there any more."
    expect(row(page, WORDS).get_by_text(told)).to_be_visible()
    if where == "in its place":
        refused, again = row(page, WORDS), "Try again"
    else:
        page.goto(f"{place.address}/device/")
        refused, again = page.locator("li").filter(has_text=WORDS), "Send again"
        expect(refused.get_by_text(told)).to_be_visible()
    refused.get_by_role("combobox", name="Session").select_option("Morning")
    refused.get_by_role("button", name=again).click()
    expect(refused).to_have_count(0)
    page.goto(place.capture())
    saved(page)
    expect(row(page, WORDS)).to_be_visible()
