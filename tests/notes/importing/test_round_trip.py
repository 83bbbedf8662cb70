"""What is exported can be read back, as far as each form promises."""

import string
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.notes.exporting import (
    ExportedNote,
    ExportedSession,
    ExportedTheme,
    Record,
    as_json,
    as_table,
    by_session,
    by_theme,
)
from apps.notes.grammar.words import is_visible
from apps.notes.importing import Entry, Kind, Reading, entries_of, read_file
from apps.notes.importing.blocks import plain
from apps.notes.importing.columns import guess_columns
from apps.notes.importing.marks import MARKS
from tests.notes.importing.sources import TRIES

GROUPS = ["", "a scholar", "an observer", "a participant", "a civil servant"]
KNOWN = frozenset(GROUPS[1:])
# What has a meaning somewhere, and words around it.
SIGNS = [
    "# ", "- ", "* ", "+ ", "> ", "1. ", "12) ", "| a | b |", "```", "~~~", "---", "===", "***",
    "<!-- ", "-->", ":::info", "[toc]", "[ ] ", "\\", "\\\\", "Anna Berg: ", "A scholar: ", "x: ",
    "**Anna**: ", "*Question:* ", "Topic: ", "scribe: ", "ACTION: ", "RESOLVED: ", "… ", "... ",
    "<jeff> ", "10:02 <jeff> ", "q+ ", "Zakim, ", "* jeff has left", "• ", "– ", "o ", "\n", "\n\n",
    "word", "Word", "zwölf", "=1+1", "@x", "'=", "\t", "é", "#theme", "?", "“quoted”", "a b", " ",
]  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map("".join),
    st.text(st.sampled_from(string.printable + "äß…–“”🙂"), min_size=1, max_size=60),
    st.text(min_size=1, max_size=60),
).filter(lambda text: is_visible(normal(text)))


def normal(text: str) -> str:
    """Return what a form of lines keeps of a text: composed, without spaces at the ends of lines,
    and without what can't be seen.
    """
    lines = "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc").split("\n")
    return "\n".join(plain(line.strip()) for line in lines).strip()


@st.composite
def records(draw: Any, *, one_theme: bool = False) -> Record:
    sessions = [ExportedSession(n, title) for n, title in enumerate(["Opening", "Keys"], start=1)]
    themes = [
        ExportedTheme(1, "Influence", None), ExportedTheme(2, "As a verb", 1),
        ExportedTheme(3, "Trust: how much", None),
    ]  # fmt: skip
    notes: list[ExportedNote] = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        filed = st.lists(st.sampled_from([1, 2, 3]), unique=True, max_size=1 if one_theme else 3)
        notes.append(
            ExportedNote(
                number,
                draw(st.sampled_from([1, 2])),
                normal(draw(texts)),
                draw(st.sampled_from(list(MARKS))),
                draw(st.sampled_from(GROUPS)),
                tuple(sorted(draw(filed))),
                draw(st.one_of(st.none(), st.integers(1, number - 1))) if number > 1 else None,
            )
        )
    return Record("A workshop: what it is", sessions, themes, notes)


def read(text: str, name: str) -> list[Entry]:
    document = read_file(text.encode(), name)
    kinds, heading = guess_columns(document.blocks)
    reading = Reading(document.wrapped, known=KNOWN, columns=kinds, heading=heading)
    return entries_of(document, reading)


def notes_in(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.kind == Kind.NOTE]


def said(note: ExportedNote) -> tuple[str, str, str]:
    return note.text, note.mark, note.group


def heard(entry: Entry) -> tuple[str, str, str]:
    speaker = entry.speaker
    return entry.text, entry.mark, f"{speaker[:1].lower()}{speaker[1:]}"


def headings_of(entry: Entry, entries: list[Entry]) -> list[str]:
    return [entries[key].text for key in entry.headings]


@given(records())
@TRIES
def test_json_gives_the_same_notes(record):
    entries = read(as_json(record), "notes.json")
    assert [heard(entry) for entry in entries] == [said(note) for note in record.notes]
    assert [entry.session for entry in entries] == [record.titles[n.session] for n in record.notes]
    assert [list(entry.themes) for entry in entries] == [
        [record.paths[theme] for theme in note.themes] for note in record.notes
    ]
    answered = [None if e.answers is None else entries[e.answers].line for e in entries]
    assert answered == [note.answers for note in record.notes]


@given(records())
@TRIES
def test_markdown_by_session_gives_the_same_notes(record):
    entries = read(by_session(record), "notes.md")
    found = notes_in(entries)
    assert [e.text for e in entries if e.kind == Kind.LEFT_OUT] == []
    for session in record.sessions:
        here = [note for note in record.notes if note.session == session.id]
        got = [e for e in found if headings_of(e, entries) == [record.title, session.title]]
        assert sorted(map(heard, got)) == sorted(map(said, here))
        # What answers another one in the session stands under it, as deep as points are told apart.
        kept = {note.number for note in here}
        answers = sum(note.answers in kept for note in here)
        assert sum(entry.answers is not None for entry in got) == answers
    kept = {note.number for note in record.notes if note.session == 1}
    tops = [n for n in record.notes if n.session == 1 and n.answers not in kept]
    got = [e for e in found if e.answers is None and headings_of(e, entries)[-1] == "Opening"]
    assert list(map(heard, got)) == list(map(said, tops))


@given(records(one_theme=True))
@TRIES
def test_markdown_by_theme_gives_the_same_notes(record):
    entries = read(by_theme(record), "notes.md")
    for theme in record.themes:
        path = [record.title, *record.paths[theme.id]]
        got = [e for e in notes_in(entries) if headings_of(e, entries) == path]
        assert sorted(map(heard, got)) == sorted(
            said(note) for note in record.notes if theme.id in note.themes
        )
    assert len(notes_in(entries)) == len(record.notes)


@given(records())
@TRIES
def test_a_table_gives_the_same_notes(record):
    found = notes_in(read(as_table(record), "notes.csv"))
    assert [(e.mark, e.speaker, e.session) for e in found] == [
        (n.mark, n.group, record.titles[n.session]) for n in record.notes
    ]


def test_a_point_deeper_than_six_stands_as_deep_as_six():
    chain = [
        ExportedNote(n, 1, f"Note {n}", "remark", "", (), n - 1 if n > 1 else None)
        for n in range(1, 12)
    ]
    text = by_session(Record("W", [ExportedSession(1, "S")], [], chain))
    assert max(len(line) - len(line.lstrip()) for line in text.splitlines()) == 12
    assert len(notes_in(read(text, "notes.md"))) == len(chain)


@pytest.mark.parametrize("write", [as_json, as_table, by_session, by_theme])
def test_the_same_record_gives_the_same_bytes(write):
    notes = [ExportedNote(1, 1, "One", "remark", "", (), None)]
    record = Record("W", [ExportedSession(1, "S")], [], notes)
    assert write(record) == write(Record("W", [ExportedSession(1, "S")], [], list(notes)))


@pytest.mark.parametrize("text", ["ACTION:\nbook a room", "Resolved:\nyes", "todo:"])
def test_what_would_say_what_the_next_line_is_is_held_off_as_well(text):
    note = ExportedNote(1, 1, text, "remark", "", (), None)
    record = Record("A workshop", [ExportedSession(1, "Opening")], [], [note])
    assert list(map(heard, notes_in(read(by_session(record), "notes.md")))) == [said(note)]
