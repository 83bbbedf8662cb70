"""Delimited text: its encoding and its delimiter are guessed, said, and read a line at a time."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from apps.participants.roster.limits import COLUMNS, LINES, TOO_MANY, Unreadable
from apps.participants.roster.table import Rows, Table

CHUNK = 64 * 1024
# Of one line of the file, and of one row, which takes several if a cell has line ends in it.
LONGEST_LINE = 200_000
LONGEST_ROW, MOST_LINES_OF_ROW = 400_000, 200

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Bytes that no text has, in whatever encoding of one byte a character.
NOT_IN_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
WESTERN = (
    "The file isn’t in UTF-8. It was read as Windows-1252 (Western European). If letters with "
    "accents look wrong below, save it as UTF-8 and begin again."
)
NO_TEXT = "This isn’t a text file: it holds characters that no text has. Save it as CSV or XLSX."
NO_ENCODING = (
    "It can’t be told how the letters of this file are written: it is neither UTF-8 nor UTF-16 "
    "nor Windows-1252. Save it as “CSV UTF-8”."
)

DELIMITERS = "\t;,|"
NAMES = {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars"}
# So many rows tell it, out of so many lines.
SAMPLE, SAMPLE_LINES = 30, 1_000
EXCEL_HINT = re.compile(r"sep=(.)", re.IGNORECASE)


def read_delimited(data: bytes) -> Table:
    """Read delimited text. Raises `Unreadable`."""
    encoding, remarks = _encoding_of(data)
    delimiter = _delimiter_of(_lines(data, encoding))
    rows = Rows()
    lines = _Lines(_lines(data, encoding))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            begun = lines.next_row()
            hint = begun == 1 and len(cells) <= 2 and EXCEL_HINT.match(delimiter.join(cells))  # noqa: PLR2004 - "sep=;" is two cells
            if not hint:
                rows.add(begun, cells)
    except csv.Error as error:
        raise Unreadable(_in_words(error, lines)) from error
    if any(len(row) > 1 for row in rows.rows):
        remarks.append(f"The columns are told apart by {NAMES[delimiter]}.")
    return Table(rows.rows, remarks)


def _encoding_of(data: bytes) -> tuple[str, list[str]]:
    """Return the encoding of `data`, and what to say about it; the whole is looked at."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _if_decodable(data, encoding), []
    if b"\0" in data:
        return _if_decodable(data, _utf_16_without_mark(data)), []
    if NOT_IN_TEXT.search(data):
        raise Unreadable(NO_TEXT)
    if _decodes(data, "utf-8"):
        return "utf-8", []
    return _if_decodable(data, "cp1252"), [WESTERN]


def _utf_16_without_mark(data: bytes) -> str:
    """Return in which order the two bytes stand: every other byte of Western text is zero."""
    head = data[:4096]
    zeros = [head[start::2].count(0) / max(len(head[start::2]), 1) for start in (0, 1)]
    if max(zeros) < 0.4 or min(zeros) > 0.1:  # noqa: PLR2004 - far from what text looks like
        raise Unreadable(NO_TEXT)
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _if_decodable(data: bytes, encoding: str) -> str:
    if not _decodes(data, encoding):
        raise Unreadable(NO_ENCODING)
    return encoding


def _decodes(data: bytes, encoding: str) -> bool:
    """Say whether `data` is in `encoding`, piece by piece: the whole text is never in memory."""
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(data)
    try:
        for start in range(0, len(view), CHUNK):
            if "\0" in decoder.decode(view[start : start + CHUNK]):
                raise Unreadable(NO_TEXT)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    """Yield the lines of `data`, none longer than one character over the limit."""
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    while line := stream.readline(LONGEST_LINE + 1):
        yield line


def _delimiter_of(lines: Iterable[str]) -> str:
    """Return the delimiter that cuts the first lines into rows of one width, the widest if any."""
    sample = []
    for line in islice(lines, SAMPLE_LINES):
        if line.strip():
            sample.append(line[:LONGEST_LINE])
        if len(sample) == 1 and (hint := EXCEL_HINT.fullmatch(line.strip("\r\n\"'"))):
            return hint[1] if hint[1] in DELIMITERS else ","
        if len(sample) == SAMPLE or sum(map(len, sample)) > LONGEST_LINE:
            break
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: list[str], delimiter: str) -> tuple[float, int]:
    try:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
    except csv.Error:
        return (0, 0)
    if not widths:
        return (0, 0)
    width, rows = Counter(widths).most_common(1)[0]
    if width == 1:
        # Here and there one, as in “Institute, Vienna”, doesn't make columns.
        return (0, 0)
    return (rows / len(widths), min(width, COLUMNS))


class _Lines:
    """Hands lines on, and knows at which one the row that is being read began."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.number = 0
        self.begun = 1
        self._held = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self._held += len(line)
        if self.number > LINES:
            raise Unreadable(f"The list has more than {LINES:,} lines. {TOO_MANY}")
        if len(line) > LONGEST_LINE:
            raise Unreadable(
                f"Line {self.number:,} is longer than {LONGEST_LINE:,} characters: this doesn’t "
                "look like a list of people."
            )
        if self._held > LONGEST_ROW or self.number - self.begun > MOST_LINES_OF_ROW:
            raise Unreadable(_never_closed(self.begun))
        return line

    def next_row(self) -> int:
        """Return the line at which the row just read began; the next one begins after it."""
        begun, self.begun, self._held = self.begun, self.number + 1, 0
        return begun


def _in_words(error: csv.Error, lines: _Lines) -> str:
    said = str(error)
    if "unexpected end" in said:
        return _never_closed(lines.begun)
    if "field larger" in said:
        return f"A cell in line {lines.begun:,} is longer than any cell of a list of people."
    return (
        f"In line {lines.number:,} something stands beside a quotation mark that closes a cell. "
        "Write quotation marks inside a cell twice, or leave them out."
    )


def _never_closed(line: int) -> str:
    return f"A quotation mark that opens in line {line:,} is never closed."
