"""The page on which notes are taken opens without a network, and only for whoever may see it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.never_lost.conftest import Place
from tests.e2e.never_lost.device import kept, wait_until_sent, write

COPIES = """async () => {
    const found = [];
    for (const name of await caches.keys())
        if (name.startsWith("pages-"))
            for (const { url } of await (await caches.open(name)).keys())
                found.push(new URL(url).pathname);
    return found.sort();
}"""


def copies(page: Page) -> list[str]:
    """Return of which pages this browser keeps a copy."""
    found: list[str] = page.evaluate(COPIES)
    return found


@pytest.fixture
def context(browser: Browser, place: Place) -> Iterator[BrowserContext]:
    """A browser of the first facilitator, with the worker."""
    context = browser.new_context()
    place.sign_in(context)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, place: Place) -> Page:
    """The page, opened once: a copy is kept of it."""
    page = context.new_page()
    page.goto(place.capture)
    capture = f"/w/{place.slug}/capture/"
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    expect_soon(page, lambda: copies(page) == ["/device/", capture])
    return page


def expect_soon(page: Page, holds: Callable[[], bool]) -> None:
    """Hold that something is so within some seconds."""
    for _ in range(300):
        if holds():
            return
        page.wait_for_timeout(100)
    assert holds()


def test_it_opens_without_a_network_says_so_and_takes_notes(page: Page, place: Place):
    page.context.set_offline(True)
    page.goto(place.capture)
    expect(page.get_by_role("textbox", name="New note")).to_be_visible()
    expect(
        page.get_by_text("The server can’t be reached: this is the page as it was")
    ).to_be_visible()
    # All of its files came with it.
    assert page.evaluate("document.styleSheets.length > 0 && document.fonts.size > 0")
    write(page, place, ["written into a copy"])
    page.goto(place.device)
    expect(page.get_by_text("written into a copy")).to_be_visible()
    page.context.set_offline(False)
    wait_until_sent(page)
    assert place.notes() == ["written into a copy"]


def test_with_a_network_the_page_is_never_an_old_one(page: Page, place: Place):
    write(page, place, ["said since the copy was made"])
    wait_until_sent(page)
    page.goto(place.capture)
    expect(page.get_by_text("said since the copy was made")).to_be_visible()
    expect(page.get_by_text("The server can’t be reached")).to_have_count(0)


def test_signing_out_leaves_no_copy_and_keeps_the_notes(page: Page, place: Place):
    page.context.set_offline(True)
    write(page, place, ["not sent yet"])
    page.context.set_offline(False)
    page.context.route("**/capture/queue/", lambda route: route.abort())
    page.goto(place.capture)
    page.get_by_role("button", name="Sign out", exact=True).click()
    leave = page.get_by_role("button", name="Sign out all the same")
    heading = page.get_by_role("heading", name="Sign in")
    expect(leave.or_(heading)).to_be_visible()
    if leave.is_visible():
        leave.click()
    expect(heading).to_be_visible()
    expect_soon(page, lambda: copies(page) == ["/device/"])
    page.context.set_offline(True)
    page.goto(place.capture)
    expect(page.get_by_role("heading", name="Notes on this device")).to_be_visible()


@pytest.mark.parametrize("how", ["expired", "removed", "role"])
def test_what_may_not_be_seen_any_more_is_not_kept_either(page: Page, place: Place, how: str):
    person = place.people[0]
    if how == "expired":
        place.end_sessions()
    elif how == "removed":
        query = "UPDATE participants_participant SET removed_at = now() WHERE id = %s"
        place.sql(query, person)
    else:
        query = "UPDATE participants_participant SET role = 'participant' WHERE id = %s"
        place.sql(query, person)
    # It is enough to open something else of the workshop, or to send a note.
    if how == "role":
        write(page, place, ["refused"])
    else:
        page.goto(f"{place.address}/w/{place.slug}/")
    expect_soon(page, lambda: copies(page) == ["/device/"])


def test_the_worker_is_another_whenever_a_file_is(page: Page, place: Place):
    script = page.request.get(f"{place.address}/sw.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cache-control"] == "no-cache"
    version = script.text().split('"')[1]
    named = page.evaluate("caches.keys()")
    assert sorted(named) == [f"pages-{version}", f"static-{version}"]
    assert kept(page) == []
