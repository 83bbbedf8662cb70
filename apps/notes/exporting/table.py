"""Notes as a table: one row a note."""

from apps.core.files.spreadsheets import table_of
from apps.notes.exporting.record import ExportedNote, Record
from apps.notes.importing.marks import MARKS

HEADING = ["Number", "Session", "Theme", "Kind", "Group", "Text", "Answers"]


def as_table(record: Record) -> str:
    """Return `record` as CSV."""
    return table_of([HEADING, *(_row(record, note) for note in record.notes)])


def _row(record: Record, note: ExportedNote) -> list[str]:
    themes = "; ".join(" › ".join(record.paths[theme]) for theme in note.themes)
    return [
        str(note.number),
        record.titles[note.session],
        themes,
        MARKS[note.mark],
        note.group,
        note.text,
        "" if note.answers is None else str(note.answers),
    ]
