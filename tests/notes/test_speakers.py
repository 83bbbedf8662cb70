"""Who said a note: kept apart, told to few, and forgotten in time."""

import re
import uuid
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.core.contributions import contributed
from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.notes import speakers
from apps.notes.models.speakers import SpeakerLink
from apps.notes.selectors import shown_notes
from apps.participants.models import Naming, Participant
from apps.workshops.models import AttributionRule, Role, Session, Workshop
from apps.workshops.services import change_session, edit_basics
from tests.factories import (
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
ON_RECORD, CHATHAM_HOUSE, ANONYMOUS = AttributionRule
REASON = "She asked for a copy."


@pytest.fixture(autouse=True)
def _the_day(time_machine):
    time_machine.move_to(datetime(2026, 5, 13, 10, tzinfo=UTC), tick=True)


@pytest.fixture
def workshop():
    return WorkshopFactory(keep_speakers=True)


@pytest.fixture
def session(workshop):
    return SessionFactory(workshop=workshop, title="When to engage")


@pytest.fixture
def people(workshop):
    """One of each role, by role; and another facilitator."""
    found = {role: ParticipantFactory(workshop=workshop, role=role) for role in Role}
    return found | {"other": ParticipantFactory(workshop=workshop, role=Role.FACILITATOR)}


@pytest.fixture
def ana(workshop):
    return ParticipantFactory(workshop=workshop, display_name="Ana Unmistakable")


@pytest.fixture
def note(session, people, ana):
    """A note that the rapporteur took of what Ana said, as the other facilitator added."""
    note = NoteFactory(session=session, recorded_by=people[Role.RAPPORTEUR])
    speakers.keep(actor=people["other"], note=note, speaker=ana)
    return note


def under(workshop, rule, **values):
    """Set the rule, whatever people relied on: as if it had been so from the start."""
    Participant.objects.filter(workshop=workshop).update(consented_at=None)
    for name, value in {"attribution_rule": rule, **values}.items():
        setattr(workshop, name, value)
    workshop.save()


def kept():
    return set(SpeakerLink.objects.values_list("note_id", "participant_id"))


def test_a_speaker_is_kept_apart_from_the_note(note, ana):
    assert kept() == {(note.pk, ana.pk)}
    link = SpeakerLink.objects.get()
    # Ninety days after the last day, 13 May.
    assert link.expires_at == datetime(2026, 8, 12, tzinfo=UTC)
    assert str(ana.pk) not in str(list(AuditEntry.objects.values()))
    assert str(link) == "Who said a note"


def test_the_first_who_was_kept_stays_when_a_note_is_sent_again(note, people, ana):
    other = ParticipantFactory(workshop=note.workshop)
    speakers.keep(actor=people[Role.OWNER], note=note, speaker=other)
    assert kept() == {(note.pk, ana.pk)}


def test_a_wrong_speaker_is_corrected_and_the_history_says_that_alone(note, people, ana):
    other = ParticipantFactory(workshop=note.workshop)
    facilitator = people[Role.FACILITATOR]
    speakers.correct(actor=facilitator, note=note, speaker=other)
    assert kept() == {(note.pk, other.pk)}
    speakers.correct(actor=facilitator, note=note, speaker=None)
    assert kept() == set()
    told = AuditEntry.objects.filter(verb="speaker.corrected")
    assert [(e.actor_id, e.before, e.after) for e in told] == [(facilitator.pk, {}, {})] * 2


@pytest.mark.parametrize("role", [Role.RAPPORTEUR, Role.PARTICIPANT, Role.OBSERVER])
def test_others_than_those_who_read_the_list_of_people_keep_nobody(note, people, ana, role):
    for keep in (speakers.keep, speakers.correct):
        with pytest.raises(NotPermitted):
            keep(actor=people[role], note=note, speaker=ana)
    with pytest.raises(NotPermitted):
        speakers.correct(actor=people[role], note=note, speaker=None)
    assert kept() == {(note.pk, ana.pk)}


def test_only_people_of_the_workshop_are_kept(note, people):
    gone = ParticipantFactory(workshop=note.workshop, removed_at=datetime.now(UTC))
    for somebody in (ParticipantFactory(), gone):
        with pytest.raises(RuleViolation) as refusal:
            speakers.correct(actor=people[Role.OWNER], note=note, speaker=somebody)
        assert refusal.value.fields.keys() == {"speaker"}


@pytest.mark.parametrize(
    ("rule", "opted_in", "session_rule"),
    [
        (CHATHAM_HOUSE, False, ""),
        (ANONYMOUS, True, ""),
        (ON_RECORD, False, CHATHAM_HOUSE),
        (CHATHAM_HOUSE, True, ANONYMOUS),
    ],
)
def test_nobody_is_kept_where_the_rule_forbids_it(  # noqa: PLR0917
    workshop, people, ana, rule, opted_in, session_rule
):
    under(workshop, rule, keep_speakers=opted_in)
    note = NoteFactory(session=SessionFactory(workshop=workshop, attribution_rule=session_rule))
    with pytest.raises(RuleViolation) as refusal:
        speakers.keep(actor=people[Role.OWNER], note=note, speaker=ana)
    assert refusal.value.fields.keys() == {"speaker"}
    with pytest.raises(IntegrityError, match="rule in force"), transaction.atomic():
        SpeakerLink.objects.create(
            note_id=note.pk, workshop_id=workshop.pk, participant_id=ana.pk,
            expires_at=datetime(2026, 6, 1, tzinfo=UTC),
        )  # fmt: skip


def test_nobody_is_kept_of_another_workshop_even_by_the_database(note):
    stranger = ParticipantFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        SpeakerLink.objects.update(participant_id=stranger.pk)


TIGHTEN = {
    "the workshop becomes anonymous": lambda owner, _: edit_basics(
        actor=owner, attribution_rule=ANONYMOUS
    ),
    "the owner opts out": lambda owner, _: edit_basics(actor=owner, keep_speakers=False),
    "the session becomes anonymous": lambda owner, session: change_session(
        actor=owner, session=session, attribution_rule=ANONYMOUS
    ),
    "past the services": lambda *_: Workshop.objects.update(keep_speakers=False),
    "past them, for the session": lambda _, session: Session.objects.filter(pk=session.pk).update(
        attribution_rule=ANONYMOUS
    ),
}


@pytest.mark.parametrize("how", TIGHTEN)
def test_a_stricter_rule_forgets_at_once(note, people, session, how):
    TIGHTEN[how](people[Role.OWNER], session)
    assert kept() == set()


def test_from_the_record_to_the_chatham_house_rule_nobody_stays_kept(
    workshop, session, people, ana
):
    under(workshop, ON_RECORD, keep_speakers=False)
    note = NoteFactory(session=session)
    elsewhere = NoteFactory(session=SessionFactory(workshop__attribution_rule=ON_RECORD))
    other = ParticipantFactory(workshop=elsewhere.workshop, role=Role.OWNER)
    speakers.keep(actor=people[Role.OWNER], note=note, speaker=ana)
    speakers.keep(actor=other, note=elsewhere, speaker=other)
    edit_basics(actor=people[Role.OWNER], attribution_rule=CHATHAM_HOUSE)
    assert kept() == {(elsewhere.pk, other.pk)}


def test_a_note_that_moves_into_a_stricter_session_forgets(note):
    stricter = SessionFactory(workshop=note.workshop, attribution_rule=ANONYMOUS)
    type(note).objects.update(session=stricter)
    assert kept() == set()


@pytest.mark.parametrize("what", ["note", "person", "workshop"])
def test_what_is_deleted_takes_its_links_along(note, ana, what):
    if what == "workshop":
        type(note).objects.all().delete()
        note.workshop.delete()
    else:
        (note if what == "note" else ana).delete()
    assert kept() == set()


# How long


def test_an_earlier_deletion_date_counts_and_a_later_one_does_not(note, workshop):
    for purge_on, until in (
        (date(2026, 6, 1), datetime(2026, 6, 1, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 6, 1, tzinfo=UTC)),
        (None, datetime(2026, 6, 1, tzinfo=UTC)),
    ):
        Workshop.objects.filter(pk=workshop.pk).update(purge_on=purge_on)
        assert SpeakerLink.objects.get().expires_at == until
    with transaction.atomic():
        SpeakerLink.objects.update(expires_at=datetime(2100, 1, 1, tzinfo=UTC))
    # The database lets none live longer than the workshop's day.
    assert SpeakerLink.objects.get().expires_at == datetime(2026, 8, 12, tzinfo=UTC)


def test_what_has_expired_is_never_told_and_then_forgotten(time_machine, note, people, ana):
    owner = people[Role.OWNER]
    time_machine.move_to(datetime(2026, 8, 12, 0, 0, 1, tzinfo=UTC))
    [shown] = shown_notes(owner, [note])
    assert shown.may_ask is False
    with pytest.raises(RuleViolation, match="Nothing is kept"):
        speakers.tell(actor=owner, note=note, reason=REASON)
    assert speakers.notes_of(ana) == []
    assert kept() != set()
    removals = {removal.what: removal for removal in contributed("sweep")}
    assert removals["speaker links"].remaining() == 1
    assert removals["speaker links"].remove() == 1
    assert (removals["speaker links"].remaining(), kept()) == (0, set())


def test_nothing_is_forgotten_before_its_time(time_machine, note):
    time_machine.move_to(datetime(2026, 8, 11, 23, 59, tzinfo=UTC))
    assert speakers.forget_expired() == 0
    assert kept() != set()


# Being told


@pytest.mark.parametrize("role", [*Role, "other"])
def test_only_the_owner_and_who_recorded_it_are_told(note, people, role):
    actor = people[role]
    if role in {Role.OWNER, Role.RAPPORTEUR}:
        assert speakers.tell(actor=actor, note=note, reason=REASON) == "Ana Unmistakable"
        entry = AuditEntry.objects.get(verb="speaker.opened")
        assert (entry.actor_id, entry.subject_id, entry.reason) == (actor.pk, note.pk, REASON)
        assert "Ana" not in str((entry.before, entry.after))
        assert (entry.before, entry.after) == ({}, {})
        return
    with pytest.raises(NotPermitted):
        speakers.tell(actor=actor, note=note, reason=REASON)
    assert not AuditEntry.objects.filter(verb="speaker.opened").exists()


def test_whoever_left_the_team_is_told_nothing(note, people):
    taker = people[Role.RAPPORTEUR]
    Participant.objects.filter(pk=taker.pk).update(role=Role.PARTICIPANT)
    with pytest.raises(NotPermitted):
        speakers.tell(actor=Participant.objects.get(pk=taker.pk), note=note, reason=REASON)


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 501])
def test_nobody_is_told_without_a_reason(note, people, reason):
    with pytest.raises(RuleViolation) as refusal:
        speakers.tell(actor=people[Role.OWNER], note=note, reason=reason)
    assert refusal.value.fields.keys() == {"reason"}
    assert not AuditEntry.objects.filter(verb="speaker.opened").exists()


