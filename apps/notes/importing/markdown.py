"""Markdown, as far as notes need it: headings, points, paragraphs, quotations, tables."""

import re
from collections.abc import Iterator

from apps.core.files.text import Text
from apps.notes.importing.blocks import Block, Blocks, Document, Format, Joins
from apps.notes.importing.lines import Depths, Line, lines_of, without_point

HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*))?$")
CLOSING = re.compile(r"[ \t]+#+$")
RULE = re.compile(r"(?:[-*_][ \t]*){3,}")
FENCE = re.compile(r"(```|~~~)")
TABLE_RULE = re.compile(r"\|?[ \t:|-]+\|?")
TASK = re.compile(r"\A\[[ xX]\][ \t]+")
# Boxes of HedgeDoc, its table of contents, and comments.
UNSEEN = re.compile(r":::|\[toc\]$|<!--", re.IGNORECASE)
# What HedgeDoc writes first: settings between two rules.
FRONT = "---"
FRONT_LINES = 60


def read_markdown(text: Text, kind: Format = Format.MARKDOWN) -> Document:
    """Read Markdown. Raises `Unreadable`."""
    blocks = Blocks()
    for block in _Reader().blocks(_without_front(lines_of(text))):
        blocks.add(block)
    return Document(kind, blocks.blocks, list(text.remarks), wrapped=True)


def _without_front(lines: Iterator[Line]) -> Iterator[Line]:
    """Leave out the settings that stand first, if the rule that closes them is near."""
    first = next(lines, None)
    if first is None:
        return
    if first.text != FRONT:
        yield first
        yield from lines
        return
    front = []
    for line in lines:
        front.append(line)
        if line.text in {FRONT, "..."}:
            break
        if len(front) == FRONT_LINES:
            yield from front
            break
    else:
        yield from front
    yield from lines


class _Reader:
    """Goes through the lines and knows what stands before each."""

    def __init__(self) -> None:
        self.depths = Depths()
        self.in_list = self.follows = self.broken = False
        self.fence = ""
        self.in_comment = False

    def blocks(self, lines: Iterator[Line]) -> Iterator[Block]:
        """Yield the blocks; a paragraph over a rule of signs is a heading."""
        held: Block | None = None
        for line in lines:
            block = self._block(line, held)
            if block is None:
                continue
            if held is not None and held.line != block.line:
                yield held
            held = block
        if held is not None:
            yield held

    def _block(self, line: Line, before: Block | None) -> Block | None:
        if self._is_unseen(line.text):
            return None
        if self.fence:
            return self._verbatim(line)
        if not line.text:
            self.follows = self.broken = False
            return None
        if self.follows and before is not None and (level := _underline(line.text)):
            self._leave()
            title = before.depth < 0 and before.joins == Joins.NOT
            return Block(before.line, before.text, heading=level) if title else None
        found = HEADING.match(line.text)
        if found is None and not RULE.fullmatch(line.text):
            return self._words(line)
        self._leave()
        return _heading(line.number, found) if found else None

    def _is_unseen(self, text: str) -> bool:
        if self.in_comment or text.startswith("<!--"):
            self.in_comment = "-->" not in text
            return True
        if found := FENCE.match(text):
            if not self.fence:
                self.fence = found[1]
                self.follows = False
            elif self.fence == found[1]:
                self.fence = ""
                self.follows = False
            else:
                return False
            return True
        return not self.fence and bool(UNSEEN.match(text))

    def _verbatim(self, line: Line) -> Block | None:
        joins = Joins.BREAK if self.follows else Joins.NOT
        self.follows = True
        return Block(line.number, _escaped(line.text), joins=joins) if line.text else None

    def _words(self, line: Line) -> Block | None:
        text, broken = _without_break(line.text)
        point = None if self.broken else without_point(text)
        joins = Joins.NOT
        if point is not None and not text.startswith(("o ", "–", "—")):
            self.in_list = True
            block = Block(line.number, TASK.sub("", point, count=1), depth=self._depth(line))
        elif self.broken:
            block = Block(line.number, text, joins=Joins.BREAK)
        elif text.startswith("|"):
            return self._row(line.number, text)
        elif text.startswith(">"):
            said = text.lstrip("> \t")
            block = Block(line.number, said, joins=self._joins(), says={"mark": "quote"})
        else:
            joins = self._joins(hangs=self.in_list and bool(line.indent))
            if joins == Joins.NOT:
                self._leave()
            block = Block(line.number, text, joins=joins)
        self.follows, self.broken = True, broken
        return block

    def _row(self, number: int, text: str) -> Block | None:
        self.follows = False
        if TABLE_RULE.fullmatch(text):
            return None
        cells = [cell.strip() for cell in text.strip("|").split("|")]
        return Block(number, ": ".join(cell for cell in cells if cell))

    def _joins(self, *, hangs: bool = False) -> Joins:
        if hangs:
            return Joins.HANGS
        return Joins.PERHAPS if self.follows else Joins.NOT

    def _depth(self, line: Line) -> int:
        return self.depths.of(line.indent)

    def _leave(self) -> None:
        self.depths.leave()
        self.in_list = self.follows = self.broken = False


def _heading(number: int, found: re.Match[str]) -> Block:
    title = CLOSING.sub("", found[2] or "").strip()
    return Block(number, title, heading=len(found[1]))


def _underline(text: str) -> int:
    """Return of which level a rule of signs makes the line above it; 0 for none."""
    if text.strip("=") == "":
        return 1
    return 2 if len(text) > 1 and text.strip("-") == "" else 0


def _without_break(text: str) -> tuple[str, bool]:
    """Return `text` without the backslash that breaks the line after it, and whether it has one."""
    signs = len(text) - len(text.rstrip("\\"))
    return (text[:-1].rstrip(), True) if signs % 2 else (text, False)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\")
