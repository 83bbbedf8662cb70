"""The stream of notes: what a page fetches to catch up, and what came before."""

import html
import json
import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.notes.services import correct_note, record_note
from apps.themes.selectors import capturing
from apps.themes.services.filing import file_notes
from apps.workshops.models import AttributionRule, Role
from tests.factories import (
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(rapporteur):
    return SessionFactory(workshop=rapporteur.workshop)


@pytest.fixture
def say(rapporteur, session):
    def say(text, where=session, **more):
        return record_note(actor=rapporteur, session=where, text=text, **more)

    return say


@pytest.fixture
def rows(rapporteur, browser_of):
    url = reverse("themes:capture_rows", args=[rapporteur.workshop.slug])
    notetaker = browser_of(rapporteur)
    return lambda **query: notetaker.get(url, query)


def texts(answer):
    return re.findall(r'<p class="note-text">(.*?)</p>', answer.content.decode())


def test_a_page_catches_up_with_what_it_has_not_seen(rows, say, rapporteur, session):
    first = say("first")
    seen = rows(session=session.pk)
    assert texts(seen) == ["first"]
    assert rows(session=session.pk, since=seen["X-Change"]).status_code == 204
    say("second")
    correct_note(actor=rapporteur, note=first, text="first, corrected")
    news = rows(session=session.pk, since=seen["X-Change"])
    assert texts(news) == ["first, corrected", "second"]
    assert rows(session=session.pk, since=news["X-Change"]).status_code == 204
    file_notes(actor=rapporteur, theme=ThemeFactory(workshop=session.workshop), notes=[first])
    assert texts(rows(session=session.pk, since=news["X-Change"])) == ["first, corrected"]


def test_a_link_to_an_early_note_shows_all_that_came_after(rapporteur, browser_of, session, say):
    notes = [say(f"said {number}") for number in range(capturing.AT_ONCE + 5)]
    notetaker = browser_of(rapporteur)
    place = reverse("notes:detail", args=[rapporteur.workshop.slug, notes[2].pk])
    page = notetaker.get(place, follow=True)
    assert page.redirect_chain[-1][0].endswith(f"#note-{notes[2].pk}")
    assert texts(page) == [note.text for note in notes[2:]]
    usual = notetaker.get(reverse("themes:capture", args=[rapporteur.workshop.slug]))
    assert texts(usual) == [note.text for note in notes[5:]]


def test_a_note_that_agrees_or_disagrees_says_with_which(rows, session):
    said = NoteFactory(session=session, mark="question")
    at = f"{timezone.localtime(said.written_at):%H:%M}"
    NoteFactory(session=session, mark="disagree", reply_to=said)
    NoteFactory(session=session, mark="agree", reply_to=said)
    NoteFactory(session=session, mark="agree")
    shown = rows(session=session.pk).content.decode()
    assert re.findall(r"tag-(?:dis)?agree\">(.*?)</span>", shown) == [
        f"against {at}",
        f"agrees with {at}",
        "agreement",
    ]


def test_rows_say_where_they_belong(rows, say, session):
    group = GroupFactory(workshop=session.workshop)
    note = say("mine", group=group)
    NoteFactory(session=session, text="another’s")
    mine, another = re.findall(r"<li [^>]*>", rows(session=session.pk).content.decode())
    for said in (
        f'id="note-{note.pk}"', f'data-sequence="{note.sequence}"', f'data-change="{note.change}"',
        f'data-session="{session.pk}"', f'data-group="{group.pk}"', "data-own",
    ):  # fmt: skip
        assert said in mine
    assert "data-own" not in another


def test_a_session_hears_nothing_of_another_and_the_day_hears_all(rows, say, session):
    table = SessionFactory(workshop=session.workshop, parent=session)
    say("in plenary")
    seen = rows(session=session.pk)["X-Change"]
    say("at the table", where=table)
    nothing = rows(session=session.pk, since=seen)
    assert nothing.status_code == 204
    # What it has seen goes on all the same.
    assert int(nothing["X-Change"]) > int(seen)
    assert texts(rows(session="day", since=seen)) == ["at the table"]
    assert texts(rows(session="day")) == ["in plenary", "at the table"]


def test_what_came_before_is_told_in_stretches(rows, say, session, monkeypatch):
    monkeypatch.setattr(capturing.newest_notes, "__kwdefaults__", {"before": None, "limit": 2})
    said = [say(f"note {number}") for number in range(5)]
    newest = rows(session=session.pk)
    assert (texts(newest), newest["X-Earlier"]) == (["note 3", "note 4"], "3")
    before = rows(session=session.pk, before=said[3].sequence)
    assert (texts(before), before["X-Earlier"]) == (["note 1", "note 2"], "1")
    last = rows(session=session.pk, before=said[1].sequence)
    assert (texts(last), last["X-Earlier"]) == (["note 0"], "0")


@pytest.mark.parametrize("session_id", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_no_session_no_rows(rows, session_id):
    assert rows(session=session_id).status_code == 404


def test_nonsense_is_read_as_nothing(rows, say, session):
    say("here")
    for nonsense in ("-1", "x", "9" * 20, ""):
        assert texts(rows(session=session.pk, since=nonsense)) == ["here"]


def test_as_many_queries_for_one_row_as_for_thirty(rows, say, rapporteur, session, queries_of):
    def fill(count):
        for number in range(count):
            note = say(f"said {number}")
            correct_note(actor=rapporteur, note=note, text=f"said {number}, corrected")
            ThemeFactory(workshop=session.workshop, notes=[note])

    fill(1)
    few = queries_of(lambda: rows(session=session.pk))
    changed = queries_of(lambda: rows(session=session.pk, since="0"))
    fill(29)
    assert queries_of(lambda: rows(session=session.pk)) == few
    assert queries_of(lambda: rows(session=session.pk, since="0")) == changed


@pytest.fixture
def catalogue(browser_of):
    def ask(person):
        url = reverse("themes:capture_catalogue", args=[person.workshop.slug])
        page = browser_of(person).get(url).content.decode()
        return json.loads(html.unescape(re.search(r'data-json="(.*?)"', page)[1]))

    return ask


def test_the_catalogue_names_people_to_those_who_read_their_list(catalogue, session):
    group = GroupFactory(workshop=session.workshop, singular="scholar")
    ana = ParticipantFactory(workshop=session.workshop, display_name="Ana Ruiz", group=group)
    owner = ParticipantFactory(workshop=session.workshop, role=Role.OWNER)
    rapporteur = ParticipantFactory(workshop=session.workshop, role=Role.RAPPORTEUR)
    people = {person["name"]: person for person in catalogue(owner)["people"]}
    assert people["Ana Ruiz"] == {"id": str(ana.pk), "name": "Ana Ruiz", "group": str(group.pk)}
    assert catalogue(rapporteur)["people"] == []
    groups = [each["singular"] for each in catalogue(rapporteur)["groups"]]
    assert groups == ["scholar"]


def test_the_catalogue_says_what_is_kept_in_each_session(catalogue, session):
    session.workshop.keep_speakers, session.workshop.purge_on = True, date(2100, 1, 1)
    session.workshop.save()
    aside = SessionFactory(workshop=session.workshop, attribution_rule=AttributionRule.ANONYMOUS)
    owner = ParticipantFactory(workshop=session.workshop, role=Role.OWNER)
    kept = {
        each["id"]: (each["keeps_groups"], each["keeps_speakers"])
        for each in catalogue(owner)["sessions"]
    }
    assert kept == {str(session.pk): (True, True), str(aside.pk): (False, False)}


def test_nobody_is_named_where_nothing_is_kept_of_anybody(catalogue, session):
    session.workshop.attribution_rule = AttributionRule.ANONYMOUS
    session.workshop.save()
    owner = ParticipantFactory(workshop=session.workshop, role=Role.OWNER)
    assert catalogue(owner)["people"] == []
