"""Whoever is signed in, and whatever they still may: the text is there, and sent when it can be."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.never_lost.conftest import Place
from tests.e2e.never_lost.device import kept, says, states, wait_until_said, wait_until_sent, write

NOTES = ["first", "second", "third"]


def role(place: Place, name: str) -> None:
    query = "UPDATE participants_participant SET role = %s WHERE id = %s"
    place.sql(query, name, place.people[0])


def test_an_ended_session_keeps_the_notes_and_the_next_sign_in_sends_them(page: Page, place: Place):
    place.end_sessions()
    write(page, place, NOTES)
    wait_until_said(page, "Signed out: 3 notes are kept on this device. Sign in to send them.")
    # Also on the page that asks to sign in.
    page.goto(place.capture)
    expect(page.get_by_text("3 notes on this device, not sent yet")).to_be_visible()
    page.goto(place.device)
    assert kept(page) == NOTES
    place.sign_in(page.context)
    # Wherever somebody comes in.
    page.goto(f"{place.address}/")
    wait_until_sent(page)
    assert place.notes() == NOTES


def test_somebody_else_signed_in_sends_nothing_of_it_and_keeps_it(page: Page, place: Place):
    page.context.set_offline(True)
    write(page, place, NOTES)
    place.sign_in(page.context, 1)
    page.context.set_offline(False)
    wait_until_said(page, "Somebody else is signed in: 3 notes are kept")
    page.reload()
    wait_until_said(page, "Somebody else is signed in")
    write(page, place, ["by the other"], person=1)
    wait_until_said(page, "3 notes")
    assert place.notes() == ["by the other"]
    place.sign_in(page.context, 0)
    page.reload()
    wait_until_sent(page)
    assert place.notes() == ["by the other", *NOTES]


def test_a_role_that_was_withdrawn_keeps_the_notes_until_it_is_given_back(page: Page, place: Place):
    role(place, "participant")
    write(page, place, NOTES)
    wait_until_said(page, "Not sent: 3 notes are kept on this device. You may not do this here")
    page.goto(place.capture)
    expect(page.get_by_text("3 notes on this device, not sent yet")).to_be_visible()
    page.goto(place.device)
    wait_until_said(page, "Not sent")
    assert kept(page) == NOTES
    role(place, "facilitator")
    page.get_by_role("button", name="Send now").click()
    wait_until_sent(page)
    assert place.notes() == NOTES


def test_somebody_removed_can_still_read_and_copy_what_they_wrote(page: Page, place: Place):
    removed = "UPDATE participants_participant SET removed_at = now() WHERE id = %s"
    place.sql(removed, place.people[0])
    write(page, place, NOTES)
    wait_until_said(page, "This workshop isn’t open to you")
    answer = page.goto(place.capture)
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("link", name="Look at what this device keeps").click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy all").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as text").click()
    text = download.value.path().read_text()
    assert copied.splitlines() == text.splitlines()
    assert [line for line in text.splitlines() if line in NOTES] == NOTES
    assert place.notes() == []


def test_a_workshop_published_meanwhile_takes_no_more_notes_and_none_is_gone(
    page: Page, place: Place
):
    page.context.set_offline(True)
    write(page, place, NOTES)
    place.sql("UPDATE workshops_workshop SET phase = 'published' WHERE id = %s", place.workshop)
    page.context.set_offline(False)
    wait_until_said(page, "Not sent: 3 notes are kept on this device.")
    assert kept(page) == NOTES
    place.sql("UPDATE workshops_workshop SET phase = 'review' WHERE id = %s", place.workshop)
    page.reload()
    wait_until_sent(page)
    assert place.notes() == NOTES


def test_a_rule_tightened_meanwhile_keeps_the_words_and_says_what_it_did_not_keep(
    page: Page, place: Place
):
    page.context.set_offline(True)
    write(page, place, ["by name"], speaker=place.people[1])
    rule = "UPDATE workshops_workshop SET attribution_rule = 'anonymous' WHERE id = %s"
    place.sql(rule, place.workshop)
    page.context.set_offline(False)
    wait_until_sent(page)
    assert "Saved without who said it" in says(page)
    assert place.notes() == ["by name"]
    kept_names = "SELECT count(*) FROM notes_speakerlink WHERE workshop_id = %s"
    assert place.sql(kept_names, place.workshop) == [(0,)]


def test_a_session_deleted_meanwhile_refuses_its_notes_and_another_takes_them(
    page: Page, place: Place
):
    page.context.set_offline(True)
    write(page, place, NOTES)
    place.sql("DELETE FROM workshops_session WHERE id = %s", place.sessions[0])
    place.sessions.pop(0)
    page.context.set_offline(False)
    wait_until_said(page, "not taken (and 2 more): The session it was written in")
    assert (kept(page), states(page)) == (NOTES, ["refused"] * 3)
    write(page, place, ["in the other session"])
    wait_until_said(page, "1 note was not taken")
    page.evaluate(
        """async (session) => {
            const queue = await import("/static/js/queue/index.js");
            for (const { key } of await queue.entries()) await queue.retry(key, { session });
        }""",
        place.sessions[0],
    )
    wait_until_sent(page)
    assert place.notes() == ["in the other session", *NOTES]


def test_signing_out_warns_of_what_was_not_sent_and_takes_nothing_away(page: Page, place: Place):
    page.route("**/capture/queue/", lambda route: route.abort())
    write(page, place, NOTES)
    wait_until_said(page, "Offline")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("3 notes not sent yet")
    page.get_by_role("button", name="Stay").click()
    expect(page.get_by_role("textbox", name="New note")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Sign out all the same").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text("3 notes on this device")).to_be_visible()
    assert kept(page) == NOTES


def test_without_notes_signing_out_asks_nothing(page: Page, place: Place):
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "</textarea><script>", "a\nb"])
def test_what_is_kept_is_shown_as_it_was_written(page: Page, place: Place, text: str):
    place.end_sessions()
    write(page, place, [text])
    page.goto(place.device)
    expect(page.get_by_role("listitem").get_by_text(text, exact=True)).to_be_visible()
    page.get_by_role("button", name="Download as text").wait_for()


def test_the_page_needs_nobody_signed_in(browser: Browser, place: Place):
    page = browser.new_context().new_page()
    page.goto(place.device)
    expect(page.get_by_text("This device keeps nothing that the server")).to_be_visible()
