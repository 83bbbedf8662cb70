"""The record of a workshop for others: as Markdown, as a table, as JSON.

Knows no HTTP and no database: what others may see of the notes in, text out. The same record gives
the same bytes; who wrote what down, and when, is in none of them.
"""

from apps.notes.exporting.json import as_json
from apps.notes.exporting.markdown import by_session, by_theme
from apps.notes.exporting.record import (
    ExportedNote,
    ExportedPassage,
    ExportedSession,
    ExportedTheme,
    Record,
)
from apps.notes.exporting.table import as_table

__all__ = [
    "ExportedNote", "ExportedPassage", "ExportedSession", "ExportedTheme", "Record", "as_json",
    "as_table", "by_session", "by_theme",
]  # fmt: skip