def test_what_counts_is_the_rule_as_it_is_now(note, people):
    owner = Participant.objects.select_related("workshop").get(pk=people[Role.OWNER].pk)
    Workshop.objects.update(keep_speakers=False)
    with pytest.raises(NotPermitted):
        speakers.tell(actor=owner, note=note, reason=REASON)


def test_somebody_without_a_name_is_told_as_such(note, people, ana):
    Participant.objects.filter(pk=ana.pk).update(display_name="")
    told = speakers.tell(actor=people[Role.OWNER], note=note, reason=REASON)
    assert told == "somebody who gave no name"


def test_the_page_asks_why_and_then_shows_the_name_once(note, people, browser_of):
    url = reverse("notes:speaker", args=[note.workshop.slug, note.pk])
    client = browser_of(people[Role.OWNER])
    asked = client.get(url)
    assert "Why do you ask?" in asked.content.decode()
    assert "Unmistakable" not in asked.content.decode()
    told = client.post(url, {"reason": REASON})
    assert told.status_code == 200
    assert "Ana Unmistakable" in told.content.decode()
    assert "no-store" in told["Cache-Control"]
    assert "Unmistakable" not in client.get(url).content.decode()
    assert AuditEntry.objects.filter(verb="speaker.opened").count() == 1
    refused = client.post(url, {"reason": " "})
    assert refused.status_code == 422
    assert "Say why you ask" in refused.content.decode()
    assert "Unmistakable" not in refused.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OWNER, 200), (Role.RAPPORTEUR, 200), (Role.FACILITATOR, 403), ("other", 403),
        (Role.PARTICIPANT, 404), (Role.OBSERVER, 404),
    ],
)  # fmt: skip
def test_the_page_is_there_for_few(note, people, browser_of, role, status):
    url = reverse("notes:speaker", args=[note.workshop.slug, note.pk])
    client = browser_of(people[role])
    assert client.get(url).status_code == status
    answer = client.post(url, {"reason": REASON})
    assert answer.status_code == status
    assert ("Unmistakable" in answer.content.decode()) == (status == 200)


