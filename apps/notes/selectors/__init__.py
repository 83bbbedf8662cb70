"""Reading notes: visibility is decided here and nowhere else."""

from apps.notes.selectors.notes import (
    ShownNote,
    Tag,
    notes_visible_to,
    session_in_use,
    sessions_with_counts,
    shown_notes,
)

__all__ = [
    "ShownNote", "Tag", "notes_visible_to", "session_in_use", "sessions_with_counts",
    "shown_notes",
]  # fmt: skip
