"""Recording and correcting notes."""

import uuid

import pytest
from django.utils import timezone

from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.notes.models import Mark, Note
from apps.notes.selectors import notes_visible_to, shown_notes
from apps.notes.services import correct_note, record_note
from apps.workshops.models import AttributionRule, Phase, Role, Workshop
from apps.workshops.services import change_session, edit_basics
from tests.factories import GroupFactory, NoteFactory, ParticipantFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(rapporteur):
    return SessionFactory(workshop=rapporteur.workshop)


def test_notes_are_numbered_in_the_order_in_which_the_server_got_them(rapporteur, session):
    first = record_note(actor=rapporteur, session=session, text="First")
    second = record_note(actor=rapporteur, session=session, text="Second")
    assert (first.sequence, second.sequence) == (1, 2)
    assert second.recorded_by == rapporteur


def test_the_same_note_sent_twice_is_one_note(rapporteur, session):
    note_id = uuid.uuid4()
    first = record_note(actor=rapporteur, session=session, text="Said", id=note_id)
    again = record_note(actor=rapporteur, session=session, text="Said", id=note_id)
    assert again == first
    assert Note.objects.count() == 1
    assert record_note(actor=rapporteur, session=session, text="Next").sequence == 2


def test_other_words_under_the_id_of_a_note_are_not_dropped_silently(rapporteur, session):
    note = record_note(actor=rapporteur, session=session, text="Said")
    with pytest.raises(Conflict):
        record_note(actor=rapporteur, session=session, text="Said otherwise", id=note.pk)
    correct_note(actor=rapporteur, note=note, text="Corrected")
    late = record_note(actor=rapporteur, session=session, text="Said", id=note.pk)
    assert late.text == "Corrected"


def test_an_id_of_another_workshop_is_refused_without_telling_its_text(rapporteur, session):
    foreign = NoteFactory(text="secret elsewhere")
    with pytest.raises(RuleViolation) as refusal:
        record_note(actor=rapporteur, session=session, text="Said", id=foreign.pk)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("text", ["", "   \n", "\x00", "x" * 10_001])
def test_an_empty_or_endless_text_is_refused_in_words(rapporteur, session, text):
    with pytest.raises(RuleViolation) as refusal:
        record_note(actor=rapporteur, session=session, text=text)
    assert refusal.value.fields.keys() == {"text"}
    assert not Note.objects.exists()


def test_a_correction_keeps_the_earlier_text_and_tells_the_log_no_content(rapporteur, session):
    note = record_note(actor=rapporteur, session=session, text="Before")
    correct_note(
        actor=rapporteur, note=note, version=1, text="After", mark=Mark.QUESTION, group=None
    )
    note.refresh_from_db()
    assert (note.text, note.mark, note.version) == ("After", Mark.QUESTION, 2)
    assert [revision.text for revision in note.revisions.all()] == ["Before"]
    entry = AuditEntry.objects.get(verb="note.corrected")
    assert entry.after == {"mark": "question", "text": None}
    assert entry.before == {"mark": "remark", "text": None}


def test_a_correction_of_a_note_changed_meanwhile_is_a_conflict_with_the_present_text(
    rapporteur, session
):
    note = record_note(actor=rapporteur, session=session, text="Before")
    correct_note(actor=rapporteur, note=note, version=1, text="Mine", mark="remark", group=None)
    with pytest.raises(Conflict) as conflict:
        correct_note(
            actor=rapporteur, note=note, version=1, text="Yours", mark="remark", group=None
        )
    assert conflict.value.current.text == "Mine"


def test_a_correction_leaves_what_it_does_not_name_as_others_left_it(rapporteur, session):
    note = record_note(actor=rapporteur, session=session, text="Before")
    correct_note(actor=rapporteur, note=note, mark=Mark.QUESTION)
    correct_note(actor=rapporteur, note=note, text="After")
    note.refresh_from_db()
    assert (note.text, note.mark) == ("After", Mark.QUESTION)


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_people_outside_the_team_record_nothing(role, session):
    outsider = ParticipantFactory(workshop=session.workshop, role=role)
    with pytest.raises(NotPermitted):
        record_note(actor=outsider, session=session, text="Said")


