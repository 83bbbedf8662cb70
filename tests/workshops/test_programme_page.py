"""From a pasted programme to sessions, on its page."""

import re
from datetime import UTC, datetime

import pytest

from apps.workshops.models import Session
from tests.factories import NoteFactory, SessionFactory

pytestmark = pytest.mark.django_db
TYPED = """Our workshop
Wednesday, 13 May
09:00–10:30 Opening plenary (Room A)
10:30 Coffee
14:00 Breakouts: - Table 1 - Table 2
Chair: Jane Doe
"""
INPUT = re.compile(r'<input type="(?P<type>\w[\w-]*)" name="(?P<name>[\w-]+)"(?P<rest>[^>]*)>')
SELECT = re.compile(r'<select name="(?P<name>[\w-]+)"[^>]*>(?P<options>.*?)</select>', re.DOTALL)
TEXT = re.compile(r'<textarea name="text"[^>]*>\n?(?P<text>.*?)</textarea>', re.DOTALL)


@pytest.fixture
def url(setup):
    return f"{setup}sessions/programme/"


def fields_of(page: str) -> dict[str, str]:
    """Return what a browser would send of the page's form."""
    found: dict[str, str] = {}
    for field in INPUT.finditer(page):
        if field["type"] == "checkbox" and "checked" not in field["rest"]:
            continue
        value = re.search(r'value="([^"]*)"', field["rest"])
        found[field["name"]] = value[1] if value else "on" if field["type"] == "checkbox" else ""
    for select in SELECT.finditer(page):
        chosen = re.search(r'value="([^"]*)" selected', select["options"])
        found[select["name"]] = chosen[1] if chosen else ""
    if text := TEXT.search(page):
        found["text"] = text["text"]
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def sessions(owner) -> list[tuple[str, str, str]]:
    return [
        (f"{s.starts_at:%H:%M}" if s.starts_at else "", s.title, s.room)
        for s in Session.objects.filter(workshop=owner.workshop)
    ]


def test_a_programme_becomes_sessions_in_two_steps(owner, browser_of, url, setup):
    SessionFactory(workshop=owner.workshop, title="Plenary")
    browser = browser_of(owner)
    assert browser.get(url).status_code == 200
    page = browser.post(url, {"text": TYPED}).content.decode()
    assert "2 lines not understood" in page
    assert "Line 1</span> Our workshop" in page
    assert "Line 6</span> Chair: Jane Doe" in page
    assert "A pause: tick it" in page
    assert Session.objects.count() == 1  # nothing is added yet
    sent = fields_of(page)
    assert sent["row-0-title"] == "Opening plenary"
    assert "row-1-add" not in sent  # coffee
    assert sent["row-3-under"] == "2"
    assert sent["text"] == "Our workshop\nChair: Jane Doe"
    answer = browser.post(url, {**sent, "text": "", "row-2-title": "In groups", "add": "1"})
    assert answer.headers["Location"] == f"{setup}sessions/"
    assert sessions(owner) == [
        ("09:00", "Opening plenary", "Room A"),
        ("14:00", "In groups", ""),
        ("", "Table 1", ""),
        ("", "Table 2", ""),
    ]
    table = Session.objects.get(title="Table 1")
    assert (table.parent.title, table.kind) == ("In groups", "breakout")
    opening = Session.objects.get(title="Opening plenary")
    assert opening.ends_at == datetime(2026, 5, 13, 10, 30, tzinfo=UTC)


def test_what_is_left_is_kept_as_text_after_adding(owner, browser_of, url):
    browser = browser_of(owner)
    sent = {**fields_of(browser.post(url, {"text": TYPED}).content.decode()), "add": "1"}
    for added in ("4 sessions added.", "0 sessions added. 4 there already."):
        answer = browser.post(url, sent)  # reloading the page sends it again
        page = answer.content.decode()
        assert answer.status_code == 200
        assert added in page
        assert "Our workshop\nChair: Jane Doe</textarea>" in page
    assert Session.objects.count() == 4


def test_mended_lines_join_the_corrected_ones(owner, browser_of, url):
    browser = browser_of(owner)
    sent = fields_of(browser.post(url, {"text": TYPED}).content.decode())
    sent |= {
        "row-0-title": "Corrected",
        "text": "16:00 Closing\nStill unread\n17:00 Groups: - Table 9",
        "read": "1",
    }
    page = browser.post(url, sent).content.decode()
    again = fields_of(page)
    assert again["row-0-title"] == "Corrected"
    assert again["row-0-start"] == "09:00"
    assert again["row-5-title"] == "Closing"
    assert again["row-TOTAL_FORMS"] == "7"
    assert again["text"] == "Still unread"
    assert "1 line not understood" in page
    assert not Session.objects.exists()