# Beside a note


@pytest.mark.parametrize("role", [*Role, "other"])
def test_under_the_chatham_house_rule_no_name_stands_beside_a_note(note, people, role):
    silent = NoteFactory(session=note.session)
    shown = {each.note.pk: each for each in shown_notes(people[role], [note, silent])}
    assert {each.speaker for each in shown.values()} == {""}
    may = role in {Role.OWNER, Role.RAPPORTEUR}
    assert (shown[note.pk].may_ask, shown[silent.pk].may_ask) == (may, False)


@pytest.mark.parametrize("choice", Naming)
def test_on_the_record_the_team_reads_it_and_others_once_the_speaker_agreed(
    workshop, session, people, ana, choice
):
    under(workshop, ON_RECORD, keep_speakers=False)
    note = NoteFactory(session=session)
    speakers.keep(actor=people[Role.OWNER], note=note, speaker=ana)
    Participant.objects.filter(pk=ana.pk).update(attribution=choice)
    for role, reads in (
        (Role.OWNER, True), (Role.FACILITATOR, True), (Role.RAPPORTEUR, True),
        (Role.PARTICIPANT, choice == Naming.YES), (Role.OBSERVER, choice == Naming.YES),
    ):  # fmt: skip
        [shown] = shown_notes(people[role], [note])
        assert (shown.speaker, shown.may_ask) == ("Ana Unmistakable" if reads else "", False)


