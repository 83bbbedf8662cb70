"""Reading notes: visibility is decided here and nowhere else."""

from apps.notes.selectors.feed import FeedNote, feed_of, sessions_with_feed
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
from apps.notes.selectors.thoughts import (
    ShownThought,
    sessions_taking_thoughts,
    thoughts_by_state,
    thoughts_of,
    thoughts_visible_to,
    waiting_thoughts,
    what_becomes_of_thoughts,
)

__all__ = [
    "FeedNote",
    "Redaction",
    "ShownNote",
    "ShownThought",
    "Tag",
    "Undoing",
    "Wording",
    "drafts_of",
    "feed_of",
    "history_of",
    "imports_of",
    "notes_visible_to",
    "record_visible_to",
    "session_in_use",
    "sessions_taking_thoughts",
    "sessions_with_counts",
    "sessions_with_feed",
    "shown_notes",

    "thoughts_by_state",
    "thoughts_of",
    "thoughts_visible_to",
    "undoing",
    "waiting_thoughts",
    "what_becomes_of_thoughts",
]  # fmt: skip
