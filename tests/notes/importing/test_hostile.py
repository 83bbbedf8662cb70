"""Notes that nobody means well with: a clear refusal, in bounded memory and time."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from apps.notes.importing import Reading, entries_of, read_file
from apps.notes.importing.limits import BLOCKS
from tests.core.hostile import told_of
from tests.notes.importing.sources import document, etherpad, packed, paragraph

MEBIBYTE = 1024 * 1024
SECONDS = 20
# Keeps what is packed with it from looking too tightly packed.
PADDING = os.urandom(MEBIBYTE)
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(12)
)


def word(body: str | bytes, *, method: int = zipfile.ZIP_DEFLATED, **more: bytes) -> bytes:
    parts = {"word/document.xml": body, "word/media/image1.bin": PADDING, **more}
    return packed(parts, method)


def filled(start: str, fill: str, times: int, end: str = "") -> bytes:
    return b"".join([start.encode(), fill.encode() * times, end.encode()])


def lying() -> bytes:
    """A part that says that it unpacks to a hundred bytes, and doesn't."""
    body = filled("<w:document>", "<w:p/>", 9_000_000)
    size, lie = (number.to_bytes(4, "little") for number in (len(body), 100))
    return packed({"word/document.xml": body}).replace(size, lie)


def own(notes: str) -> bytes:
    head = '{"schema": "rapporteur/notes-1", "sessions": [], "themes": [], "notes": '
    return f"{head}{notes}}}".encode()


