"""DOCX: the paragraphs of a Word document, read as it streams.

Of each part only what notes need is kept: the words as they stand (what was struck out by
somebody who tracks changes is not), which paragraphs are headings, and how deep points stand.
Comments, and who wrote or changed what, aren't looked at.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping

from apps.core.files.archives import read_part
from apps.core.files.xml import Elements
from apps.notes.importing.blocks import Block, Blocks, Document, Format, depth_within, plain
from apps.notes.importing.limits import LONGEST_LINE, PACKED

MAIN, STYLES = "word/document.xml", "word/styles.xml"
HEADING = re.compile(r"(?:heading|überschrift|titre|título|kop) ?([1-9])", re.IGNORECASE)
MOST_STYLES = 2_000
BETWEEN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# What stands a second time, or not any more.
PASSED_OVER = {"Fallback", "moveFrom", "del", "instrText", "delText"}


def read_word(archive: zipfile.ZipFile) -> Document:
    """Read a Word document. Raises `Unreadable`."""
    styles = Styles()
    if STYLES in archive.namelist():
        read_part(archive, STYLES, styles, PACKED)
    body = Body(styles.headings)
    read_part(archive, MAIN, body, PACKED)
    return Document(Format.WORD, body.blocks.blocks)


class Styles(Elements):
    """Which styles are headings, by their ids: those are called otherwise in each language."""

    def __init__(self) -> None:
        self.headings: dict[str, int] = {}
        self._style = ""

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self._style = _of(attributes, "styleId")
        elif name == "name" and self._style:
            value = _of(attributes, "val")
            found = HEADING.fullmatch(value.strip())
            level = int(found[1]) if found else int(value.strip().lower() == "title")
            if level and len(self.headings) < MOST_STYLES:
                self.headings[self._style] = level

    def ends(self, name: str) -> None:
        if name == "style":
            self._style = ""


class Paragraph:
    """A paragraph on its way."""

    def __init__(self) -> None:
        self.heading, self.depth = 0, -1
        self.pieces: list[str] = []
        self.length = 0

    def add(self, text: str) -> None:
        """Take some text; of one that is longer than any note only the beginning."""
        if self.length <= LONGEST_LINE:
            self.pieces.append(text)
            self.length += len(text)

    @property
    def text(self) -> str:
        """The words, line by line."""
        lines = "".join(self.pieces)[:LONGEST_LINE].split("\n")
        return plain("\n".join(plain(line) for line in lines))


class Body(Elements):
    """The paragraphs of a document; the cells of a row of a table stand in one."""

    def __init__(self, headings: Mapping[str, int]) -> None:
        self.blocks = Blocks()
        self._headings = headings
        self._number = 0
        # A text box stands within a paragraph, and holds others.
        self._open: list[Paragraph] = []
        # Rows of tables, which may stand in cells of others, and how much is in the innermost.
        self._row: list[list[str]] = []
        self._filled = 0
        self._over = 0
        self._taking = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name in PASSED_OVER:
            self._over += 1
        if self._over:
            return
        if name == "p":
            self._open.append(Paragraph())
        elif name == "tr":
            self._row.append([])
            self._filled = 0
        elif self._open:
            self._within(name, attributes)

    def _within(self, name: str, attributes: Mapping[str, str]) -> None:
        paragraph = self._open[-1]
        if name == "t":
            self._taking = True
        elif name in BETWEEN:
            paragraph.add(BETWEEN[name])
        elif name == "pStyle":
            paragraph.heading = self._headings.get(_of(attributes, "val"), 0)
        elif name == "outlineLvl":
            level = _number(_of(attributes, "val"))
            paragraph.heading = level + 1 if level < 6 else paragraph.heading  # noqa: PLR2004
        elif name == "numPr":
            paragraph.depth = max(paragraph.depth, 0)
        elif name == "ilvl":
            paragraph.depth = depth_within(_number(_of(attributes, "val")))

    def text(self, text: str) -> None:
        if self._taking and not self._over and self._open:
            self._open[-1].add(text)

    def ends(self, name: str) -> None:
        if name in PASSED_OVER:
            self._over = max(self._over - 1, 0)
        elif self._over:
            return
        elif name == "t":
            self._taking = False
        elif name == "p" and self._open:
            self._end(self._open.pop())
        elif name == "tr" and self._row:
            self._end_row(self._row.pop())

    def _end(self, paragraph: Paragraph) -> None:
        if not self._row:
            self._number += 1
        if not paragraph.pieces:
            return
        text = paragraph.text
        if self._row:
            if text and self._filled <= LONGEST_LINE:
                self._row[-1].append(text)
                self._filled += len(text)
            return
        depth = -1 if paragraph.heading else paragraph.depth
        self.blocks.add(Block(self._number, text, heading=paragraph.heading, depth=depth))

    def _end_row(self, cells: list[str]) -> None:
        text = ": ".join(cells)
        if self._row:
            self._row[-1].append(text)
            return
        self._number += 1
        self.blocks.add(Block(self._number, text))


def _of(attributes: Mapping[str, str], name: str) -> str:
    """Return an attribute, whatever its prefix."""
    return next(_values(attributes, name), "")


def _values(attributes: Mapping[str, str], name: str) -> Iterator[str]:
    return (value for key, value in attributes.items() if key.rpartition(":")[2] == name)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 9  # noqa: PLR2004
