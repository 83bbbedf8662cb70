"""Tabs that are closed, browsers that are killed, storage that is full: the notes are there."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, Response, Route

from tests.e2e.never_lost.conftest import Place
from tests.e2e.never_lost.device import (
    answer,
    ask,
    kept,
    losing_the_answer,
    says,
    wait_until_said,
    wait_until_sent,
    write,
)

HUNDRED = [f"note {number}" for number in range(100)]
OFFLINE_SINCE = 3600


@pytest.fixture
def start(
    playwright: Playwright, browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> Iterator[Callable[[], BrowserContext]]:
    """Return a function that starts a browser which remembers what the one before it kept."""
    started: list[BrowserContext] = []

    def launch() -> BrowserContext:
        profile = tmp_path / "profile"
        started.append(
            playwright.chromium.launch_persistent_context(profile, **browser_type_launch_args)
        )
        return started[-1]

    yield launch
    for context in started:
        context.close()


def kill_browser(profile: Path) -> None:
    """Kill the browser of `profile` with all its processes, at once and without a word."""
    ours = [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(profile) in each for each in process.info["cmdline"] or [])
    ]
    assert ours
    for process in ours:
        os.kill(process.pid, signal.SIGKILL)
    psutil.wait_procs(ours, timeout=20)


def test_a_hundred_notes_without_a_network_survive_a_killed_browser(
    start: Callable[[], BrowserContext], place: Place, tmp_path: Path, restart: Callable[[], None]
):
    context = start()
    place.sign_in(context)
    page = context.new_page()
    page.goto(place.capture)
    context.set_offline(True)
    write(page, place, HUNDRED)
    kill_browser(tmp_path / "profile")
    restart()
    again = start().new_page()
    again.context.route("**/capture/queue/", lambda route: route.abort())
    again.goto(place.device)
    assert kept(again) == HUNDRED
    again.context.unroute("**/capture/queue/")
    place.sign_in(again.context)
    again.goto(place.capture)
    wait_until_sent(again)
    assert place.notes() == HUNDRED


def test_a_killed_tab_and_a_reload_lose_nothing(page: Page, place: Place):
    page.context.set_offline(True)
    write(page, place, HUNDRED[:50])
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    context = page.context
    page.close()
    context.set_offline(False)
    next_page = context.new_page()
    next_page.goto(place.capture)
    write(next_page, place, HUNDRED[50:])
    next_page.reload()
    wait_until_sent(next_page)
    assert place.notes() == HUNDRED


def test_two_tabs_send_once_and_both_show_it(page: Page, place: Place):
    other = page.context.new_page()
    other.goto(place.capture)
    taken: list[str] = []

    def note(response: Response) -> None:
        if response.url.endswith("/capture/queue/"):
            sent = json.loads(response.request.post_data or "{}")
            taken.extend(entry["fields"]["text"] for entry in sent["entries"])

    page.context.on("response", note)
    page.context.set_offline(True)
    write(page, place, ["one", "two"])
    write(other, place, ["three"])
    wait_until_said(page, "Offline: 3 notes")
    wait_until_said(other, "Offline: 3 notes")
    page.context.set_offline(False)
    for tab in (page, other):
        wait_until_sent(tab)
        wait_until_said(tab, "All saved")
    assert place.notes() == ["one", "two", "three"]
    assert taken == ["one", "two", "three"]


def test_what_one_tab_had_saved_the_other_tab_hears_of(page: Page, place: Place):
    other = page.context.new_page()
    other.goto(place.capture)
    # In braces: what an expression promises would be waited for.
    heard = """() => {
        window.heard = new Promise((done) =>
            document.addEventListener("queue:saved", (event) => done(event.detail.sequence)));
    }"""
    other.evaluate(heard)
    write(page, place, ["said here"])
    assert other.evaluate("heard") == 1


def test_an_hour_without_a_network_by_a_clock_that_is_wrong(page: Page, place: Place):
    page.clock.install(time="2031-02-28T10:00:00Z")
    page.reload()
    page.context.set_offline(True)
    write(page, place, ["before"])
    wait_until_said(page, "Offline")
    page.clock.fast_forward(OFFLINE_SINCE * 1000)
    page.clock.set_system_time("1999-01-01T00:00:00Z")
    write(page, place, ["after, by a clock that went back"])
    page.context.set_offline(False)
    page.clock.run_for(60_000)
    page.clock.resume()
    wait_until_sent(page)
    assert place.notes() == ["before", "after, by a clock that went back"]


def test_a_server_that_is_killed_between_batches_doubles_nothing(
    page: Page, place: Place, restart: Callable[[], None]
):
    page.context.set_offline(True)
    write(page, place, HUNDRED)

    def kill_after_the_commit(route: Route) -> None:
        losing_the_answer(route)
        restart()

    answer(page, kill_after_the_commit)
    page.context.set_offline(False)
    wait_until_sent(page)
    assert place.notes() == HUNDRED


FULL = """
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (...given) {
      if (window.room) return add.apply(this, given);
      throw new DOMException("No room", "QuotaExceededError");
    };
"""
DENIED = """
    indexedDB.__proto__.open = () => { throw new DOMException("Denied", "SecurityError"); };
"""


@pytest.mark.parametrize("trouble", [FULL, DENIED], ids=["full", "denied"])
def test_where_nothing_can_be_kept_a_note_is_sent_at_once_and_said_to_be(
    context: BrowserContext, place: Place, trouble: str
):
    context.add_init_script(trouble)
    page = context.new_page()
    page.goto(place.capture)
    write(page, place, ["one", "two"])
    # `write` returned: so the server has them.
    assert place.notes() == ["one", "two"]
    assert "keeps nothing on this device" in says(page)
    context.set_offline(True)
    failure = ask(
        page,
        """return queue.add(given).then(() => "kept", (error) => error.message);""",
        {
            "workshop": place.slug, "actor": place.people[0], "kind": "note",
            "session": place.sessions[0], "fields": {"text": "three"},
        },
    )  # fmt: skip
    assert failure.startswith("Not saved")
    context.set_offline(False)
    write(page, place, ["three"])
    assert place.notes() == ["one", "two", "three"]


def test_a_full_device_that_has_room_again_keeps_notes_again(context: BrowserContext, place: Place):
    context.add_init_script(FULL)
    page = context.new_page()
    page.goto(place.capture)
    write(page, place, ["one"])
    page.evaluate("window.room = true")
    context.set_offline(True)
    write(page, place, ["two"])
    assert kept(page) == ["two"]
    assert says(page) == "Offline: 1 note is kept on this device."
    context.set_offline(False)
    wait_until_sent(page)
    assert place.notes() == ["one", "two"]