def test_nothing_is_recorded_once_the_workshop_is_published(rapporteur, session):
    rapporteur.workshop.phase = Phase.PUBLISHED
    with pytest.raises(NotPermitted):
        record_note(actor=rapporteur, session=session, text="Said")


def test_the_team_of_another_workshop_records_nothing_here(session):
    stranger = ParticipantFactory(role=Role.RAPPORTEUR)
    with pytest.raises(NotPermitted):
        record_note(actor=stranger, session=session, text="Said")


@pytest.mark.parametrize("whose", ["workshop", "session"])
def test_under_the_anonymous_rule_no_group_is_kept(rapporteur, session, whose):
    group = GroupFactory(workshop=rapporteur.workshop)
    strict = rapporteur.workshop if whose == "workshop" else session
    strict.attribution_rule = AttributionRule.ANONYMOUS
    strict.save()
    with pytest.raises(RuleViolation) as refusal:
        record_note(actor=rapporteur, session=session, text="Said", group=group)
    assert refusal.value.fields.keys() == {"group"}
    assert record_note(actor=rapporteur, session=session, text="Said").group is None


@pytest.mark.parametrize("whose", ["workshop", "session"])
def test_what_counts_is_the_rule_as_it_is_now(rapporteur, session, whose):
    group = GroupFactory(workshop=rapporteur.workshop)
    note = record_note(actor=rapporteur, session=session, text="Said")
    # Tightened by somebody else after the actor was loaded.
    strict = type(getattr(note, whose)).objects.filter(pk=getattr(note, whose).pk)
    strict.update(attribution_rule=AttributionRule.ANONYMOUS)
    with pytest.raises(RuleViolation):
        record_note(actor=rapporteur, session=session, text="Said", group=group)
    with pytest.raises(RuleViolation):
        correct_note(actor=rapporteur, note=note, group=group)


def test_what_counts_is_the_phase_as_it_is_now(rapporteur, session):
    note = NoteFactory(session=session)
    Workshop.objects.update(phase=Phase.PUBLISHED)
    with pytest.raises(NotPermitted):
        record_note(actor=rapporteur, session=session, text="Said")
    rapporteur.workshop.phase = Phase.REVIEW
    with pytest.raises(NotPermitted):
        correct_note(actor=rapporteur, note=note, text="Said")


def test_tightening_the_rule_takes_the_groups_off_the_notes(rapporteur, session):
    owner = ParticipantFactory(workshop=rapporteur.workshop, role=Role.OWNER)
    group = GroupFactory(workshop=rapporteur.workshop)
    here, there = (
        NoteFactory(session=each, group=group)
        for each in (session, SessionFactory(workshop=rapporteur.workshop))
    )
    change_session(actor=owner, session=session, attribution_rule=AttributionRule.ANONYMOUS)
    kept = Note.objects.exclude(group=None)
    assert list(kept.filter(pk__in=[here.pk, there.pk])) == [there]
    edit_basics(actor=owner, attribution_rule=AttributionRule.ANONYMOUS)
    assert not kept.all().exists()


def test_a_group_is_shown_only_where_it_gives_nobody_away(rapporteur, session):
    small, large = (
        GroupFactory(workshop=rapporteur.workshop, singular=name) for name in ("scholar", "officer")
    )
    ParticipantFactory.create_batch(
        5, workshop=rapporteur.workshop, group=large, consented_at=timezone.now()
    )
    ParticipantFactory(workshop=rapporteur.workshop, group=small)
    said = [NoteFactory(session=session, group=group) for group in (small, large, None)]
    notes = notes_visible_to(rapporteur).filter(pk__in=[note.pk for note in said])
    # The team reads what it entered; others don't.
    shown = shown_notes(rapporteur, notes)
    assert [note.said_by for note in shown] == ["a scholar", "an officer", ""]
    reader = ParticipantFactory(workshop=rapporteur.workshop)
    shown = shown_notes(reader, notes)
    assert [note.said_by for note in shown] == ["a participant", "an officer", ""]
    session.attribution_rule = AttributionRule.ANONYMOUS
    session.save()
    for viewer in (rapporteur, reader):
        assert {note.said_by for note in shown_notes(viewer, notes.all())} == {""}
