"""The parts of a workbook: its sheets, one of them, and the texts that its cells name."""

import re
from collections.abc import Mapping

from apps.core.files.limits import Unreadable
from apps.core.files.xml import Elements, Enough
from apps.participants.roster.limits import (
    CELL,
    COLUMNS,
    LINES,
    TEXT,
    TOO_MANY,
    TOO_MUCH_TEXT,
    WORKBOOK,
)
from apps.participants.roster.table import MOST_ROWS, Rows

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
MOST_SHEETS = 1_000
TRUTH = {"1": "yes", "0": "no"}
WHOLE = re.compile(r"(-?\d+)\.0*")


class SheetNames(Elements):
    """The sheets of a workbook, in order: those that show."""

    def __init__(self) -> None:
        self.visible: list[tuple[str, str]] = []

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name != "sheet" or attributes.get("state", "visible") != "visible":
            return
        if len(self.visible) > MOST_SHEETS:
            raise Unreadable(WORKBOOK.too_much)
        link = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
        self.visible.append((attributes.get("name", ""), link))


class Links(Elements):
    """What a part of a workbook links to."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.by_kind: dict[str, str] = {}

    @property
    def strings(self) -> str:
        """Where the texts of the cells are."""
        return self.by_kind.get("sharedStrings", "")

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        self.by_kind.setdefault(kind, target)
        if kind == "worksheet" and len(self.sheets) <= MOST_SHEETS:
            self.sheets[attributes.get("Id", "")] = target


class Sheet(Elements):
    """The cells of a sheet: texts, or numbers of texts that stand elsewhere."""

    def __init__(self) -> None:
        self.wanted: set[int] = set()
        self._rows: dict[int, dict[int, str | int]] = {}
        self._inside = self._row = self._column = 0
        self._kind = ""
        self._taking = self._phonetic = False
        self._pieces: list[str] = []
        self._length = self._total = 0

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheetData":
            self._inside += 1
        elif not self._inside:
            return
        elif name == "row":
            self._row = _number(attributes.get("r")) or self._row + 1
            self._column = 0
        elif name == "c":
            found = REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = _column(found[1]) if found else self._column + 1
            self._row = int(found[2]) if found else self._row
            self._kind = attributes.get("t", "n")
            self._pieces, self._length = [], 0
        elif name == "rPh":
            self._phonetic = True
        elif name in {"v", "t"}:
            self._taking = not self._phonetic

    def text(self, text: str) -> None:
        if self._taking and self._length <= 4 * CELL:
            self._pieces.append(text)
            self._length += len(text)

    def ends(self, name: str) -> None:
        if name == "sheetData":
            raise Enough
        if name in {"v", "t"}:
            self._taking = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "c" and self._pieces:
            self._keep("".join(self._pieces)[: 4 * CELL])

    def _keep(self, text: str) -> None:
        value: str | int
        if self._kind == "s":
            value = _number(text) or 0
            self.wanted.add(value)
        else:
            value = _shown(text, self._kind)
        if value == "":
            return
        self._pieces = []
        self._total += len(text)
        row = self._rows.setdefault(self._row, {})
        row[self._column] = value
        if self._row > LINES or len(self._rows) > MOST_ROWS:
            raise Unreadable(TOO_MANY)
        if self._column > COLUMNS:
            raise Unreadable(
                f"Line {self._row:,} has something in column {self._column:,}; a list of people "
                f"has at most {COLUMNS}. Leave out those that aren’t needed here."
            )
        if self._total > TEXT:
            raise Unreadable(TOO_MUCH_TEXT)

    def rows(self, strings: Mapping[int, str]) -> list[list[str]]:
        """Return the rows, with the texts that stand elsewhere put in."""
        rows = Rows()
        for number, cells in sorted(self._rows.items()):
            texts = {
                column: strings.get(value, "") if isinstance(value, int) else value
                for column, value in cells.items()
            }
            rows.add(number, [texts.get(column, "") for column in range(1, max(texts) + 1)])
        return rows.rows


class Strings(Elements):
    """The texts that cells name by a number: only those that are wanted are kept."""

    def __init__(self, wanted: set[int]) -> None:
        self.found: dict[int, str] = {}
        self._wanted, self._last = wanted, max(wanted, default=-1)
        self._number = -1
        self._taking = self._phonetic = False
        self._pieces: list[str] = []
        self._length = self._total = 0

    def begins(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self._number += 1
            self._pieces, self._length = [], 0
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._taking = not self._phonetic and self._number in self._wanted

    def text(self, text: str) -> None:
        if self._taking and self._length <= 4 * CELL:
            self._pieces.append(text)
            self._length += len(text)

    def ends(self, name: str) -> None:
        if name == "t":
            self._taking = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si" and self._number in self._wanted:
            text = "".join(self._pieces)[: 4 * CELL]
            self._total += len(text)
            if self._total > 2 * TEXT:
                raise Unreadable(TOO_MUCH_TEXT)
            self.found[self._number] = text
            if self._number == self._last:
                raise Enough


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else None  # noqa: PLR2004


def _column(letters: str) -> int:
    """Return the number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _shown(text: str, kind: str) -> str:
    """Return what a cell shows: not that it went wrong, and whole numbers as such."""
    if kind == "e":
        return ""
    if kind == "b":
        return TRUTH.get(text.strip(), text)
    whole = WHOLE.fullmatch(text) if kind == "n" else None
    return whole[1] if whole else text
