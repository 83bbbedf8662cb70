"""The record as files: what others may know of who spoke, and no more."""

import json

import pytest
from django.utils import timezone

from apps.notes.importing import Reading, entries_of, read_file
from apps.notes.models import Note
from apps.participants.models import GroupMembership
from apps.themes.selectors.exporting import record_of
from apps.workshops.models import AttributionRule, Phase, Role, Workshop
from tests.factories import (
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
FILES = ["sessions.md", "themes.md", "notes.csv", "notes.json"]


@pytest.fixture
def rapporteur():
    return ParticipantFactory(role=Role.RAPPORTEUR, display_name="Canary Rapporteur")


@pytest.fixture
def workshop(rapporteur):
    return rapporteur.workshop


@pytest.fixture
def session(workshop):
    return SessionFactory(workshop=workshop, title="Opening")


@pytest.fixture
def scholars(workshop):
    return GroupFactory(workshop=workshop, singular="scholar", plural="scholars")


@pytest.fixture
def file_of(browser_of, rapporteur):
    def fetch(name, actor=rapporteur):
        answer = browser_of(actor).get(f"/w/{actor.workshop.slug}/capture/export/{name}")
        assert answer.status_code == 200
        return answer

    return fetch


@pytest.mark.parametrize(
    ("rule", "members", "label"),
    [
        (AttributionRule.ON_RECORD, 1, "a scholar"),
        (AttributionRule.CHATHAM_HOUSE, 5, "a scholar"),
        (AttributionRule.CHATHAM_HOUSE, 4, "a participant"),
    ],
)
def test_a_group_is_named_where_others_may_know_it(workshop, scholars, rule, members, label):
    Workshop.objects.update(attribution_rule=rule)
    rapporteur = ParticipantFactory(workshop=workshop, role=Role.RAPPORTEUR)
    ParticipantFactory.create_batch(
        members, workshop=workshop, group=scholars, consented_at=timezone.now()
    )
    NoteFactory(session__workshop=workshop, group=scholars)
    rapporteur.workshop.refresh_from_db()
    assert [note.group for note in record_of(rapporteur).notes] == [label]


def test_the_stricter_rule_of_a_session_counts(rapporteur, workshop, scholars):
    ParticipantFactory.create_batch(5, workshop=workshop, group=scholars)
    Workshop.objects.update(attribution_rule=AttributionRule.ON_RECORD)
    workshop.refresh_from_db()
    strict = SessionFactory(workshop=workshop, attribution_rule=AttributionRule.CHATHAM_HOUSE)
    GroupMembership.objects.filter(group=scholars).first().delete()
    NoteFactory(session=strict, group=scholars)
    assert [note.group for note in record_of(rapporteur).notes] == ["a participant"]


@pytest.mark.parametrize("name", FILES)
def test_no_file_holds_who_spoke_or_wrote_when_or_what_was_redacted(
    rapporteur, session, file_of, name
):
    NoteFactory(session=session, text="Said", recorded_by=rapporteur)
    gone = NoteFactory(session=session, text="Canary redacted")
    closed = SessionFactory(workshop=session.workshop, title="Canary closed", reported=False)
    NoteFactory(session=closed, text="Canary unreported")
    Note.objects.filter(pk=gone.pk).update(text="", redacted_at=timezone.now())
    answer = file_of(name)
    text = answer.content.decode()
    assert "Said" in text
    assert "Canary" not in text
    assert str(timezone.now().year) not in text
    assert str(rapporteur.pk) not in text
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", FILES)
def test_the_same_record_gives_the_same_bytes(workshop, session, file_of, name):
    note = NoteFactory(session=session, text="Said")
    ThemeFactory(workshop=workshop, notes=[note])
    first = file_of(name).content
    assert first == file_of(name, ParticipantFactory(workshop=workshop, role=Role.OWNER)).content
    Workshop.objects.update(phase=Phase.ARCHIVED)
    assert first == file_of(name).content


def test_json_holds_sessions_themes_and_answers(workshop, session, file_of):
    above = ThemeFactory(workshop=workshop, title="Influence")
    note = NoteFactory(session=session, text="What is it?", mark="question")
    under = ThemeFactory(workshop=workshop, title="As a verb", parent=above, notes=[note])
    under.notes.add(
        NoteFactory(session=session, text="A verb", reply_to=note),
        through_defaults={"workshop": workshop},
    )
    told = json.loads(file_of("notes.json").content)
    assert told["themes"] == [
        {"id": 1, "title": "Influence", "under": None},
        {"id": 2, "title": "As a verb", "under": 1},
    ]
    fields = ("number", "text", "mark", "themes", "answers")
    assert [tuple(note[field] for field in fields) for note in told["notes"]] == [
        (1, "What is it?", "question", [2], None),
        (2, "A verb", "remark", [2], 1),
    ]
    assert told["sessions"][told["notes"][0]["session"] - 1]["title"] == "Opening"


def test_nothing_in_a_table_is_a_formula(session, file_of):
    NoteFactory(session=session, text='=HYPERLINK("http://x")')
    NoteFactory(session=session, text="- no")
    text = file_of("notes.csv").content.decode()
    assert "'=HYPERLINK" in text
    assert "'- no" in text


def test_what_is_exported_reads_back_as_what_was_said(session, file_of):
    NoteFactory(session=session, text="1. first\n\n# not a heading")
    NoteFactory(session=session, text="Anna Berg: said this")
    for name in ("sessions.md", "notes.json"):
        entries = entries_of(read_file(file_of(name).content, name), Reading(joined=True))
        notes = [entry for entry in entries if entry.is_note]
        assert [note.text for note in notes] == list(Note.objects.values_list("text", flat=True))
        assert {note.speaker for note in notes} == {""}


def test_a_page_says_what_is_in_a_file_and_others_get_none(browser_of, rapporteur, workshop):
    page = browser_of(rapporteur).get(f"/w/{workshop.slug}/capture/export/")
    assert "of who spoke it says what others may know" in page.content.decode()
    participant = browser_of(ParticipantFactory(workshop=workshop))
    for name in ["", *FILES]:
        assert participant.get(f"/w/{workshop.slug}/capture/export/{name}").status_code == 403
