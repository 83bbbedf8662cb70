"""Writing notes."""

from apps.notes.services.changes import count_change
from apps.notes.services.importing import (
    OTHERWISE,
    NewNote,
    draft_notes,
    drop_notes,
    record_import,
    undo_import,
)
from apps.notes.services.notes import NoteChanges, correct_note, record_note
from apps.notes.services.redacting import redact_note

__all__ = [
    "OTHERWISE", "NewNote", "NoteChanges", "correct_note", "count_change", "draft_notes",
    "drop_notes", "record_import", "record_note", "redact_note", "undo_import",
]  # fmt: skip
