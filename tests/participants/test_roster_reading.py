"""Lists of people from elsewhere, as they come: every encoding, delimiter and workbook."""

import openpyxl
import pytest

from apps.participants.roster import Unreadable, read_file, read_text
from apps.participants.roster.limits import CELL
from tests.participants.workbooks import as_bytes, by_hand, saved, sheet_of

ROWS = [["Name", "Affiliation"], ["Zoë Müller", "Université de Liège"], ["Łukasz Őry", "—"]]
LATIN = [["Name", "Affiliation"], ["Zoë Müller", "Université de Liège"], ["Inés Peña", "École"]]


def text(rows, delimiter=",", end="\n"):
    return end.join(delimiter.join(row) for row in rows) + end


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_line_end_is_read(delimiter, end):
    assert read_text(text(ROWS, delimiter, end)).rows == ROWS


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_any_unicode_encoding_is_read_without_a_word(encoding):
    # Without a mark at the beginning, UTF-16 shows by its zeros.
    rows = LATIN if encoding.endswith(("le", "be")) else ROWS
    table = read_file(text(rows).encode(encoding))
    assert table.rows == rows
    assert table.remarks == ["The columns are told apart by commas."]


def test_western_letters_of_one_byte_are_guessed_and_that_is_said():
    table = read_file(text(LATIN, ";").encode("cp1252"))
    assert table.rows == LATIN
    assert "Windows-1252" in table.remarks[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Name\nJos\xe9 \x81\n", "can’t be told how the letters"),
        (b"Name\nAnna\x00 Berg\nBen Okri and more and more\n", "no text has"),
        (b"\xff\xfeN\x00a\x00\x00\xd8", "can’t be told how the letters"),
        (b"\xef\xbb\xbfName\nJos\xe9\n", "can’t be told how the letters"),
        (b"Name\n\x01\x02\x03\n", "no text has"),
        (b"", "nobody"),
        (b" \n\n;;;\n", "nobody"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"{\\rtf1 x}", "a text document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"old kind \(.xls\)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "has a password",
        ),
        (b"PK\x03\x04" + b"\0" * 40, "damaged"),
    ],
)
def test_what_cant_be_read_is_refused_in_words(data, said):
    with pytest.raises(Unreadable, match=said):
        read_file(data)


def test_cells_hold_delimiters_quotation_marks_and_line_ends():
    table = read_text('Name,From\n"Berg, Anna","The ""Old""\nInstitute"\nBen,Lagos\n')
    assert table.rows == [
        ["Name", "From"], ["Berg, Anna", 'The "Old" Institute'], [], ["Ben", "Lagos"],
    ]  # fmt: skip


def test_a_line_is_known_by_its_number_whatever_is_blank():
    table = read_text("\n\nName\n\n  \nAnna\n")
    assert [number for number, row in enumerate(table.rows, 1) if row] == [3, 6]


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ('Name,From\nAnna,"Vienna\nBen,Lagos\n', "opens in line 2 is never closed"),
        ('Name,From\n"Anna"x,Vienna\n', "line 2 something stands beside a quotation mark"),
    ],
)
def test_a_quotation_mark_that_is_wrong_is_pointed_out(pasted, said):
    with pytest.raises(Unreadable, match=said):
        read_text(pasted)


def test_commas_in_a_single_column_dont_make_columns():
    table = read_text("Anna Berg\nBen Okri\nInstitute, Vienna\nC D\n")
    assert [len(row) for row in table.rows] == [1, 1, 1, 1]
    assert read_text("Anna Berg\nBen Okri\n").rows == [["Anna Berg"], ["Ben Okri"]]


def test_excels_hint_at_the_delimiter_is_no_person():
    assert read_text("sep=;\nName;From\nAnna;Rome, Italy\n").rows == [
        [], ["Name", "From"], ["Anna", "Rome, Italy"],
    ]  # fmt: skip


def test_what_cant_be_seen_is_taken_out_and_what_is_too_long_is_cut_off():
    table = read_text(f"\ufeff Anna\u202e \u00a0 Berg\u2069,{'x' * 9999}\n")
    assert table.rows[0][0] == "Anna Berg"
    assert len(table.rows[0][1]) == CELL + 1
    # Composed: the same letters are the same text.
    assert read_text("Zoe\u0308\n").rows == [["Zoë"]]


def test_a_workbook_is_read_as_it_shows():
    rows = [["Name", "Age", "Here"], ["Zoë Müller", 41, True], [None], ["Ben", 3.5, "=1+1"]]
    table = read_file(saved(rows))
    assert table.rows == [["Name", "Age", "Here"], ["Zoë Müller", "41", "yes"], [], ["Ben", "3.5"]]
    assert table.remarks == []


def test_the_first_sheet_that_shows_is_read_and_that_is_said():
    book = openpyxl.Workbook()
    book.active.title = "Old"
    book.active.sheet_state = "hidden"
    people = book.create_sheet("People")
    people["C5"] = "Anna"
    book.create_sheet("Notes")
    table = read_file(as_bytes(book))
    assert table.rows == [[], [], [], [], ["", "", "Anna"]]
    assert table.remarks == ["The workbook has 2 sheets. Read was “People”."]


def test_texts_stand_in_the_cell_or_elsewhere_in_pieces_and_without_their_reading():
    sheet = sheet_of(
        '<row><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>An</t></r><r><t>na</t></r></is></c>'
        '<c t="str"><f>A1&amp;"x"</f><v>Rome</v></c><c t="e"><v>#N/A</v></c><c><v>7.0</v></c></row>'
    )
    strings = "<sst><si><t>no</t></si><si><t>山田</t><rPh><t>ヤマダ</t></rPh></si></sst>"
    table = read_file(by_hand(sheet, strings=strings))
    assert table.rows == [["山田", "Anna", "Rome", "", "7"]]


def test_a_workbook_with_prefixed_names_is_a_workbook():
    sheet = (
        '<x:worksheet xmlns:x="y"><x:sheetData><x:row r="2"><x:c r="B2" t="inlineStr"><x:is>'
        "<x:t>Anna</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert read_file(by_hand(sheet)).rows == [[], ["", "Anna"]]
