"""What people have, as it comes: each form, and what each of its lines says."""

import json

import pytest

from apps.notes.importing import Format, Kind, Reading, Unreadable, entries_of, read_file, read_text
from apps.notes.importing.columns import guess_columns
from tests.notes.importing.sources import document, etherpad, packed, paragraph


def understood(data, name="", **reading):
    """Return the document, and its entries as they are guessed."""
    read = read_file(data if isinstance(data, bytes) else data.encode(), name)
    kinds, heading = guess_columns(read.blocks)
    how = {"joined": read.wrapped, "columns": kinds, "heading": heading, **reading}
    return read, entries_of(read, Reading(**how))


def said(data, name="", **reading):
    """Return (speaker, text) of each note."""
    return [
        (entry.speaker, entry.text)
        for entry in understood(data, name, **reading)[1]
        if entry.kind == Kind.NOTE
    ]


W3C = """[10:01] <zoe> scribenick: ben
Topic: Keys
<ben> Anna Berg: we hold them
<ben> … both of us
<zoe> I don't
Subtopic: Locks
<ben> RESOLUTION: change them
<ben> ACTION: Anna to ask
Zakim, close the queue
q+
*** chen has joined
12:03:11 From Chen Li to Everyone: a question
Present: Anna, Ben
"""


def test_minutes_of_the_w3c():
    _, entries = understood(W3C)
    assert [(e.speaker, e.text, e.mark) for e in entries if e.kind == Kind.NOTE] == [
        ("Anna Berg", "we hold them both of us", "remark"),
        ("zoe", "I don't", "remark"),
        ("", "RESOLUTION: change them", "agree"),
        ("", "ACTION: Anna to ask", "takeaway"),
        ("Chen Li", "a question", "remark"),
    ]
    assert [(e.text, e.level) for e in entries if e.kind == Kind.HEADING] == [
        ("Keys", 2),
        ("Locks", 3),
    ]
    assert len([e for e in entries if e.kind == Kind.LEFT_OUT]) == 5


def test_nobody_goes_on_with_what_another_said():
    chat = """<ann> we should pay
<bob> ... really? I am against it
<ann> …
<ann> fine
<ann> ... and soon
scribenick: carl
<carl> Dee: we hold them
<bob> … no
<carl> … both of us
"""
    assert said(chat) == [
        ("ann", "we should pay"),
        ("bob", "... really? I am against it"),
        ("ann", "…"),
        ("ann", "fine and soon"),
        ("Dee", "we hold them"),
        ("bob", "… no"),
        ("", "… both of us"),
    ]


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("Anna Berg: yes", "Anna Berg"),
        ("Prof. Anna-Lena van den Berg (ETH): yes", "Prof. Anna-Lena van den Berg (ETH)"),
        ("**Anna Berg:** yes", "Anna Berg"),
        ("**Anna Berg**: yes", "Anna Berg"),
        ("A practitioner: yes", "A practitioner"),
        ("Zoë: yes", "Zoë"),
        ("Conclusion: yes", ""),
        ("See also: yes", ""),
        ("https://example.org: yes", ""),
        ("at 10:30 we met", ""),
        ("this is a thing: yes", ""),
    ],
)
def test_who_speaks_stands_before_a_colon(line, speaker):
    [(found, text)] = said(line, joined=False)
    assert (found, text) == (speaker, "yes" if speaker else line)


def test_a_name_on_a_line_of_its_own_speaks_next():
    assert said("Anna Berg:\nyes\nno\n\nBen:\n- one\n- two\n\nand") == [
        ("Anna Berg", "yes"), ("", "no"), ("Ben", "one"), ("Ben", "two"), ("", "and"),
    ]  # fmt: skip


def test_names_can_be_left_where_they_stand():
    assert said("Anna Berg: yes", names=False) == [("", "Anna Berg: yes")]


def test_points_under_points_answer_them():
    _, entries = understood("- a\n    - b\n\t- c\n        - d\n- e\n")
    assert [(e.text, e.answers) for e in entries] == [
        ("a", None), ("b", 0), ("c", 0), ("d", 2), ("e", None),
    ]  # fmt: skip


def test_lines_broken_at_a_margin_are_one():
    text = "We met to speak about partnerships, and what everybody\nneeds of them was said first.\n"
    assert len(said(text)) == 1
    assert len(said("short\nlines\nthat stand alone\n")) == 3


def test_markdown_of_hedgedoc():
    text = (
        "---\ntitle: Minutes\ntags: canary\n---\n\n"
        "# Day {#day}\n[TOC]\n:::info\n- [x] done\n:::\n\n"
        "Keys\n----\n\n> said so\n> twice\n\n| Who | What |\n|---|---|\n| Anna | yes |\n\n"
        "```\na: b\n```\n<!-- Anna: hidden\nstill -->\nline one\\\nline two\n"
    )
    read, entries = understood(text, "x.md")
    assert read.format == Format.MARKDOWN
    assert [(e.text, e.mark, e.level) for e in entries] == [
        ("Day {#day}", "remark", 1), ("done", "remark", 0), ("Keys", "remark", 2),
        ("said so twice", "quote", 0), ("What", "remark", 0), ("yes", "remark", 0),
        ("a: b", "remark", 0), ("line one\nline two", "remark", 0),
    ]  # fmt: skip


