"""Notes as Markdown: headings, and a point for each note.

Written so that it can be read back (`apps.notes.importing`): what would mean something at the
beginning of a line is held off by a backslash, and a line within a note ends with one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from apps.notes.exporting.record import ExportedNote, Record
from apps.notes.importing.marks import MARKS
from apps.notes.importing.minutes import ACTION, RESOLUTION, label_of

# Of points under points; deeper ones stand as deep as this.
DEEPEST = 6
LARGEST, SMALLEST = 2, 6
UNDER_NO_THEME = "Under no theme"
NUMBERED = re.compile(r"(\d{1,4})([.)])")
STARTS = re.compile(r"[!-/:-@\[-`{-~]")


def by_session(record: Record) -> str:
    """Return the notes under their sessions; answers stand under what they answer."""
    lines = [f"# {_title(record.title)}", ""]
    for session in record.sessions:
        notes = [note for note in record.notes if note.session == session.id]
        if notes:
            lines += [f"## {_title(session.title)}", "", *_points(notes), ""]
    return _ended(lines)


def by_theme(record: Record) -> str:
    """Return the notes under their themes; one that stands under several is there several times.

    Where only passages of a note stand under a theme, only these are there.
    """
    lines = [f"# {_title(record.title)}", ""]
    for theme in record.themes:
        level = min(LARGEST - 1 + len(record.paths[theme.id]), SMALLEST)
        notes = [
            replace(note, text=note.under(theme.id))
            for note in record.notes
            if theme.id in note.themes
        ]
        lines += [f"{'#' * level} {_title(theme.title)}", ""]
        lines += [*_points(notes), ""] if notes else []
    loose = [note for note in record.notes if not note.themes]
    if loose:
        lines += [f"## {UNDER_NO_THEME}", "", *_points(loose), ""]
    return _ended(lines)


def _points(notes: Iterable[ExportedNote]) -> Iterator[str]:
    rows = {note.number: note for note in notes}
    under: dict[int | None, list[ExportedNote]] = {}
    for note in rows.values():
        under.setdefault(note.answers if note.answers in rows else None, []).append(note)
    yield from _list(under, None, 0)


def _list(
    under: Mapping[int | None, list[ExportedNote]], above: int | None, depth: int
) -> Iterator[str]:
    waiting = [(note, depth) for note in reversed(under.get(above, []))]
    while waiting:
        note, depth = waiting.pop()
        yield from _point(note, min(depth, DEEPEST))
        waiting += [(answer, depth + 1) for answer in reversed(under.get(note.number, []))]


def _point(note: ExportedNote, depth: int) -> Iterator[str]:
    mark = "" if note.mark == "remark" else f"*{MARKS[note.mark]}:* "
    group = f"{note.group[:1].upper()}{note.group[1:]}: " if note.group else ""
    first, *others = [_held_off(line) for line in _lines(note.text)]
    indent = "  " * depth
    texts = [f"{indent}- {mark}{group}{first}", *(f"{indent}  {line}" for line in others)]
    yield from (f"{text}\\" for text in texts[:-1])
    yield texts[-1].rstrip() if not others else texts[-1]


def _lines(text: str) -> list[str]:
    """Return the lines of a text, without what can't be seen."""
    seen = "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")
    return [line.strip() for line in seen.split("\n")]


def _held_off(line: str) -> str:
    """Return a line in which nothing means more than it says."""
    line = line.replace("\\", "\\\\")
    # What follows on the next line is read as though it followed here.
    followed = f"{line}\n"
    said = label_of(line) or ACTION.match(followed) or RESOLUTION.match(followed)
    if said is not None:
        line = line.replace(":", "\\:", 1)
    if STARTS.match(line):
        return line if line[0] == "\\" else f"\\{line}"
    return NUMBERED.sub(r"\1\\\2", line, count=1) if NUMBERED.match(line) else line


def _title(title: str) -> str:
    return _held_off(" ".join(title.split()))


def _ended(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