def test_as_many_queries_for_one_speaker_as_for_many(workshop, session, people):
    for rule in (CHATHAM_HOUSE, ON_RECORD):
        under(workshop, rule)
        notes, counts = [], []
        for _ in range(2):
            for _ in range(5):
                note = NoteFactory(session=session)
                somebody = ParticipantFactory(workshop=workshop)
                speakers.keep(actor=people[Role.OWNER], note=note, speaker=somebody)
                notes.append(note)
            with CaptureQueriesContext(connection) as queries:
                shown_notes(people[Role.OWNER], notes)
            counts.append(len(queries))
        assert counts[0] == counts[1]
        SpeakerLink.objects.all().delete()
        type(notes[0]).objects.all().delete()


# The composer


@pytest.fixture
def notetaker(people, browser_of):
    return browser_of(people[Role.FACILITATOR])


def said(session, **more):
    return {"id": str(uuid.uuid4()), "session": str(session.pk), "mark": "remark", **more}


@pytest.fixture
def capture(workshop):
    return reverse("themes:capture", args=[workshop.slug])


def test_the_composer_keeps_the_speaker_and_fills_in_the_group(notetaker, session, capture, ana):
    group = GroupFactory(workshop=session.workshop, singular="scholar")
    other = GroupFactory(workshop=session.workshop, singular="officer")
    group.memberships.create(workshop=session.workshop, participant=ana, axis=group.axis)
    page = notetaker.get(capture).content.decode()
    assert f'<option value="{ana.pk}">Ana Unmistakable</option>' in page
    answer = notetaker.post(capture, said(session, text="One", speaker=ana.pk))
    assert answer.status_code == 302
    note = session.notes.get(text="One")
    assert (note.group, kept()) == (group, {(note.pk, ana.pk)})
    # A group that was chosen stays.
    body = said(session, text="Two", speaker=ana.pk, group=other.pk)
    notetaker.post(capture, body)
    assert session.notes.get(text="Two").group == other
    assert "Unmistakable" not in "".join(session.notes.values_list("text", flat=True))
    # The next note is somebody else's: neither the address nor the form keeps the person.
    assert str(ana.pk) not in answer["Location"]
    assert _chosen(notetaker.get(answer["Location"]).content.decode()) == [""]


def test_a_note_and_its_speaker_are_recorded_or_neither(notetaker, session, capture):
    stranger = ParticipantFactory(display_name="Somebody else")
    answer = notetaker.post(capture, said(session, text="One", speaker=stranger.pk))
    assert answer.status_code == 422
    assert not session.notes.exists()
    assert kept() == set()


@pytest.mark.parametrize(
    ("rule", "opted_in", "session_rule"),
    [(CHATHAM_HOUSE, False, ""), (ANONYMOUS, True, ""), (CHATHAM_HOUSE, True, ANONYMOUS)],
)
def test_the_composer_asks_for_nobody_where_nobody_is_kept(  # noqa: PLR0917
    notetaker, workshop, session, capture, ana, rule, opted_in, session_rule
):
    under(workshop, rule, keep_speakers=opted_in)
    Session.objects.filter(pk=session.pk).update(attribution_rule=session_rule)
    assert 'name="speaker"' not in notetaker.get(capture).content.decode()
    assert notetaker.post(capture, said(session, text="One", speaker=ana.pk)).status_code == 302
    assert kept() == set()


