"""Taking out for good what a note said."""

from django.db import transaction
from django.utils import timezone

from apps.core import audit
from apps.core.editing import lock_version
from apps.notes.models import Note
from apps.notes.services.changes import count_change
from apps.notes.services.texts import checked_reason
from apps.participants.models import Participant
from apps.workshops.services.asking import require_now

NO_REASON = "Say why. The reason stands in the note’s place."
NOTHING_LEFT = {"text": "", "group": None, "may_be_printed": False}


@transaction.atomic
def redact_note(*, actor: Participant, note: Note, reason: str) -> Note:
    """Take out what `note` says and ever said, for good; that there was a note stays, with why.

    Its group and who said it go with the words, and the database takes it off its themes. What is
    redacted already stays as it is. The facilitation team may until the workshop is published,
    and the owner until what is personal is deleted. Raises `NotPermitted`, and `RuleViolation`
    without a reason. Memo versions that print it never change.
    """
    require_now(actor, "notes.redact", note)
    reason = checked_reason(reason, missing=NO_REASON)
    row: Note = lock_version(Note.objects.all(), note.pk, None)
    if row.redacted_at is not None:
        return row
    for name, value in NOTHING_LEFT.items():
        setattr(row, name, value)
    row.redacted_at = timezone.now()
    row.version += 1
    row.save(update_fields=[*NOTHING_LEFT, "redacted_at", "version"])
    audit.record("note.redacted", row, actor=actor, scope_id=row.workshop_id, reason=reason)
    count_change([row])
    return row
