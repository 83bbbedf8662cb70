"""Taking a correction that a device kept: each once, and only of what its writer saw."""

from typing import Any

from django.db import transaction

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.texts import cleaned
from apps.notes.models import Note
from apps.notes.services import correct_note
from apps.participants.models import Group, Participant
from apps.themes.services.filing import file_notes, unfile_notes
from apps.themes.services.receipts import remember
from apps.themes.services.taking.notes import GONE_GROUP, GROUP, mark_of, saved_without, themes_of
from apps.workshops.attribution import keeps_groups
from apps.workshops.devices import Entry, State, Taken
from apps.workshops.services.asking import require_now

NOT_HERE = "The note that this corrects isn’t there."
REDACTED = "The note that this corrects was taken off the record."
CHANGED = "Somebody corrected this note meanwhile. Look at both, and choose."


@transaction.atomic
def take_correction(*, actor: Participant, entry: Entry) -> Taken:
    """Correct the note that `entry` is about; a correction that was taken before does nothing.

    `text` replaces the words given as `from`; `mark` and `group` are set, `themes` and
    `not_themes` are added and taken off. Of a group that isn't there any more, or may not be
    kept, nothing is kept, and the answer says so. The facilitation team may. Raises `NotPermitted`,
    `RuleViolation` for a note that isn't there or words that can't be one, and `Conflict` when
    the note no longer says what was corrected.
    """
    require_now(actor, "notes.correct", actor.workshop)
    note = Note.objects.of_workshop(actor.workshop).filter(pk=entry.about).first()
    if note is None:
        raise RuleViolation(NOT_HERE)
    # Somebody may have set the words back since: then the same mustn't be made again.
    if not remember(actor.workshop, entry.id):
        return Taken(State.SAVED, sequence=note.sequence, change=note.change)
    if note.redacted_at is not None:
        raise RuleViolation(REDACTED)
    if "text" in entry.fields and note.text not in {
        cleaned(entry.text()),
        cleaned(entry.text("from")),
    }:
        raise Conflict(CHANGED, current=note)
    changes, why = _changes(actor, entry, note)
    if changes:
        correct_note(actor=actor, note=note, **changes)
    for theme in themes_of(actor, entry.keys("themes")).values():
        file_notes(actor=actor, theme=theme, notes=[note])
    for theme in themes_of(actor, entry.keys("not_themes")).values():
        unfile_notes(actor=actor, theme=theme, notes=[note])
    note.refresh_from_db(fields=["change"])
    return Taken(State.SAVED, sequence=note.sequence, change=note.change, why=why)


def _changes(actor: Participant, entry: Entry, note: Note) -> tuple[dict[str, Any], str]:
    changes: dict[str, Any] = {}
    if "text" in entry.fields:
        changes["text"] = entry.text()
    mark = mark_of(entry.fields.get("mark"))
    if mark is not None:
        changes["mark"] = mark
    if not entry.fields.get("group"):
        return changes | ({"group": None} if "group" in entry.fields else {}), ""
    if not keeps_groups(actor.workshop, note.session):
        return changes, saved_without([GROUP])
    group = Group.objects.filter(workshop=actor.workshop, pk=entry.key("group")).first()
    if group is None:
        return changes | {"group": None}, saved_without([GONE_GROUP])
    return changes | {"group": group}, ""