@pytest.mark.parametrize("rule", [CHATHAM_HOUSE, ON_RECORD])
def test_a_rapporteur_who_reads_counts_of_people_is_offered_no_names(  # noqa: PLR0917
    workshop, session, people, ana, browser_of, capture, rule
):
    under(workshop, rule)
    note = NoteFactory(session=session, recorded_by=people[Role.RAPPORTEUR])
    speakers.keep(actor=people[Role.OWNER], note=note, speaker=ana)
    rapporteur = browser_of(people[Role.RAPPORTEUR])
    edit = reverse("notes:edit", args=[workshop.slug, note.pk])
    for page in (capture, edit):
        assert b'name="speaker"' not in rapporteur.get(page).content
    # What is sent all the same keeps nobody, and takes nobody away.
    before = kept()
    assert rapporteur.post(capture, said(session, text="One", speaker=ana.pk)).status_code == 302
    body = {"text": "Mended", "mark": "remark", "version": note.version, "speaker": "nobody"}
    assert rapporteur.post(edit, body).status_code == 302
    assert kept() == before != set()


def test_nobody_is_asked_for_once_their_time_is_over(time_machine, notetaker, session, capture):
    time_machine.move_to(datetime(2026, 9, 1, tzinfo=UTC))
    assert 'name="speaker"' not in notetaker.get(capture).content.decode()


def test_the_speaker_is_corrected_on_the_notes_page_which_does_not_tell(notetaker, note, ana):
    url = reverse("notes:edit", args=[note.workshop.slug, note.pk])
    other = ParticipantFactory(workshop=note.workshop, display_name="Bo Li")
    page = notetaker.get(url).content.decode()
    assert "unchanged" in page
    assert _chosen(page) == [""]
    body = {"text": note.text, "mark": "remark", "version": 1}
    assert notetaker.post(url, {**body, "speaker": ""}).status_code == 302
    assert kept() == {(note.pk, ana.pk)}
    assert notetaker.post(url, {**body, "speaker": other.pk}).status_code == 302
    assert kept() == {(note.pk, other.pk)}
    assert notetaker.post(url, {**body, "speaker": "nobody"}).status_code == 302
    assert kept() == set()


def test_the_api_carries_no_speakers(note, people, ana, api_of):
    api = api_of(people[Role.OWNER])
    url = f"/api/v1/workshops/{note.workshop.slug}/notes/"
    assert str(ana.pk) not in api.get(url).content.decode()
    assert "speaker" not in api.get(url).json()["results"][0]
    made = api.post(url, {"session": note.session_id, "text": "Said", "speaker": str(ana.pk)})
    assert made.status_code == 201
    assert kept() == {(note.pk, ana.pk)}


# What is held, and what goes


def test_people_read_what_is_kept_of_them_and_can_have_it_forgotten(note, ana):
    held = {each.key: each for each in contributed("people:held", participant=ana)}
    [item] = held["notes_said"].items
    assert (item.text, item.about) == (
        f"Note {note.sequence}", "When to engage, until 12 August 2026",
    )  # fmt: skip
    other = ParticipantFactory(workshop=note.workshop)
    held = {each.key: each for each in contributed("people:held", participant=other)}
    assert held["notes_said"].items == []
    removals = contributed("people:forget", participant=ana)
    [removal] = [each for each in removals if each.what == "speaker links"]
    assert (removal.remaining(), removal.remove(), removal.remaining()) == (1, 1, 0)
    assert kept() == set()


def test_the_purge_forgets_who_said_what_here_and_nowhere_else(note, workshop):
    elsewhere = WorkshopFactory(keep_speakers=True)
    owner = ParticipantFactory(workshop=elsewhere, role=Role.OWNER)
    other = NoteFactory(session=SessionFactory(workshop=elsewhere))
    speakers.keep(actor=owner, note=other, speaker=owner)
    [removal] = [
        each for each in contributed("purge", workshop=workshop) if each.what == "speaker links"
    ]
    assert (removal.remaining(), removal.remove(), removal.remaining()) == (1, 1, 0)
    assert kept() == {(other.pk, owner.pk)}


def test_an_instance_without_a_role_for_it_is_told_what_is_missing():
    with pytest.raises(Exception, match="SPEAKERS_ROLE"):
        call_command("protect_speakers")


def _chosen(page):
    """The options of the choice of speakers that are chosen already."""
    start = page.index('name="speaker"')
    return re.findall(r'value="([^"]*)" selected', page[start : page.index("</select>", start)])
