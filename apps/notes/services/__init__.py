"""Writing notes."""

from apps.notes.services.changes import count_change
from apps.notes.services.notes import NoteChanges, correct_note, record_note

__all__ = ["NoteChanges", "correct_note", "count_change", "record_note"]
