"""Whatever the network and the server do meanwhile, each note is saved once, and in order."""

import pytest
from playwright.sync_api import Page

from tests.e2e.never_lost.conftest import Place
from tests.e2e.never_lost.device import (
    answer,
    failing,
    kept,
    losing_the_answer,
    never_said_saved,
    says,
    wait_until_said,
    wait_until_sent,
    write,
)

NOTES = ["first", "second", "third"]
PORTAL = "<html><title>Welcome to the hotel</title><form>Room number?</form></html>"


def until_saved(said: list[str]) -> list[str]:
    """Return what was said from the first note on until all were saved."""
    # Before the first note there was nothing that wasn't saved.
    at_work = said[1:]
    return at_work[: at_work.index("All saved")]


def test_what_is_written_is_saved_and_said_to_be(page: Page, place: Place):
    write(page, place, NOTES)
    wait_until_sent(page)
    assert place.notes() == NOTES
    wait_until_said(page, "All saved")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (500, "<h1>Error</h1>", "text/html"),
        (502, "Bad gateway", "text/plain"),
        (429, "Slow down", "text/plain"),
        (200, PORTAL, "text/html"),
        (200, '{"ok": true}', "application/json"),
        (302, "", "text/html"),
        (403, "<h1>Blocked by the firewall</h1>", "text/html"),
    ],
)
def test_what_answers_in_the_servers_place_takes_nothing(
    page: Page, place: Place, status: int, body: str, kind: str
):
    said = never_said_saved(page)
    answer(page, *[failing(status, body, kind)] * 2)
    write(page, place, NOTES)
    wait_until_said(page, "kept on this device")
    wait_until_sent(page)
    assert place.notes() == NOTES
    assert not any("saved" in each for each in until_saved(said()))


def test_an_answer_that_is_lost_after_the_commit_doubles_nothing(page: Page, place: Place):
    said = never_said_saved(page)
    sent = answer(page, losing_the_answer, losing_the_answer)
    write(page, place, NOTES)
    wait_until_said(page, "Offline")
    wait_until_sent(page)
    assert place.notes() == NOTES
    assert len(sent) > 2
    assert not any("saved" in each for each in until_saved(said()))


def test_a_batch_that_is_too_large_is_sent_in_halves(page: Page, place: Place):
    page.context.set_offline(True)
    write(page, place, [f"note {n}" for n in range(40)])
    sent = answer(page, failing(413), failing(413))
    page.context.set_offline(False)
    wait_until_sent(page)
    assert place.notes() == [f"note {n}" for n in range(40)]
    assert len(sent[0]) > len(sent[1]) > len(sent[2])


def test_without_a_network_notes_are_kept_and_that_is_what_is_said(page: Page, place: Place):
    page.context.set_offline(True)
    write(page, place, NOTES)
    wait_until_said(page, "Offline: 3 notes are kept on this device")
    assert kept(page) == NOTES
    assert place.notes() == []
    page.context.set_offline(False)
    wait_until_sent(page)
    assert place.notes() == NOTES
    assert "All saved" in says(page)
