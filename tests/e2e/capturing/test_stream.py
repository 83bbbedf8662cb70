"""The stream on several screens: the same notes, in the same order, whatever happens meanwhile."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.capturing.conftest import Place
from tests.e2e.capturing.test_composer import box, row, saved, say, shows


def test_another_note_taker_sees_a_note_and_what_becomes_of_it(browse: Callable[..., Page]):
    mine, theirs = browse(), browse(person=1)
    expect(mine.locator("#presence")).to_have_text("with 1 other")
    say(mine, "nobody pays")
    expect(row(theirs, "nobody pays")).to_be_visible()
    say(theirs, "+ here neither")
    expect(row(mine, "here neither")).to_contain_text("agree")
    say(mine, "s/nobody/hardly anybody/")
    expect(row(theirs, "hardly anybody pays")).to_be_visible()
    for page in (mine, theirs):
        shows(page, ["hardly anybody pays", "here neither"])
    # Nobody's own note but one's own is corrected by a key.
    theirs.keyboard.press("ArrowUp")
    expect(theirs.get_by_role("textbox", name="Edit your note")).to_have_value("here neither")


def test_a_table_has_its_own_stream_and_the_day_has_all(browse: Callable[..., Page], place: Place):
    plenary, table = browse(), browse(person=1, session=2)
    say(plenary, "in plenary")
    saved(plenary)
    say(table, "at the table")
    saved(table)
    shows(plenary, ["in plenary"])
    shows(table, ["at the table"])
    plenary.get_by_role("link", name="The whole day").click()
    shows(plenary, ["in plenary", "at the table"])
    say(table, "once more at the table")
    expect(row(plenary, "once more at the table")).to_contain_text("Table 1")


def test_without_a_network_everything_stands_in_order_and_says_so(page: Page):
    page.context.set_offline(True)
    for number in range(3):
        say(page, f"note {number}")
    expect(page.locator("#capture-status")).to_have_text(
        "Offline: 3 notes are kept on this device."
    )
    say(page, "s/note 2/the last/")
    expect(row(page, "the last")).to_contain_text("waiting to be sent")
    page.context.set_offline(False)
    saved(page)
    # Between the two commits the stream may bring the note as it was.
    shows(page, ["note 0", "note 1", "the last"])


def test_two_corrections_of_one_note_stand_side_by_side(browse: Callable[..., Page]):
    for choice, stays in (("Keep mine", "nearly nobody pays"), ("Keep theirs", "few pay")):
        mine, theirs = browse(), browse(person=1)
        say(mine, "nobody pays")
        note = row(theirs, "nobody pays")
        expect(note).to_be_visible()
        saved(mine)
        mine.context.set_offline(True)
        say(mine, "s/nobody/nearly nobody/")
        note.get_by_role("link", name="Edit").click()
        theirs.get_by_role("textbox", name="Edit the note").fill("few pay")
        theirs.get_by_role("button", name="Save the change").click()
        expect(row(theirs, "few pay")).to_be_visible()
        mine.context.set_offline(False)
        conflict = mine.get_by_role("alert").filter(has_text="Someone else changed this note")
        expect(conflict).to_contain_text("few pay")
        expect(conflict).to_contain_text("nearly nobody pays")
        conflict.get_by_role("button", name=choice).click()
        expect(row(mine, stays)).to_be_visible()
        expect(row(theirs, stays)).to_be_visible()
        saved(mine)
        for page in (mine, theirs):
            page.context.close()


def test_earlier_notes_come_when_they_are_asked_for(page: Page):
    page.evaluate(
        """async () => {
          const { add, newId } = await import("/static/js/queue/index.js");
          const { workshop, actor, session } = document.getElementById("capture").dataset;
          for (let number = 0; number < 55; number += 1)
            await add({
              kind: "note", workshop, actor, session, fields: { text: `note ${number}` },
            });
        }"""
    )
    expect(page.locator("#capture-status")).to_have_text("All saved", timeout=60_000)
    page.reload()
    expect(page.locator("#notes > li")).to_have_count(50)
    page.get_by_role("link", name="Show earlier notes").click()
    expect(page.locator("#notes > li")).to_have_count(55)
    shows(page, [f"note {number}" for number in range(55)])
    expect(page.get_by_role("link", name="Show earlier notes")).to_have_count(0)
    expect(box(page)).to_be_visible()
