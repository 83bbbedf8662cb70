"""Lines of a text: how far in they stand, which are points, and how deep."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from apps.core.files.limits import Unreadable
from apps.core.files.text import Text, TextReader
from apps.notes.importing.blocks import depth_within, plain
from apps.notes.importing.limits import LINES, LONG_LINE, LONGEST_LINE

READER = TextReader("Save it as text in UTF-8, or paste it here.")
POINT = re.compile(r"(?:[-*+•‣▪◦–—o]|\d{1,4}[.)])(?:[ \t]+|$)")
TAB = 4


@dataclass(frozen=True)
class Line:
    """A line: its number, how far in its words begin, the words."""

    number: int
    indent: int
    text: str


def lines_of(text: Text) -> Iterator[Line]:
    """Yield the lines of `text`, blank ones with nothing in them. Raises `Unreadable`."""
    for number, given in enumerate(text.lines(LONGEST_LINE), start=1):
        if number > LINES:
            raise Unreadable(f"This has more than {LINES:,} lines. Split it into several.")
        if len(given) > LONGEST_LINE:
            raise Unreadable(f"Line {number:,} {LONG_LINE}")
        line = given.rstrip("\r\n")
        words = line.lstrip(" \t\u00a0")
        indent = sum(TAB if each == "\t" else 1 for each in line[: len(line) - len(words)])
        yield Line(number, indent, plain(words))


@dataclass
class Depths:
    """Knows how deep a point stands, by how far in it and those before it stand."""

    _indents: list[int] = field(default_factory=list)

    def of(self, indent: int) -> int:
        """Return the depth of a point that stands in by `indent`."""
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        return depth_within(len(self._indents) - 1)

    def leave(self) -> None:
        """Take note that the list is over."""
        self._indents.clear()


def without_point(text: str) -> str | None:
    """Return `text` without the sign of a point before it; None if it is none."""
    found = POINT.match(text)
    return text[found.end() :] if found else None