def test_text_without_a_time_is_given_back(owner, browser_of, url):
    answer = browser_of(owner).post(url, {"text": "Nothing\nof the kind"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No line says a time" in page
    assert "Nothing\nof the kind</textarea>" in page
    assert browser_of(owner).post(url, {"text": ""}).status_code == 422


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"row-0-title": ""}, "Give it a title."),
        ({"row-0-start": "", "row-0-end": "10:00"}, "Say when it starts, too."),
        ({"row-0-day": "soon"}, "Enter a valid date."),
        ({"row-3-under": "1"}, "This one isn’t being added."),
        ({"row-3-under": "4"}, "This one is parallel to others itself."),
        ({"row-3-under": "77"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(owner, browser_of, url, change, said):
    browser = browser_of(owner)
    sent = fields_of(browser.post(url, {"text": TYPED}).content.decode())
    answer = browser.post(url, {**sent, "row-0-room": "Kept", **change, "add": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="Kept"' in page
    assert "Chair: Jane Doe" in page
    assert not Session.objects.exists()


def test_a_row_that_is_not_added_need_not_be_right(owner, browser_of, url):
    browser = browser_of(owner)
    sent = fields_of(browser.post(url, {"text": "09:00 Talk\n10:00 Other"}).content.decode())
    del sent["row-0-add"]
    sent |= {"row-0-title": "", "row-0-day": "", "add": "1"}
    assert browser.post(url, sent).status_code == 302
    assert sessions(owner) == [("10:00", "Other", "")]


def test_what_is_there_already_is_not_ticked(owner, browser_of, url):
    SessionFactory(
        workshop=owner.workshop, title="TALK", starts_at=datetime(2026, 5, 13, 9, tzinfo=UTC)
    )
    page = browser_of(owner).post(url, {"text": "09:00 Talk\n10:00 Other"}).content.decode()
    assert "Is there already." in page
    assert "row-0-add" not in fields_of(page)


def test_the_same_programme_again_offers_only_what_is_new(owner, browser_of, url):
    browser = browser_of(owner)
    sent = fields_of(browser.post(url, {"text": TYPED}).content.decode())
    browser.post(url, {**sent, "add": "1"})
    again = fields_of(browser.post(url, {"text": TYPED}).content.decode())
    assert not [name for name in again if name.endswith("-add")]
    longer = TYPED.replace("Table 2", "Table 2 - Table 3")
    sent = fields_of(browser.post(url, {"text": longer}).content.decode())
    assert [name for name in sent if name.endswith("-add")] == ["row-2-add", "row-5-add"]
    page = browser.post(url, {**sent, "add": "1"}).content.decode()
    assert "1 session added. 1 there already." in page
    assert Session.objects.get(title="Table 3").parent.title == "Breakouts"


def test_a_day_that_is_none_of_the_workshops_is_pointed_out(owner, browser_of, url):
    page = browser_of(owner).post(url, {"text": "14 May\n09:00 Talk"}).content.decode()
    assert "14 May isn’t a day of the workshop." in page


def test_hours_are_those_of_the_workshops_place_and_nights_end_the_day_after(
    owner, browser_of, url
):
    owner.workshop.time_zone = "America/New_York"
    owner.workshop.save()
    browser = browser_of(owner)
    sent = fields_of(browser.post(url, {"text": "22:00–01:00 Stars"}).content.decode())
    browser.post(url, {**sent, "add": "1"})
    night = Session.objects.get()
    assert night.starts_at == datetime(2026, 5, 14, 2, tzinfo=UTC)
    assert night.ends_at == datetime(2026, 5, 14, 5, tzinfo=UTC)


def test_a_session_with_notes_stays(owner, browser_of, url):
    NoteFactory(session__workshop=owner.workshop)
    page = browser_of(owner).post(url, {"text": "09:00 Talk"}).content.decode()
    assert "with which the workshop began" not in page


def test_a_long_programme_fits_the_form(owner, browser_of, url):
    text = "\n".join(f"{9 + n // 20:02}:{n % 20 * 3:02} Talk {n}" for n in range(120))
    browser = browser_of(owner)
    page = browser.post(url, {"text": text}).content.decode()
    assert "20 lines not understood" in page
    answer = browser.post(url, {**fields_of(page), "add": "1"})
    assert answer.status_code == 200
    assert Session.objects.count() == 100
    again = browser.post(url, {**fields_of(page), "read": "1"}).content.decode()
    assert "20 lines not understood" in again
    assert fields_of(again)["row-TOTAL_FORMS"] == "100"
