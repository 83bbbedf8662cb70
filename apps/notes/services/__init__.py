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
from apps.notes.services.thoughts import (
    bring_back_thought,
    let_in_thought,
    send_thought,
    set_aside_thought,
    take_back_thought,
)

__all__ = [
    "OTHERWISE", "NewNote", "NoteChanges", "bring_back_thought", "correct_note", "count_change",
    "draft_notes", "drop_notes", "let_in_thought", "record_import", "record_note", "redact_note",
    "send_thought", "set_aside_thought", "take_back_thought", "undo_import",
]  # fmt: skip
