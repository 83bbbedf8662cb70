"""Correcting a note on its page, and in its place in a list."""

import pytest
from django.urls import reverse

from apps.notes.services import correct_note
from apps.workshops.models import AttributionRule, Role
from tests.factories import GroupFactory, NoteFactory, ParticipantFactory, SessionFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def note(rapporteur):
    return NoteFactory(session=SessionFactory(workshop=rapporteur.workshop), text="As typed")


@pytest.fixture
def url(note):
    return reverse("notes:edit", args=[note.workshop.slug, note.pk])


@pytest.fixture
def notetaker(rapporteur, browser_of):
    return browser_of(rapporteur)


def correct(actor, note, text):
    correct_note(actor=actor, note=note, text=text, mark=note.mark, group=note.group)


def test_a_note_is_corrected_on_its_page(notetaker, note, url):
    assert "As typed" in notetaker.get(url).content.decode()
    answer = notetaker.post(url, {"text": "As meant", "mark": "quote", "version": 1})
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#note-{note.pk}")
    note.refresh_from_db()
    assert (note.text, note.mark) == ("As meant", "quote")


def test_what_it_said_before_stands_with_it(notetaker, rapporteur, note, url):
    correct(rapporteur, note, "As meant")
    page = notetaker.get(url).content.decode()
    assert "It said before: “As typed”" in page


def test_htmx_swaps_the_row_for_the_form_and_back(notetaker, note, url):
    row = reverse("notes:detail", args=[note.workshop.slug, note.pk])
    for answer, holds in (
        (notetaker.get(url, headers=HTMX), "<form"),
        (notetaker.get(row, headers=HTMX), "Edit"),
        (
            notetaker.post(url, {"text": "Else", "mark": "remark", "version": 1}, headers=HTMX),
            "Else",
        ),
    ):
        html = answer.content.decode()
        assert answer.status_code == 200
        assert html.strip().startswith("<li")
        assert f'id="note-{note.pk}"' in html
        assert "<html" not in html
        assert holds in html
    assert notetaker.get(row).status_code == 302


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("text", ["", " ", "z" * 10_001])
def test_a_text_that_cannot_be_saved_is_kept_in_the_form(notetaker, note, url, text, headers):
    answer = notetaker.post(url, {"text": text, "mark": "remark", "version": 1}, headers=headers)
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert "Nothing has been lost" in answer.content.decode()
    note.refresh_from_db()
    assert note.text == "As typed"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_conflict_shows_both_texts_and_saving_again_replaces_knowingly(
    notetaker, rapporteur, note, url, headers
):
    correct(rapporteur, note, "Theirs")
    answer = notetaker.post(url, {"text": "Mine", "mark": "quote", "version": 1}, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert "Mine" in page
    assert 'name="version" value="2"' in page
    note.refresh_from_db()
    assert note.text == "Theirs"
    notetaker.post(url, {"text": "Mine", "mark": "quote", "version": 2}, headers=headers)
    note.refresh_from_db()
    assert note.text == "Mine"


def test_under_the_anonymous_rule_a_correction_asks_for_no_group(notetaker, note, url):
    note.group = GroupFactory(workshop=note.workshop)
    note.save()
    note.session.attribution_rule = AttributionRule.ANONYMOUS
    note.session.save()
    page = notetaker.get(url).content.decode()
    assert 'name="group"' not in page
    assert note.group.singular not in page
    notetaker.post(url, {"text": "Else", "mark": "remark", "version": 1})
    note.refresh_from_db()
    assert (note.text, note.group) == ("Else", None)


def test_a_group_of_another_workshop_is_refused(notetaker, note, url):
    foreign = {"text": "Else", "mark": "remark", "group": GroupFactory().pk, "version": 1}
    assert notetaker.post(url, foreign).status_code == 422


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_others_than_the_team_find_no_note(browser_of, note, url, role):
    notetaker = browser_of(ParticipantFactory(workshop=note.workshop, role=role))
    row = reverse("notes:detail", args=[note.workshop.slug, note.pk])
    assert notetaker.get(url).status_code == notetaker.get(row).status_code == 404
    assert notetaker.post(url, {"text": "Mine", "mark": "remark"}).status_code == 404


def test_a_note_of_another_workshop_is_not_there(notetaker, note):
    foreign = NoteFactory()
    for slug in (note.workshop.slug, foreign.workshop.slug):
        assert notetaker.get(reverse("notes:edit", args=[slug, foreign.pk])).status_code == 404
