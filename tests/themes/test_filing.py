"""Filing notes under themes, as they are captured and afterwards."""

import uuid

import pytest

from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.notes.models import Note
from apps.themes.models import Filing
from apps.themes.selectors import unfiled_notes
from apps.themes.services import capture_note, file_notes, unfile_notes
from apps.workshops.models import Phase, Role
from tests.factories import NoteFactory, ParticipantFactory, SessionFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(rapporteur):
    return SessionFactory(workshop=rapporteur.workshop)


@pytest.fixture
def theme(rapporteur):
    return ThemeFactory(workshop=rapporteur.workshop)


def test_several_notes_are_filed_at_once_and_each_once(rapporteur, session, theme):
    notes = [NoteFactory(session=session) for _ in range(3)]
    assert file_notes(actor=rapporteur, theme=theme, notes=notes[:2]) == 2
    assert file_notes(actor=rapporteur, theme=theme, notes=notes) == 1
    assert file_notes(actor=rapporteur, theme=theme, notes=notes) == 0
    assert set(theme.notes.all()) == set(notes)
    assert {filing.filed_by for filing in theme.filings.all()} == {rapporteur}
    assert AuditEntry.objects.filter(verb="theme.notes_filed").count() == 2


def test_a_note_may_stand_under_several_themes(rapporteur, session, theme):
    note = NoteFactory(session=session)
    other = ThemeFactory(workshop=rapporteur.workshop)
    for each in (theme, other):
        file_notes(actor=rapporteur, theme=each, notes=[note])
    assert unfile_notes(actor=rapporteur, theme=theme, notes=[note]) == 1
    assert list(note.themes.all()) == [other]
    assert Note.objects.filter(pk=note.pk).exists()


def test_unfiled_are_the_notes_under_no_theme_of_the_own_workshop(rapporteur, session, theme):
    loose, filed = (NoteFactory(session=session) for _ in range(2))
    file_notes(actor=rapporteur, theme=theme, notes=[filed])
    NoteFactory(text="of another workshop")
    assert list(unfiled_notes(rapporteur)) == [loose]
    assert not unfiled_notes(ParticipantFactory(workshop=rapporteur.workshop)).exists()


@pytest.mark.parametrize("verb", [file_notes, unfile_notes])
def test_no_notes_and_notes_of_another_workshop_are_refused(rapporteur, session, theme, verb):
    own = NoteFactory(session=session)
    for notes in ([], [own, NoteFactory()]):
        with pytest.raises(RuleViolation) as refusal:
            verb(actor=rapporteur, theme=theme, notes=notes)
        assert refusal.value.fields.keys() == {"notes"}
    assert not Filing.objects.exists()


@pytest.mark.parametrize("verb", [file_notes, unfile_notes])
def test_only_the_team_files_and_only_while_it_is_open(rapporteur, session, theme, verb):
    notes = [NoteFactory(session=session)]
    outsiders = [
        ParticipantFactory(workshop=rapporteur.workshop, role=Role.PARTICIPANT),
        ParticipantFactory(workshop=rapporteur.workshop, role=Role.OBSERVER),
        ParticipantFactory(role=Role.OWNER),
    ]
    for outsider in outsiders:
        with pytest.raises(NotPermitted):
            verb(actor=outsider, theme=theme, notes=notes)
    rapporteur.workshop.phase = Phase.ARCHIVED
    with pytest.raises(NotPermitted):
        verb(actor=rapporteur, theme=theme, notes=notes)


def test_a_captured_note_is_filed_at_once_and_once(rapporteur, session, theme):
    note_id = uuid.uuid4()
    for _ in range(2):
        note = capture_note(actor=rapporteur, session=session, text="Said", theme=theme, id=note_id)
    assert list(theme.notes.all()) == [note]
    assert Note.objects.count() == 1


def test_a_captured_note_that_cannot_be_filed_is_not_recorded(rapporteur, session):
    with pytest.raises(NotPermitted):
        capture_note(actor=rapporteur, session=session, text="Said", theme=ThemeFactory())
    assert not Note.objects.exists()
