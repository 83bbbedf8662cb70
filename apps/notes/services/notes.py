"""Recording and correcting notes."""

import uuid
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.core import audit
from apps.core.editing import apply_changes, lock_version
from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import require
from apps.notes.models import Mark, Note, NoteRevision, Source
from apps.notes.services.changes import count_change, next_numbers, tell
from apps.notes.services.texts import checked_text
from apps.participants.models import Group, Participant
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import Session, Workshop
from apps.workshops.services import as_it_is_now

OTHER_WORDS = "A note with this id says something else. Send yours with an id of its own."
REDACTED = "This note was redacted meanwhile, and says nothing any more. Write a new one."
NOT_A_QUOTATION = "Only a quotation needs its speaker’s agreement. Mark the note as a quote first."
NO_GROUP = "Under the anonymous rule nothing is kept of who spoke, nor their group."


class NoteChanges(TypedDict, total=False):
    """What can be corrected of a note; what is left out stays as it is."""

    text: str
    mark: str
    group: Group | None
    may_be_printed: bool


@transaction.atomic
def record_note(
    *,
    actor: Participant,
    session: Session,
    text: str,
    id: uuid.UUID | None = None,  # noqa: A002 - the domain's word
    mark: str = Mark.REMARK,
    group: Group | None = None,
    reply_to: Note | None = None,
    source: str = Source.FACILITATOR,
    written_at: datetime | None = None,
) -> Note:
    """Record a note in `session` and return it.

    The facilitation team may. A note whose `id` is there already is returned as it stands: the
    same note sent twice is one note. Raises `NotPermitted`, and `RuleViolation` for an empty or
    too long text, a group under the anonymous rule, or an id that belongs to another workshop;
    `Conflict` when the note of this id says something else, and never did say this.
    """
    require(actor, "notes.record", session)
    as_it_is_now(actor)
    require(actor, "notes.record", session)
    text = checked_text(text)
    _check_group(group, session, actor.workshop)
    known = Note.objects.filter(pk=id).first() if id else None
    if known is not None:
        return _same(known, actor.workshop, text)
    sequence, change = next_numbers(actor.workshop)
    note = Note(
        id=id or uuid.uuid4(),
        workshop=actor.workshop,
        session=session,
        sequence=sequence,
        change=change,
        text=text,
        mark=mark,
        group=group,
        reply_to=reply_to,
        source=source,
        recorded_by=actor,
        written_at=written_at or timezone.now(),
    )
    try:
        with transaction.atomic():
            note.save(force_insert=True)
    except IntegrityError:
        # The same note arrived twice at once; the other delivery came first.
        return _same(Note.objects.get(pk=note.pk), actor.workshop, text)
    audit.record("note.recorded", note, actor=actor, scope_id=note.workshop_id)
    tell(note, session)
    return note


@transaction.atomic
def correct_note(
    *,
    actor: Participant,
    note: Note,
    version: int | None = None,
    **changes: Unpack[NoteChanges],
) -> Note:
    """Correct `note`; what is left out stays as it is, and what it said before is kept.

    The facilitation team may. Raises `NotPermitted`, `RuleViolation` for an empty or too long
    text, a group under the anonymous rule, an agreement to the printing of what is no quotation,
    or a note that was redacted, and `Conflict` when `version` isn't the note's any more. A speaker
    agrees to words as they stand: other words take the agreement back.
    """
    require(actor, "notes.correct", note)
    as_it_is_now(actor)
    require(actor, "notes.correct", note)
    if "text" in changes:
        changes["text"] = checked_text(changes["text"])
    row: Note = lock_version(Note.objects.all(), note.pk, version)
    if row.redacted_at is not None:
        raise RuleViolation(REDACTED, fields={"text": REDACTED})
    group = changes.get("group", row.group)
    if group != row.group:
        _check_group(group, row.session, actor.workshop)
    changes |= _agreement(row, changes)
    if changes.get("text", row.text) != row.text:
        NoteRevision.objects.create(note=row, text=row.text, replaced_by=actor)
    # The earlier text stands with the note, where redaction can reach it, and to which group the
    # speaker belongs goes with the list of people: neither is for the log, which keeps all.
    unlogged = {"text", "group"}
    if apply_changes(row, changes, verb="note.corrected", actor=actor, unlogged=unlogged):
        count_change([row])
    return row


def _agreement(note: Note, changes: NoteChanges) -> NoteChanges:
    """Return what becomes of the speaker's agreement when `changes` are made."""
    quoted = changes.get("mark", note.mark) == Mark.QUOTE
    agrees = changes.get("may_be_printed", note.may_be_printed)
    if agrees and not note.may_be_printed and not quoted:
        raise RuleViolation(NOT_A_QUOTATION, fields={"may_be_printed": NOT_A_QUOTATION})
    other_words = changes.get("text", note.text) != note.text
    lapsed = note.may_be_printed and (other_words or not quoted)
    return {"may_be_printed": agrees and not lapsed}


def _check_group(group: Group | None, session: Session, workshop: Workshop) -> None:
    """Refuse a group where none is kept; `workshop` is locked, and its sessions with it."""
    if group is None:
        return
    now = Session.objects.get(pk=session.pk)
    if not keeps_groups(workshop, now):
        raise RuleViolation(NO_GROUP, fields={"group": NO_GROUP})


def _same(note: Note, workshop: Workshop, text: str) -> Note:
    if note.workshop_id != workshop.pk:
        raise RuleViolation("This id is taken.", fields={"id": "This id is taken."})
    # Sent again, perhaps after someone corrected it; other words would be lost without a word.
    # What was redacted isn't there to be compared, and isn't brought back by being sent again.
    if note.redacted_at is not None:
        return note
    if text != note.text and not note.revisions.filter(text=text).exists():
        raise Conflict(OTHER_WORDS, current=note)
    return note
