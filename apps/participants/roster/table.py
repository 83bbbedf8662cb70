"""What was read: rows of plain texts, kept within limits as they come."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.core.files.limits import Unreadable
from apps.participants.roster.limits import (
    CELL,
    COLUMNS,
    LINES,
    PEOPLE,
    TEXT,
    TOO_MANY,
    TOO_MUCH_TEXT,
)

# One for the heading.
MOST_ROWS = PEOPLE + 1
# Characters that turn the direction of what follows them, beyond the cell that they stand in.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Table:
    """A list as it was read. Row `i` is line `i + 1`; a line without anything in it is empty."""

    rows: list[list[str]]
    # What had to be guessed, said aloud.
    remarks: list[str] = field(default_factory=list)


class Rows:
    """Collects rows by their number, and refuses what is too much before it is kept."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self._filled = self._text = 0

    def add(self, number: int, cells: Iterable[str]) -> None:
        """Keep the cells of line `number`, a later one than those before; blank ones aren't kept.

        Raises `Unreadable`.
        """
        row = without_blank_end([plain(cell) for cell in cells])
        if not row:
            return
        if number > LINES:
            raise Unreadable(f"There is something in line {number:,}. {TOO_MANY}")
        if len(row) > COLUMNS:
            raise Unreadable(
                f"Line {number:,} has {len(row):,} columns; a list of people has at most "
                f"{COLUMNS}. Leave out those that aren’t needed here."
            )
        self._filled += 1
        self._text += sum(map(len, row))
        if self._filled > MOST_ROWS:
            raise Unreadable(TOO_MANY)
        if self._text > TEXT:
            raise Unreadable(TOO_MUCH_TEXT)
        self.rows.extend([] for _ in range(number - 1 - len(self.rows)))
        self.rows.append(row)


def without_blank_end(row: list[str]) -> list[str]:
    """Return `row` up to the last cell that holds something."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def plain(text: str) -> str:
    """Return the text of a cell in one line, composed, without what can't be seen.

    One that is too long is cut off one character after the limit, so that it shows.
    """
    if not text:
        return ""
    composed = unicodedata.normalize("NFC", text[: 4 * CELL])
    line = " ".join(composed.split())
    seen = "".join(c for c in line if c not in TURNING and unicodedata.category(c) != "Cc")
    return seen.strip("\ufeff\u200b ")[: CELL + 1]
