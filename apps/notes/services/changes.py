"""Numbering changes of notes, and telling open pages of them."""

from collections.abc import Iterable

from apps.core import live
from apps.notes.models import Note, NoteCounter
from apps.workshops.models import Session, Workshop

# What open pages hear of: notes and thoughts, for those who may read them all, and the feed of a
# session.
NOTES, THOUGHTS, FEED = "notes", "thoughts", "feed"


def count_change(notes: Iterable[Note]) -> None:
    """Number a change to what is shown of `notes`, all of one workshop, and tell open pages.

    For services that change what stands beside a note: where it is filed, what cites it.
    """
    rows = list(notes)
    if not rows:
        return
    _, change = next_numbers(rows[0].workshop, notes=0)
    Note.objects.filter(pk__in=[note.pk for note in rows]).update(change=change)
    for note in rows:
        note.change = change
        tell(note, note.session)


def next_numbers(workshop: Workshop, notes: int = 1) -> tuple[int, int]:
    """Return the number of the next note, if there is one, and that of the next change."""
    NoteCounter.objects.get_or_create(workshop=workshop)
    counter = NoteCounter.objects.select_for_update().get(workshop=workshop)
    counter.last += notes
    counter.changes += 1
    counter.save()
    return counter.last, counter.changes


def tell(note: Note, session: Session) -> None:
    """Tell open pages that `note`, of `session`, isn't what it was."""
    live.publish(note.workshop_id, NOTES, note.change)
    if session.has_feed:
        live.publish(note.workshop_id, FEED, note.change)
