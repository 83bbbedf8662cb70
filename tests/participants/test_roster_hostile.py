"""Lists that nobody means well with: a clear refusal, in bounded memory and time."""

import os
import zipfile
from pathlib import Path

import pytest

from apps.core.files.limits import BYTES
from apps.participants.roster import Unreadable, read_file
from apps.participants.roster.limits import COLUMNS, PEOPLE
from tests.core.hostile import told_of
from tests.participants.workbooks import WORKBOOK, by_hand, sheet_of

MEBIBYTE = 1024 * 1024
SECONDS = 20
# Keeps what is packed with it from looking too tightly packed.
PADDING = {"xl/media/image1.bin": os.urandom(MEBIBYTE)}
CELL = '<c t="inlineStr"><is><t>x</t></is></c>'
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(12)
)
DOCTYPE = f"<!DOCTYPE worksheet [{LAUGHS}]>"


def sheet_bytes(start: str, fill: str, times: int, end: str) -> bytes:
    return b"".join([start.encode(), fill.encode() * times, end.encode()])


def nested_zip() -> bytes:
    """A part that unpacks to 300 MiB."""
    return by_hand(sheet_of(), more={"xl/media/image1.bin": b"\0" * (300 * MEBIBYTE)})


def tight_zip() -> bytes:
    """Under the limit of what is unpacked, but packed far more tightly than any list."""
    return by_hand(sheet_of(), more={"xl/media/image1.bin": b"\0" * (60 * MEBIBYTE)})


def lying_zip() -> bytes:
    """A part that says that it unpacks to a hundred bytes, and doesn't."""
    sheet = sheet_bytes("<worksheet><sheetData>", "<row/>", 9_000_000, "")
    size, lie = (number.to_bytes(4, "little") for number in (len(sheet), 100))
    return by_hand(sheet).replace(size, lie)


def many_parts() -> bytes:
    return by_hand(sheet_of(), more={f"p{n}": b"" for n in range(60_000)}, method=0)


