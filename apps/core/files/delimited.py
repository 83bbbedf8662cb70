"""Delimited text: its delimiter is guessed, said, and it is read a row at a time."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from apps.core.files.limits import Unreadable
from apps.core.files.text import Text

DELIMITERS = "\t;,|"
NAMES = {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars"}
# So many rows tell it, out of so many lines.
SAMPLE, SAMPLE_LINES = 30, 1_000
EXCEL_HINT = re.compile(r"sep=(.)", re.IGNORECASE)


@dataclass(frozen=True)
class Shape:
    """How much delimited text may be, and what is said when it is more."""

    # What it holds, in the plural: "people".
    of: str
    columns: int
    lines: int
    too_many: str
    # Of one line of the file, and of one row, which takes several if a cell has line ends in it.
    longest_line: int = 200_000
    longest_row: int = 400_000
    most_lines_of_row: int = 200


class Delimited:
    """Rows of delimited text, each with the line at which it begins. Raises `Unreadable`."""

    def __init__(self, text: Text, shape: Shape) -> None:
        self.delimiter = _delimiter_of(text.lines(shape.longest_line), shape)
        self._lines = _Lines(text.lines(shape.longest_line), shape)

    @property
    def remark(self) -> str:
        """Say what tells the columns apart."""
        return f"The columns are told apart by {NAMES[self.delimiter]}."

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(self._lines, delimiter=self.delimiter, strict=True)
        try:
            for cells in reader:
                begun = self._lines.next_row()
                if begun != 1 or not self._is_hint(cells):
                    yield begun, cells
        except csv.Error as error:
            raise Unreadable(self._lines.in_words(error)) from error

    def _is_hint(self, cells: list[str]) -> bool:
        # "sep=;" is two cells.
        return len(cells) <= 2 and bool(EXCEL_HINT.match(self.delimiter.join(cells)))  # noqa: PLR2004


def _delimiter_of(lines: Iterable[str], shape: Shape) -> str:
    """Return the delimiter that cuts the first lines into rows of one width, the widest if any."""
    sample = []
    for line in islice(lines, SAMPLE_LINES):
        if line.strip():
            sample.append(line[: shape.longest_line])
        if len(sample) == 1 and (hint := EXCEL_HINT.fullmatch(line.strip("\r\n\"'"))):
            return hint[1] if hint[1] in DELIMITERS else ","
        if len(sample) == SAMPLE or sum(map(len, sample)) > shape.longest_line:
            break
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter, shape))


def _evenness(sample: list[str], delimiter: str, shape: Shape) -> tuple[float, int]:
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
    return (rows / len(widths), min(width, shape.columns))


class _Lines:
    """Hands lines on, and knows at which one the row that is being read began."""

    def __init__(self, lines: Iterator[str], shape: Shape) -> None:
        self._lines, self._shape = lines, shape
        self.number = 0
        self.begun = 1
        self._held = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        shape = self._shape
        self.number += 1
        self._held += len(line)
        if self.number > shape.lines:
            raise Unreadable(f"The list has more than {shape.lines:,} lines. {shape.too_many}")
        if len(line) > shape.longest_line:
            raise Unreadable(
                f"Line {self.number:,} is longer than {shape.longest_line:,} characters: this "
                f"doesn’t look like a list of {shape.of}."
            )
        if self._held > shape.longest_row or self.number - self.begun > shape.most_lines_of_row:
            raise Unreadable(_never_closed(self.begun))
        return line

    def next_row(self) -> int:
        """Return the line at which the row just read began; the next one begins after it."""
        begun, self.begun, self._held = self.begun, self.number + 1, 0
        return begun

    def in_words(self, error: csv.Error) -> str:
        """Say what is wrong with a row."""
        said = str(error)
        if "unexpected end" in said:
            return _never_closed(self.begun)
        if "field larger" in said:
            return (
                f"A cell in line {self.begun:,} is longer than any cell of a list of "
                f"{self._shape.of}."
            )
        return (
            f"In line {self.number:,} something stands beside a quotation mark that closes a cell. "
            "Write quotation marks inside a cell twice, or leave them out."
        )


def _never_closed(line: int) -> str:
    return f"A quotation mark that opens in line {line:,} is never closed."
