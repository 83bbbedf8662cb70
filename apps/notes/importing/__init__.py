"""Minutes and notes from elsewhere: read within limits, and understood line by line.

Knows no HTTP and no database: bytes or text in, what each line says out.
"""

from apps.core.files.limits import Unreadable
from apps.notes.importing.blocks import Block, Document, Format
from apps.notes.importing.columns import Column
from apps.notes.importing.entries import Entry, Kind
from apps.notes.importing.reading import read_file, read_text
from apps.notes.importing.understanding import Reading, entries_of

__all__ = [
    "Block", "Column", "Document", "Entry", "Format", "Kind", "Reading", "Unreadable",
    "entries_of", "read_file", "read_text",
]  # fmt: skip
