"""Reading notes: visibility is decided here and nowhere else."""

from apps.core.permissions import allowed
from apps.notes.models import Note, NoteQuerySet
from apps.participants.models import Participant


def notes_visible_to(actor: Participant) -> NoteQuerySet:
    """Return the notes that `actor` may read, in the order in which they were recorded."""
    notes = Note.objects.of_workshop(actor.workshop).select_related("session", "group")
    return notes if allowed(actor, "notes.view", actor.workshop) else notes.none()
