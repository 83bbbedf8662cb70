"""Filing notes under themes as they are recorded. What is sorted by hand: see `sorting`."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from apps.core import audit
from apps.core.exceptions import RuleViolation
from apps.notes.models import Mark, Note, Source
from apps.notes.services import count_change, record_note
from apps.participants.models import Group, Participant
from apps.themes.models import Filing, Theme
from apps.workshops.models import Session, Workshop
from apps.workshops.services.asking import require_now

NONE_CHOSEN = "Choose at least one note."
ELSEWHERE = "A note isn't of this workshop."
REDACTED = "A note was redacted meanwhile, so it is filed nowhere."


@transaction.atomic
def file_notes(*, actor: Participant, theme: Theme, notes: Iterable[Note]) -> int:
    """File `notes` under `theme`, where they may stand already; return how many are new there.

    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` for no notes or notes
    of another workshop.
    """
    require_now(actor, "themes.file", theme)
    rows = checked_notes(notes, theme.workshop)
    whole = theme.filings.filter(note__in=rows, start=None)
    there = set(whole.values_list("note_id", flat=True))
    new = [note for note in rows if note.pk not in there]
    # Someone else may file the same note at this moment: it is filed once.
    Filing.objects.bulk_create(
        [
            Filing(workshop_id=theme.workshop_id, theme=theme, note=note, filed_by=actor)
            for note in new
        ],
        ignore_conflicts=True,
    )
    if new:
        _record("theme.notes_filed", theme, new, actor)
        count_change(new)
    return len(new)


@transaction.atomic
def unfile_notes(*, actor: Participant, theme: Theme, notes: Iterable[Note]) -> int:
    """Take `notes` off `theme`; the notes themselves stay. Return how many stood there.

    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` for no notes or notes
    of another workshop.
    """
    require_now(actor, "themes.file", theme)
    rows = checked_notes(notes, theme.workshop)
    here = theme.filings.filter(note__in=rows)
    gone = len(set(here.values_list("note_id", flat=True)))
    here.delete()
    if gone:
        _record("theme.notes_unfiled", theme, rows, actor)
        count_change(rows)
    return gone


@transaction.atomic
def capture_note(
    *,
    actor: Participant,
    session: Session,
    text: str,
    theme: Theme | None = None,
    id: uuid.UUID | None = None,  # noqa: A002 - the domain's word
    mark: str = Mark.REMARK,
    group: Group | None = None,
    reply_to: Note | None = None,
    source: str = Source.FACILITATOR,
    written_at: datetime | None = None,
) -> Note:
    """Record a note and file it under `theme` at once, or do neither; return the note.

    The facilitation team may. Raises what `record_note` and `file_notes` raise.
    """
    note = record_note(
        actor=actor,
        session=session,
        text=text,
        id=id,
        mark=mark,
        group=group,
        reply_to=reply_to,
        source=source,
        written_at=written_at,
    )
    if theme is not None:
        file_notes(actor=actor, theme=theme, notes=[note])
    return note


def checked_notes(notes: Iterable[Note], workshop: Workshop) -> list[Note]:
    """Return `notes`. Raises `RuleViolation` if they are none, or can't be filed in `workshop`."""
    rows = list(notes)
    if not rows:
        raise RuleViolation(NONE_CHOSEN, fields={"notes": NONE_CHOSEN})
    if any(note.workshop_id != workshop.pk for note in rows):
        raise RuleViolation(ELSEWHERE, fields={"notes": ELSEWHERE})
    if any(note.redacted_at is not None for note in rows):
        raise RuleViolation(REDACTED, fields={"notes": REDACTED})
    return rows


def _record(verb: str, theme: Theme, notes: list[Note], actor: Participant) -> None:
    ids = [note.pk for note in notes]
    audit.record(verb, theme, actor=actor, scope_id=theme.workshop_id, after={"notes": ids})
