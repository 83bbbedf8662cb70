"""Passages of notes: exact offsets, found again after corrections, gone with the note."""

import csv
import io
import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from apps.core.exceptions import NotPermitted, RuleViolation
from apps.notes.services import correct_note, redact_note
from apps.participants.services import purge_now
from apps.themes.models import Filing, Step
from apps.themes.selectors import Outline, unfiled_notes
from apps.themes.selectors.passages import passages_under, place_of
from apps.themes.services import (
    file_notes,
    file_passage,
    merge_themes,
    sort_notes,
    take_off_passage,
    undo_rearrangement,
)
from apps.workshops.models import Role
from tests.factories import EvidenceFactory, NoteFactory, ParticipantFactory, ThemeFactory

pytestmark = pytest.mark.django_db
SAID = "On 𝛼: they ask 👩‍🔬 twice, then they ask again.\nAnd so on."


@pytest.fixture
def note(rapporteur):
    return NoteFactory(session__workshop=rapporteur.workshop, text=SAID)


@pytest.fixture
def theme(rapporteur):
    return ThemeFactory(workshop=rapporteur.workshop, title="Asking")


@pytest.fixture
def team(rapporteur, browser_of):
    return browser_of(rapporteur)


def passages(actor, theme):
    return [(each.text, each.start, each.fits) for each in passages_under(actor, theme)]


def test_offsets_count_code_points_and_the_text_is_kept(rapporteur, note, theme):
    start = SAID.index("👩")
    file_passage(actor=rapporteur, theme=theme, note=note, text="👩‍🔬 twice", start=start)
    filing = Filing.objects.get()
    assert (filing.start, filing.end) == (start, start + len("👩‍🔬 twice"))
    assert note.text[filing.start : filing.end] == filing.passage
    assert not unfiled_notes(rapporteur).exists()


def test_words_that_stand_there_once_need_no_place(rapporteur, note, theme):
    file_passage(actor=rapporteur, theme=theme, note=note, text="again.\nAnd")
    assert passages(rapporteur, theme) == [("again.\nAnd", SAID.index("again"), True)]
    for words in ("they ask", "nobody said", " "):
        with pytest.raises(RuleViolation) as refusal:
            file_passage(actor=rapporteur, theme=theme, note=note, text=words)
        assert refusal.value.fields.keys() == {"text"}
    with pytest.raises(RuleViolation):
        file_passage(actor=rapporteur, theme=theme, note=note, text="they ask", start=0)


def test_several_passages_of_a_note_stand_under_a_theme_each_once(rapporteur, note, theme):
    places = [SAID.index("they ask"), SAID.rindex("they ask")]
    for start in (*places, places[0]):
        file_passage(actor=rapporteur, theme=theme, note=note, text="they ask", start=start)
    file_notes(actor=rapporteur, theme=theme, notes=[note])
    assert Filing.objects.count() == 3
    assert Outline(rapporteur).branches()[0].note_count == 1


def test_after_a_correction_a_passage_is_found_at_the_nearest_place(rapporteur, note, theme):
    start = SAID.rindex("they ask")
    file_passage(actor=rapporteur, theme=theme, note=note, text="they ask", start=start)
    correct_note(actor=rapporteur, note=note, text=f"Well. {SAID}")
    assert passages(rapporteur, theme) == [("they ask", start + 6, True)]
    correct_note(actor=rapporteur, note=note, text="Nobody asks.")
    assert passages(rapporteur, theme) == [("they ask", start, False)]


@given(st.text("ab", max_size=12), st.text("ab", min_size=1, max_size=3), st.integers(0, 12))
def test_the_place_found_holds_the_words_and_none_is_nearer(text, words, near):
    found = place_of(words, text, near)
    there = [at for at in range(len(text)) if text[at:].startswith(words)]
    assert (found is None) == (not there)
    if found is not None:
        assert text[found : found + len(words)] == words
        assert abs(found - near) == min(abs(at - near) for at in there)


