"""Lists of people from elsewhere: read within limits, understood, and set beside the roster.

Knows no HTTP and no database: bytes or text in, what each line becomes out.
"""

from apps.core.files.limits import Unreadable
from apps.participants.roster.columns import Columns, guess_columns
from apps.participants.roster.entries import Entry, entries_of
from apps.participants.roster.planning import (
    Choice,
    Known,
    KnownGroup,
    NewGroup,
    Plan,
    Planned,
    plan_of,
)
from apps.participants.roster.reading import read_file, read_text
from apps.participants.roster.table import Table

__all__ = [
    "Choice", "Columns", "Entry", "Known", "KnownGroup", "NewGroup", "Plan", "Planned", "Table",
    "Unreadable", "entries_of", "guess_columns", "plan_of", "read_file", "read_text",
]  # fmt: skip
