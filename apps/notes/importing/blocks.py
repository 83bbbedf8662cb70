"""What was read: paragraphs, points and headings, kept within limits as they come."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from apps.core.files.limits import Unreadable
from apps.notes.importing.limits import BLOCKS, DEEPEST, TEXT, TOO_MANY, TOO_MUCH_TEXT

# Characters that turn the direction of what follows them, beyond the note that they stand in.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
KEPT = frozenset("\n\t")


class Format(StrEnum):
    """Where notes came from."""

    TEXT = "text"
    MARKDOWN = "markdown"
    WORD = "word"
    PAGE = "page"
    TABLE = "table"
    ETHERPAD = "etherpad"
    HEDGEDOC = "hedgedoc"
    OWN = "own"


class Joins(StrEnum):
    """How a block goes on with the one before it."""

    NOT = ""
    # It follows on the next line, which may be another remark or a line that was broken.
    PERHAPS = "perhaps"
    # It stands under the words of a point.
    HANGS = "hangs"
    # A line that was broken on purpose.
    BREAK = "break"


@dataclass(frozen=True)
class Block:
    """A paragraph, a point of a list, a heading, or a row of a table."""

    line: int
    text: str = ""
    # 1 for the largest; 0 for what is no heading.
    heading: int = 0
    # Of a point: 0 for one that stands under none; -1 for what is no point.
    depth: int = -1
    joins: Joins = Joins.NOT
    # Of a row of a table.
    cells: list[str] = field(default_factory=list)
    # What the source says of a note by itself: see `Entry`.
    says: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what tells this block from an empty one."""
        return {name: value for name, value in asdict(self).items() if value != _EMPTY[name]}


_EMPTY = {**asdict(Block(0)), "line": None}


@dataclass(frozen=True)
class Document:
    """All blocks of a source; `remarks` say aloud what had to be guessed."""

    format: Format
    blocks: list[Block]
    remarks: list[str] = field(default_factory=list)
    # Whether lines that follow one another look like one that was broken.
    wrapped: bool = False

    @property
    def is_escaped(self) -> bool:
        """A backslash takes from punctuation what it means."""
        return self.format in {Format.MARKDOWN, Format.HEDGEDOC}

    def as_json(self) -> dict[str, Any]:
        """Return the document as it is kept while it is looked at."""
        return {"wrapped": self.wrapped, "blocks": [block.as_json() for block in self.blocks]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any], kind: str) -> "Document":
        """Return a document that was kept."""
        known = {each.name for each in fields(Block)}
        blocks = [
            Block(**{name: value for name, value in block.items() if name in known})
            for block in kept["blocks"]
        ]
        return cls(Format(kind), blocks, wrapped=kept["wrapped"])


class Blocks:
    """Collects blocks, and refuses what is too much before it is kept."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._text = 0

    def add(self, block: Block) -> None:
        """Keep a block that says something, or is a blank line in one. Raises `Unreadable`."""
        size = len(block.text) + sum(map(len, block.cells))
        if not size and block.joins != Joins.BREAK:
            return
        self._text += size
        if self._text > TEXT:
            raise Unreadable(TOO_MUCH_TEXT)
        # Lines that may be broken ones count once they are whole.
        if len(self.blocks) >= (BLOCKS if block.joins == Joins.NOT else 10 * BLOCKS):
            raise Unreadable(TOO_MANY)
        self.blocks.append(block)

    def extend(self, blocks: Iterable[Block]) -> None:
        """Keep several."""
        for block in blocks:
            self.add(block)


def depth_within(depth: int) -> int:
    """Return a depth that isn't deeper than points are told apart."""
    return min(depth, DEEPEST)


def plain(text: str) -> str:
    """Return `text` composed, trimmed, without what can't be seen or stored."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii() and composed.isprintable():
        return composed.strip()
    seen = "".join(
        each
        for each in composed
        if each in KEPT or (each not in TURNING and unicodedata.category(each) not in {"Cc", "Cs"})
    )
    return seen.strip("\ufeff\u200b \t\n\u00a0")