HOSTILE = {
    # Text.
    "a line of 64 MB": (lambda: b"x" * 64_000_000, "20 MiB at most"),
    "a line of 19 MiB": (lambda: b"x" * (19 * MEBIBYTE), "longer than 200,000 characters"),
    "only line ends": (lambda: b"\n" * (19 * MEBIBYTE), "more than 60,000 lines"),
    "a million notes": (lambda: b"- x\n" * 50_000, f"at most {BLOCKS:,}"),
    "more text than notes": (lambda: (b"y" * 9_000 + b"\n\n") * 300, "more than 2,000,000"),
    "ninety thousand columns": (lambda: b"x," * 90_000, ""),
    "zeros": (lambda: b"\0" * (19 * MEBIBYTE), "no text has"),
    "letters of four bytes": (lambda: "🙂".encode() * (4 * MEBIBYTE), "longer than 200,000"),
    "UTF-16 in a line": (lambda: ("x" * (9 * MEBIBYTE)).encode("utf-16"), "longer than 200,000"),
    "headings within headings": (lambda: b"# x\n###### y\n" * 20_000, f"at most {BLOCKS:,}"),
    "points within points": (
        lambda: b"\n".join(b" " * n + b"- x" for n in range(1_500)), "",
    ),
    "colons": (lambda: b"A: " * 60_000 + b"\n", ""),
    "backslashes": (lambda: (b"\\" * 150_000 + b"\n") * 20, "more than 2,000,000"),
    "marks of emphasis": (lambda: (b"*" * 150_000 + b"\n") * 12, ""),
    # Pages.
    "a page of tags": (lambda: b"<html>" + b"<ul>" * MEBIBYTE, "much more than notes"),
    "a page of points": (lambda: b"<html>" + b"<ul><li>x" * 400_000, f"at most {BLOCKS:,}"),
    "comments that open": (lambda: b"<html>" + b"<!--" * 1_000_000, "nothing to read"),
    "tags that open": (lambda: b"<html>" + b"<a " * 1_300_000, ""),
    "scripts that open": (lambda: b"<html>" + b"<script></" * 400_000, "nothing to read"),
    "signs": (lambda: b"<html>" + b"<" * 4_000_000, ""),
    "entities": (lambda: b"<html>" + b"&amp" * 900_000, ""),
    # JSON.
    "deep lists": (lambda: own("[" * 10_000_000), "much more than notes"),
    "deep lists that close": (lambda: own("[" * 90_000 + "]" * 90_000), "damaged"),
    "millions of lists": (lambda: own(f"[{'[],' * 6_000_000}[]]"), "much more than notes"),
    "millions of notes": (lambda: own(f"[{'{},' * 600_000}{{}}]"), f"at most {BLOCKS:,}"),
    "a string without end": (lambda: own('["' + r"\"" * 9_000_000), "damaged"),
    "a number of a million digits": (lambda: own("[" + "9" * 1_000_000 + "]"), "damaged"),
    "a pad of 300,000 lines": (lambda: etherpad("x\n" * 300_000), "more than 60,000 lines"),
    "a pad with a long history": (
        lambda: etherpad("- one\n", "", {str(n): ["a", "b"] for n in range(90_000)}), "damaged",
    ),
    "a pad of many attributes": (lambda: etherpad("*x\n", "*0" * 900_000 + "|1+3"), ""),
    "surrogates": (lambda: json.dumps({"pad:x": {"atext": {"text": "\ud800 x"}}}).encode(), ""),
    # Packed files.
    "a part of 300 MB": (
        lambda: word(b"<w:document/>", **{"word/media/a.bin": b"\0" * (300 * MEBIBYTE)}),
        "much more than notes",
    ),
    "a tight zip bomb": (
        lambda: packed({"a.md": b"x\n" * (30 * MEBIBYTE)}), "much more than notes",
    ),
    "a zip in a zip in a zip": (
        lambda: packed({"a.md": packed({"b.md": packed({"c.md": b"x" * MEBIBYTE})})}),
        "no text has",
    ),
    "a zip that lies": (lying, "damaged"),
    "a zip of sixty thousand notes": (
        lambda: packed({f"{n}.md": b"" for n in range(60_000)}, 0), "much more than notes",
    ),
    "a zip of a hundred notes": (
        lambda: packed({f"{n}.md": b"# x" for n in range(100)}), "much more than notes",
    ),
    "a billion laughs": (
        lambda: word(f"<!DOCTYPE w [{LAUGHS}]><w:document>&l11;</w:document>"), "a document type",
    ),
    "an outside entity": (
        lambda: word('<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><w>&e;</w>'),
        "a document type",
    ),
    "styles of laughs": (
        lambda: word("<w/>", **{"word/styles.xml": f"<!DOCTYPE w [{LAUGHS}]><w/>".encode()}),
        "a document type",
    ),
    "a paragraph of 90 MiB": (
        lambda: word(filled("<w:p><w:t>", "abcdefgh" * 64, 180_000, "</w:t></w:p>")), "",
    ),
    "paragraphs without end": (
        lambda: word(filled("<w:body>", "<w:p><w:t>x</w:t></w:p>", 3_000_000, "</w:body>")),
        f"at most {BLOCKS:,}",
    ),
    "empty paragraphs without end": (
        lambda: word(filled("<w:body>", "<w:p/>", 9_000_000, "</w:body>")), "much more than notes",
    ),
    "a deep document": (lambda: word(filled("", "<w:p>", 9_000_000)), "much more than notes"),
    "a row without end": (
        lambda: word(filled("<w:tr>", "<w:p><w:t>xxxxxxxx</w:t></w:p>", 250_000, "</w:tr>")), "",
    ),
    "an attribute of 18 MiB": (
        lambda: word(filled('<w a="', "x" * 1024, 18 * 1024, '"/>'), method=zipfile.ZIP_STORED),
        "much more than notes",
    ),
    "a document that ends in the middle": (lambda: word("<w:document><w:p"), "damaged"),
    "a document that is cut off": (lambda: document(paragraph("x"))[:-30], "damaged"),
    "a packed file of something else": (lambda: packed({"a.png": b"x"}), "neither a Word"),
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What became of each file."""
    files = {name: make for name, (make, _) in HOSTILE.items()}
    return told_of(files, "apps.notes.importing", tmp_path_factory.mktemp("hostile"))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="measured as Linux tells it")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_within_bounds(name, told):
    said = told[name]["said"]
    assert HOSTILE[name][1] in said if HOSTILE[name][1] else said == "", told[name]
    assert told[name]["seconds"] < SECONDS, told[name]
    assert told[name]["peak"] < 96 * MEBIBYTE, told[name]


def test_as_much_as_is_let_in_is_read_and_understood():
    data = "\n".join(f"- Anna Berg: remark {n} {'x' * 280}" for n in range(BLOCKS)).encode()
    assert len(entries_of(read_file(data), Reading())) == BLOCKS