def test_a_packed_set_of_notes():
    read, entries = understood(packed({"b.md": "# B\n- two", "Day 1.md": "- one", "x.png": "x"}))
    assert read.format == Format.HEDGEDOC
    assert [(e.kind, e.text) for e in entries] == [
        (Kind.HEADING, "Day 1"), (Kind.NOTE, "one"), (Kind.HEADING, "B"), (Kind.NOTE, "two"),
    ]  # fmt: skip
    assert len({e.line for e in entries}) == 4


def test_a_word_document():
    gone = "<w:del><w:r><w:delText>Canary</w:delText></w:r></w:del>"
    deleted = f"<w:p>{gone}<w:r><w:t>kept</w:t></w:r></w:p>"
    moved = "<w:p><w:moveFrom><w:r><w:t>Canary</w:t></w:r></w:moveFrom></w:p>"
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Ben Okri", "no"))
    row = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    data = document(
        paragraph("Minutes", style="Titel"),
        paragraph("Keys & locks", style="berschrift1"),
        paragraph("Anna Berg: yes"),
        paragraph("a", level=0),
        paragraph("b", level=1),
        deleted,
        moved,
        row,
        "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p>",
    )
    read, entries = understood(data)
    assert read.format == Format.WORD
    assert [(e.text, e.speaker, e.level, e.answers) for e in entries] == [
        ("Minutes", "", 1, None), ("Keys & locks", "", 1, None), ("yes", "Anna Berg", 0, None),
        ("a", "", 0, None), ("b", "", 0, 3), ("kept", "", 0, None), ("no", "Ben Okri", 0, None),
        ("one\ntwo", "", 0, None),
    ]  # fmt: skip


def test_a_pad_as_it_stands_now_without_who_wrote_it():
    pool = {
        "0": ["author", "a.x"], "1": ["lmkr", "1"], "2": ["list", "bullet1"],
        "3": ["list", "bullet2"], "4": ["heading", "h1"],
    }  # fmt: skip
    text = "*Keys\n*one\n*two\n* three\nplain\n"
    marks = "*0*4*1+1*0|1+5*0*1*2+1*0|1+4*0*1*3+1|1+4*0|2+e"
    read, entries = understood(etherpad(text, marks, pool), "pad.etherpad")
    assert read.format == Format.ETHERPAD
    assert [(e.kind, e.text, e.answers) for e in entries] == [
        (Kind.HEADING, "Keys", None), (Kind.NOTE, "one", None), (Kind.NOTE, "two", 1),
        (Kind.NOTE, "three", None), (Kind.NOTE, "plain", None),
    ]  # fmt: skip
    assert "Canary" not in str(read)


def test_a_pad_as_a_page():
    page = (
        "<!DOCTYPE HTML><html><head><title>Canary</title><style>canary{}</style></head><body>"
        "<h1>Keys</h1><br>Anna&nbsp;Berg: &lt;yes&gt;<br><ul class='bullet'><li>a<ul><li>b</ul>"
        "</li></ul><!-- Canary --><script>canary()</script>2 < 3<br></body></html>"
    )
    read, entries = understood(page, "pad.html")
    assert read.format == Format.PAGE
    assert [(e.text, e.speaker, e.answers) for e in entries] == [
        ("Keys", "", None), ("<yes>", "Anna Berg", None), ("a", "", None), ("b", "", 2),
        ("2 < 3", "", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        ("Who;What was said;Topic\nA;b;c", ["speaker", "text", "theme"]),
        ("Anna;something that somebody said at length\nBen;and another one of these",
         ["speaker", "text"]),
        ("Gruppe\tAussage\nA\tb", ["speaker", "text"]),
        ("Text,Text\na,b", ["text", ""]),
    ],
)  # fmt: skip
def test_columns_are_guessed(table, kinds):
    read = read_text(table, Format.TABLE)
    assert guess_columns(read.blocks)[0] == kinds


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_any_usual_encoding_is_read(encoding):
    assert said("- zwölf und fünf\n- ein Satz".encode(encoding))[0] == ("", "zwölf und fünf")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "nothing to read"),
        (b"\n \n\xc2\xa0\n", "nothing to read"),
        (b"%PDF-1.7", "This is a PDF. Copy its text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as DOCX"),
        (b"\x89PNG", "a picture"),
        (b"text with\x00zeros", "no text has"),
        (b'{"pad:x": [', "damaged"),
        (packed({"xl/workbook.xml": "x"}), "neither a Word document nor"),
    ],
)
def test_what_cant_be_read_is_refused_in_words(data, says):
    with pytest.raises(Unreadable, match=says):
        read_file(data)


@pytest.mark.parametrize("key", [[], {}, [1], None, True])
def test_an_export_whose_ids_are_none_is_read_without_its_places(key):
    export = {
        "schema": "rapporteur/notes-1",
        "sessions": [{"id": key, "title": "Keys"}],
        "themes": [{"id": key, "title": "Influence"}],
        "notes": [{"text": "we hold them", "session": "s1", "themes": [key]}],
    }
    assert said(json.dumps(export)) == [("", "we hold them")]


@pytest.mark.parametrize("pair", [[], [1], ["list"], ["list", 1], "list", None])
def test_a_pad_whose_marks_are_damaged_is_read_without_them(pair):
    assert said(etherpad("* we hold them", "*1+1", {"1": pair})) == [("", "we hold them")]


def test_a_line_in_which_nothing_is_to_be_seen_is_no_note():
    assert said("we hold them\n\n\u00ad") == [("", "we hold them")]