HOSTILE = {
    # Delimited text.
    "a line of 64 MB": (lambda: b"x" * 64_000_000, "20 MiB at most"),
    "a line of 19 MiB": (lambda: b"x" * (19 * MEBIBYTE), "longer than 200,000 characters"),
    "a million columns": (lambda: b"x," * 1_000_000, "longer than 200,000 characters"),
    "ninety thousand columns": (lambda: b"x," * 90_000, f"at most {COLUMNS}"),
    "only commas": (lambda: b"," * (19 * MEBIBYTE), "longer than 200,000 characters"),
    "only line ends": (lambda: b"\n" * (19 * MEBIBYTE), "more than 20,000 lines"),
    "a million people": (lambda: b"Anna Berg;a@b.org\n" * 1_000_000, f"at most {PEOPLE:,}"),
    "a quotation mark that never closes": (
        lambda: b'Name;From\nAnna;"' + b"x;y\n" * 4_000_000,
        "opens in line 2 is never closed",
    ),
    "a cell over a million lines": (lambda: b'"\n"' * 5_000_000, "."),
    "a huge cell": (lambda: b"Anna;" + b"x" * 190_000 + b"\n", "longer than any cell"),
    "letters of four bytes": (lambda: "🙂".encode() * (4 * MEBIBYTE), "longer than 200,000"),
    "UTF-16 in a line": (lambda: ("x" * (9 * MEBIBYTE)).encode("utf-16"), "longer than 200,000"),
    "zeros": (lambda: b"\0" * (19 * MEBIBYTE), "no text has"),
    "more text than a list": (
        lambda: ("\n".join(["y" * 400 + (";" + "x" * 400) * 20] * 1_000)).encode(),
        "more than 2,000,000 characters",
    ),
    # Workbooks.
    "a zip bomb": (nested_zip, "much more than a list"),
    "a tight zip bomb": (tight_zip, "much more than a list"),
    "a zip that lies": (lying_zip, "damaged"),
    "a zip of sixty thousand parts": (many_parts, "much more than a list"),
    "a billion laughs": (
        lambda: by_hand(f"{DOCTYPE}<worksheet>&l11;</worksheet>"),
        "a document type",
    ),
    "laughs among the texts": (
        lambda: by_hand(
            sheet_of('<row><c t="s"><v>0</v></c></row>'),
            strings=f"{DOCTYPE}<sst><si><t>&l11;</t></si></sst>",
        ),
        "a document type",
    ),
    "an outside entity": (
        lambda: by_hand(
            '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'
        ),
        "a document type",
    ),
    "texts without end": (
        lambda: by_hand(
            sheet_of('<row><c t="s"><v>3000000</v></c></row>'),
            strings=sheet_bytes("<sst>", "<si><t>abcdefgh</t></si>", 3_000_000, "</sst>"),
            more=PADDING,
        ),
        "much more than a list",
    ),
    "one text of 90 MiB": (
        lambda: by_hand(
            sheet_of('<row><c t="s"><v>0</v></c></row>'),
            strings=sheet_bytes("<sst><si><t>", "abcdefgh" * 64, 180_000, "</t></si></sst>"),
            more=PADDING,
        ),
        # Read as far as a cell goes.
        "",
    ),
    "an attribute of 18 MiB": (
        lambda: by_hand(
            sheet_bytes('<worksheet a="', "x" * 1024, 18 * 1024, '"/>'), method=zipfile.ZIP_STORED
        ),
        "much more than a list",
    ),
    "a comment of 90 MiB": (
        lambda: by_hand(
            sheet_bytes("<worksheet><!--", os.urandom(512).hex(), 92_000, "--></worksheet>"),
            more=PADDING,
        ),
        "much more than a list",
    ),
    "a deep sheet": (
        lambda: by_hand(sheet_bytes("<worksheet>", "<a>", 9_000_000, ""), more=PADDING),
        "much more than a list",
    ),
    "cells without end": (
        lambda: by_hand(
            sheet_bytes("<worksheet><sheetData><row>", "<c/>", 18_000_000, "</row></sheetData>"),
            more=PADDING,
        ),
        "much more than a list",
    ),
    "the whole grid": (
        lambda: by_hand(
            '<worksheet><dimension ref="A1:XFD1048576"/><sheetData>'
            '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
            "</sheetData></worksheet>"
        ),
        f"at most {PEOPLE:,}",
    ),
    "the last column": (
        lambda: by_hand(sheet_of('<row r="1"><c r="XFD1"><v>1</v></c></row>')),
        f"at most {COLUMNS}",
    ),
    "a million people in a sheet": (
        lambda: by_hand(
            sheet_bytes("<worksheet><sheetData>", f"<row>{CELL}</row>", 150_000, "</sheetData>"),
            more=PADDING,
        ),
        f"at most {PEOPLE:,}",
    ),
    "sheets without end": (
        lambda: by_hand(
            sheet_of(),
            workbook=sheet_bytes("<workbook>", '<sheet name="a" id="r9"/>', 500_000, "</workbook>"),
            more=PADDING,
        ),
        "much more than a list",
    ),
    "a sheet that ends in the middle": (lambda: by_hand("<worksheet><sheetDa"), "damaged"),
    "an encoding that nobody knows": (
        lambda: by_hand('<?xml version="1.0" encoding="nobodys"?><worksheet/>'),
        "damaged",
    ),
    "no sheet at all": (lambda: by_hand("", workbook="<workbook/>"), "no sheet that shows"),
    "a link out of the workbook": (
        lambda: by_hand(sheet_of(), workbook=WORKBOOK.replace("r1", "r7")),
        "no sheet that shows",
    ),
    "a document": (
        lambda: by_hand(sheet_of(), workbook="").replace(b"workbook", b"document"),
        "no workbook",
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What became of each list, all read by one process that forks."""
    files = {name: make for name, (make, _) in HOSTILE.items()}
    return told_of(files, "apps.participants.roster", tmp_path_factory.mktemp("hostile"))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="measured as Linux tells it")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_list_is_refused_within_bounds(name, told):
    said = told[name]["said"]
    assert HOSTILE[name][1] in said if HOSTILE[name][1] else said == "", told[name]
    assert told[name]["seconds"] < SECONDS, told[name]
    assert told[name]["peak"] < 32 * MEBIBYTE, told[name]


def test_as_much_as_is_let_in_is_read():
    rows = [f"Person {n};person{n}@example.org;{'x' * 200}" for n in range(PEOPLE)]
    table = read_file("\n".join(["Name;E-mail;Affiliation", *rows]).encode())
    assert len(table.rows) == PEOPLE + 1
    with pytest.raises(Unreadable, match="20 MiB"):
        read_file(b"x" * (BYTES + 1))
