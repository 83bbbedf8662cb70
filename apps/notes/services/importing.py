"""Taking notes from elsewhere: a draft while it is looked at, all or nothing, and back again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.core import audit, live
from apps.core.exceptions import RuleViolation
from apps.notes.models import ImportDraft, Mark, Note, NoteImport, Source
from apps.notes.selectors.importing import undoing
from apps.notes.services.changes import FEED, NOTES, next_numbers
from apps.notes.services.notes import NO_GROUP
from apps.notes.services.texts import checked_text
from apps.participants.models import Group, Participant
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import Session
from apps.workshops.services.asking import require_now

OTHERWISE = (
    "Something has changed while you were looking at this. Nothing was done; look again at what "
    "becomes of each note."
)
NOTHING = "No note is left to take."


@dataclass(frozen=True)
class NewNote:
    """A note to be recorded; `answers` is the place of another one before it."""

    session: Session
    text: str
    mark: str = Mark.REMARK
    group: Group | None = None
    answers: int | None = None


@transaction.atomic
def draft_notes(*, actor: Participant, kind: str, document: dict[str, Any]) -> ImportDraft:
    """Keep what was read, until it is taken or left; it takes the place of an earlier one.

    Nobody else sees it, and after a day it is deleted. The facilitation team may. Raises
    `NotPermitted`.
    """
    require_now(actor, "notes.import", actor.workshop)
    ImportDraft.objects.filter(made_by=actor).delete()
    return ImportDraft.objects.create(
        workshop=actor.workshop, made_by=actor, format=kind, document=document
    )


@transaction.atomic
def drop_notes(*, actor: Participant, draft: ImportDraft) -> None:
    """Delete a draft that won't be taken. Whoever made it may. Raises `NotPermitted`."""
    require_now(actor, "notes.import", actor.workshop)
    ImportDraft.objects.filter(pk=draft.pk, made_by=actor).delete()


@transaction.atomic
def record_import(
    *, actor: Participant, draft: ImportDraft, notes: Sequence[NewNote]
) -> tuple[NoteImport, list[Note]]:
    """Record `notes` as one import, in their order, and delete the `draft` that they came from.

    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` for no notes, an empty or
    too long text, a group under the anonymous rule, or when the draft was taken or left already.
    """
    require_now(actor, "notes.import", actor.workshop)
    if not ImportDraft.objects.filter(pk=draft.pk, made_by=actor).delete()[0]:
        raise RuleViolation(OTHERWISE)
    if not notes:
        raise RuleViolation(NOTHING)
    _check_groups(actor, notes)
    imported = NoteImport.objects.create(
        workshop=actor.workshop, format=draft.format, made_by=actor, count=len(notes)
    )
    last, change = next_numbers(actor.workshop, notes=len(notes))
    rows: list[Note] = []
    for number, note in enumerate(notes, start=last - len(notes) + 1):
        rows.append(
            Note(
                workshop=actor.workshop,
                session=note.session,
                sequence=number,
                change=change,
                text=checked_text(note.text),
                mark=note.mark,
                group=note.group,
                reply_to=None if note.answers is None else rows[note.answers],
                source=Source.IMPORT,
                imported_in=imported,
                recorded_by=actor,
            )
        )
    Note.objects.bulk_create(rows)
    audit.record(
        "notes.imported",
        imported,
        actor=actor,
        scope_id=actor.workshop_id,
        after={"notes": len(rows), "format": imported.format},
    )
    _tell(actor, change, {note.session for note in notes})
    return imported, rows


@transaction.atomic
def undo_import(*, actor: Participant, imported: NoteImport, digest: str) -> tuple[int, int]:
    """Take `imported` back; return how many of its notes went, and how many stay.

    Those stay on which somebody built since; `digest` tells which ones the actor saw (`undoing`).
    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` when it is others by now.
    """
    require_now(actor, "notes.import", actor.workshop)
    found = undoing(imported)
    if found.digest != digest:
        raise RuleViolation(OTHERWISE)
    sessions = {note.session for note in found.goes}
    Note.objects.filter(pk__in=[note.pk for note in found.goes]).delete()
    audit.record(
        "notes.import_undone",
        imported,
        actor=actor,
        scope_id=actor.workshop_id,
        after={"removed": len(found.goes), "left": len(found.stays)},
    )
    if found.goes:
        _tell(actor, next_numbers(actor.workshop, notes=0)[1], sessions)
    if not found.stays:
        imported.delete()
    return len(found.goes), len(found.stays)


def _check_groups(actor: Participant, notes: Sequence[NewNote]) -> None:
    """Refuse groups where none are kept; the workshop is locked, and its sessions with it."""
    wanted = {note.session.pk for note in notes if note.group is not None}
    for session in Session.objects.filter(pk__in=wanted):
        if not keeps_groups(actor.workshop, session):
            raise RuleViolation(NO_GROUP)


def _tell(actor: Participant, change: int, sessions: set[Session]) -> None:
    live.publish(actor.workshop_id, NOTES, change)
    if any(session.has_feed for session in sessions):
        live.publish(actor.workshop_id, FEED, change)
