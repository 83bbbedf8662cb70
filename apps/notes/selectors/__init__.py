"""Reading notes: visibility is decided here and nowhere else."""

from apps.notes.selectors.history import Redaction, Wording, history_of
from apps.notes.selectors.importing import Undoing, drafts_of, imports_of, undoing
from apps.notes.selectors.notes import (
    ShownNote,
    Tag,
    notes_visible_to,
    record_visible_to,
    session_in_use,
    sessions_with_counts,
    shown_notes,
)

__all__ = [
    "Redaction", "ShownNote", "Tag", "Undoing", "Wording", "drafts_of", "history_of", "imports_of",
    "notes_visible_to", "record_visible_to", "session_in_use", "sessions_with_counts",
    "shown_notes", "undoing",
]  # fmt: skip
