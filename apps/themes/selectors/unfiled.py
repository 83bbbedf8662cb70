"""Notes that wait for a theme."""

from apps.notes.models import NoteQuerySet
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant


def unfiled_notes(actor: Participant) -> NoteQuerySet:
    """Return the notes under no theme that `actor` may read, in the order of the day."""
    return notes_visible_to(actor).unfiled()
