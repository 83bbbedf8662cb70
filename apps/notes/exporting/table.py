"""Notes as a table: one row a note; which passages of it stand under which theme, at the end."""

from apps.core.files.spreadsheets import table_of
from apps.notes.exporting.record import ExportedNote, Record
from apps.notes.importing.marks import MARKS

HEADING = ["Number", "Session", "Theme", "Kind", "Group", "Text", "Answers", "Passages"]


def as_table(record: Record) -> str:
    """Return `record` as CSV."""
    return table_of([HEADING, *(_row(record, note) for note in record.notes)])


def _row(record: Record, note: ExportedNote) -> list[str]:
    passages = [f"{_path(record, each.theme)}: “{each.text}”" for each in note.passages]
    return [
        str(note.number),
        record.titles[note.session],
        "; ".join(_path(record, theme) for theme in note.themes),
        MARKS[note.mark],
        note.group,
        note.text,
        "" if note.answers is None else str(note.answers),
        "; ".join(passages),
    ]


def _path(record: Record, theme: int) -> str:
    return " › ".join(record.paths[theme])