def test_the_database_holds_offsets_and_words_together(rapporteur, note, theme):
    for wrong in (
        {"start": 0, "end": 3, "passage": "On"},
        {"start": 3, "end": 3, "passage": ""},
        {"start": 0, "passage": "On"},
        {"passage": "On"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Filing.objects.create(workshop=theme.workshop, theme=theme, note=note, **wrong)


def test_a_passage_moves_with_its_note_and_through_merges_and_comes_back(rapporteur, note, theme):
    other = ThemeFactory(workshop=theme.workshop)
    file_passage(actor=rapporteur, theme=theme, note=note, text="twice")
    moved = sort_notes(actor=rapporteur, notes=[note], theme=other, away=[(note, theme)])
    assert [text for text, _, _ in passages(rapporteur, other)] == ["twice"]
    assert Filing.objects.count() == 1
    undo_rearrangement(actor=rapporteur, rearrangement=moved.rearrangement)
    file_passage(actor=rapporteur, theme=other, note=note, text="twice")
    file_notes(actor=rapporteur, theme=other, notes=[note])
    merged = merge_themes(actor=rapporteur, theme=theme, into=other)
    assert Filing.objects.filter(theme=other).count() == 2
    undo_rearrangement(actor=rapporteur, rearrangement=merged)
    assert [text for text, _, _ in passages(rapporteur, theme)] == ["twice"]


def test_filing_and_taking_off_a_passage_is_undone(rapporteur, note, theme):
    filed = file_passage(actor=rapporteur, theme=theme, note=note, text="twice")
    undo_rearrangement(actor=rapporteur, rearrangement=filed)
    assert not Filing.objects.exists()
    file_passage(actor=rapporteur, theme=theme, note=note, text="twice")
    at = Filing.objects.get()
    gone = take_off_passage(actor=rapporteur, theme=theme, note=note, start=at.start, end=at.end)
    assert not Filing.objects.exists()
    undo_rearrangement(actor=rapporteur, rearrangement=gone)
    assert passages(rapporteur, theme) == [("twice", SAID.index("twice"), True)]


def test_only_the_team_marks_passages_of_its_own_notes(rapporteur, note, theme):
    for person in (
        ParticipantFactory(workshop=rapporteur.workshop),
        ParticipantFactory(role=Role.OWNER),
    ):
        with pytest.raises(NotPermitted):
            file_passage(actor=person, theme=theme, note=note, text="twice")
        with pytest.raises(NotPermitted):
            take_off_passage(actor=person, theme=theme, note=note, start=0, end=1)
    with pytest.raises(RuleViolation):
        file_passage(actor=rapporteur, theme=theme, note=NoteFactory(text="twice"), text="twice")


def test_what_was_redacted_stands_in_no_passage_and_nothing_that_could_be_undone(
    rapporteur, note, theme
):
    file_passage(actor=rapporteur, theme=theme, note=note, text="twice")
    at = Filing.objects.get()
    take_off_passage(actor=rapporteur, theme=theme, note=note, start=at.start, end=at.end)
    file_passage(actor=rapporteur, theme=theme, note=note, text="again")
    kept = [f"{step.before}{step.after}" for step in Step.objects.all()]
    assert any("twice" in text for text in kept)
    redact_note(actor=rapporteur, note=note, reason="It named somebody")
    assert not Filing.objects.exists()
    assert not Step.objects.exists()


def test_passages_of_earlier_texts_go_on_the_day_of_deletion(rapporteur, note, theme):
    EvidenceFactory(note=note, annotation__theme=theme)
    for words in ("twice", "again"):
        file_passage(actor=rapporteur, theme=theme, note=note, text=words)
    correct_note(actor=rapporteur, note=note, text="Once, then again.")
    owner = ParticipantFactory(workshop=rapporteur.workshop, role=Role.OWNER)
    purge_now(actor=owner, title=rapporteur.workshop.title)
    assert [filing.passage for filing in Filing.objects.all()] == ["again"]


def test_a_passage_is_marked_on_its_page_and_taken_off_the_theme(team, note, theme):
    url = reverse("themes:mark_passage", args=[theme.workshop.slug, note.pk])
    assert "they ask" in team.get(url).content.decode()
    refused = team.post(url, {"text": "they ask", "theme": theme.pk})
    assert refused.status_code == 422
    assert "several times" in refused.content.decode()
    body = {"text": "again.\r\nAnd", "theme": theme.pk}
    assert "Filed a passage of note" in team.post(url, body, follow=True).content.decode()
    page = team.get(reverse("themes:detail", args=[theme.workshop.slug, theme.pk]))
    assert "<mark>again.\nAnd</mark>" in page.content.decode()
    filing = Filing.objects.get()
    off = reverse("themes:take_off_passage", args=[theme.workshop.slug, theme.pk])
    for wrong in ({}, {"note": note.pk, "start": "x", "end": "9" * 30}):
        assert team.post(off, wrong).status_code in {302, 404}
    assert Filing.objects.exists()
    team.post(off, {"note": note.pk, "start": filing.start, "end": filing.end})
    assert not Filing.objects.exists()


def test_a_passage_that_no_longer_fits_stands_beside_what_the_note_says_now(
    rapporteur, team, note, theme
):
    file_passage(actor=rapporteur, theme=theme, note=note, text="twice")
    correct_note(actor=rapporteur, note=note, text="Once.")
    page = team.get(reverse("themes:detail", args=[theme.workshop.slug, theme.pk]))
    shown = page.content.decode()
    assert "no longer fits the note" in shown
    assert '<p class="conflict-text">twice</p>' in shown
    assert '<p class="conflict-text">Once.</p>' in shown


def test_the_page_of_a_theme_asks_no_more_of_thirty_passages_than_of_one(
    rapporteur, team, theme, queries_of
):
    def add():
        note = NoteFactory(session__workshop=theme.workshop)
        file_passage(actor=rapporteur, theme=theme, note=note, text=note.text[:5], start=0)

    add()
    url = reverse("themes:detail", args=[theme.workshop.slug, theme.pk])
    one = queries_of(lambda: team.get(url))
    for _ in range(29):
        add()
    assert queries_of(lambda: team.get(url)) == one


def test_files_show_what_of_a_note_stands_under_a_theme(rapporteur, team, note, theme):
    other = ThemeFactory(workshop=theme.workshop, title="Again", parent=theme)
    at = SAID.index("they ask")
    for words, start in (("they ask", at), ("hey", at + 1)):
        file_passage(actor=rapporteur, theme=theme, note=note, text=words, start=start)
    for words, where in (("ask 👩‍🔬", theme), ("so on.", theme), ("twice", other)):
        file_passage(actor=rapporteur, theme=where, note=note, text=words)
    file_notes(actor=rapporteur, theme=other, notes=[note])
    slug = theme.workshop.slug
    text = team.get(reverse("themes:export_by_theme", args=[slug])).content.decode()
    under, below = text.split("## Asking\n")[1].split("### Again\n")
    assert under.strip() == "- … they ask 👩‍🔬 … so on."
    assert "then they ask again." in below
    table = team.get(reverse("themes:export_table", args=[slug])).content.decode()
    (row,) = csv.DictReader(io.StringIO(table))
    assert row["Theme"] == "Asking; Asking › Again"
    assert row["Passages"] == (
        "Asking: “they ask”; Asking: “hey”; Asking: “ask 👩‍🔬”; Asking: “so on.”; "
        "Asking › Again: “twice”"
    )


def test_no_file_tells_what_a_note_no_longer_says(rapporteur, team, note, theme):
    file_passage(actor=rapporteur, theme=theme, note=note, text="twice")
    correct_note(actor=rapporteur, note=note, text="Once.")
    slug = theme.workshop.slug
    for name in ("by_session", "by_theme", "table", "json"):
        told = team.get(reverse(f"themes:export_{name}", args=[slug])).content.decode()
        assert "Once." in told
        assert "twice" not in told
    (told,) = json.loads(team.get(reverse("themes:export_json", args=[slug])).content)["notes"]
    assert (told["themes"], told["partly"], told["passages"]) == ([1], [], [])


def test_the_export_and_the_api_tell_passages(rapporteur, team, api_of, note, theme):
    file_passage(actor=rapporteur, theme=theme, note=note, text="twice")
    start = SAID.index("twice")
    exported = json.loads(
        team.get(reverse("themes:export_json", args=[theme.workshop.slug])).content
    )
    assert exported["notes"][0]["partly"] == [1]
    assert exported["notes"][0]["passages"] == [
        {"theme": 1, "start": start, "end": start + 5, "text": "twice"}
    ]
    api, url = api_of(rapporteur), f"/api/v1/workshops/{theme.workshop.slug}/themes/{theme.pk}"
    (told,) = api.get(f"{url}/passages/").json()
    assert told == {
        "note": str(note.pk), "start": start, "end": start + 5, "text": "twice", "fits": True
    }  # fmt: skip
    body = {"note": note.pk, "text": "they ask", "start": SAID.rindex("they ask")}
    assert api.post(f"{url}/passages/", body, format="json").status_code == 201
    assert len(api.get(f"{url}/passages/").json()) == 2
    assert len(api.get(f"{url}/notes/").json()["results"]) == 1
