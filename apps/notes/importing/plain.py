"""Plain text, minutes and chats among it: every line is what it is."""

from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from apps.core.files.text import Text
from apps.notes.importing.blocks import Block, Blocks, Document, Format, Joins
from apps.notes.importing.lines import Depths, Line, lines_of, without_point

# Lines that were broken at a margin are about this long, and go on small.
WRAPPED_AT, SAMPLE = 50, 200
UNDERLINES = "=-"


def read_plain(text: Text) -> Document:
    """Read plain text. Raises `Unreadable`."""
    blocks = Blocks()
    blocks.extend(_blocks(lines_of(text)))
    return Document(Format.TEXT, blocks.blocks, list(text.remarks), _is_wrapped(blocks.blocks))


def _blocks(lines: Iterator[Line]) -> Iterator[Block]:
    depths, held, was_point, follows = Depths(), None, False, False
    for line in lines:
        if _is_rule(line.text):
            # What stands over a line of signs is a heading; alone, such a line says nothing.
            if held is not None:
                level = 1 if line.text[0] == "=" else 2
                held = Block(held.line, held.text, heading=level) if held.depth < 0 else held
            follows = was_point = False
            continue
        if held is not None:
            yield held
            held = None
        if not line.text:
            follows = was_point = False
            continue
        words = without_point(line.text)
        if words is not None:
            held = Block(line.number, words, depth=depths.of(line.indent))
            was_point = follows = True
        elif was_point and line.indent:
            held = Block(line.number, line.text, joins=Joins.HANGS)
        else:
            depths.leave()
            joins = Joins.PERHAPS if follows and not was_point else Joins.NOT
            held = Block(line.number, line.text, joins=joins)
            was_point, follows = False, True
    if held is not None:
        yield held


def _is_rule(text: str) -> bool:
    return len(text) > 2 and text[0] in UNDERLINES and not text.strip(text[0])  # noqa: PLR2004


def _is_wrapped(blocks: list[Block]) -> bool:
    """Say whether lines look as if they had been broken at a margin."""
    pairs = [pair for pair in pairwise(blocks) if pair[1].joins == Joins.PERHAPS][:SAMPLE]
    small = sum(other.text[:1].islower() for _, other in pairs)
    lengths = [len(one.text) for one, _ in pairs]
    return bool(pairs) and median(lengths) >= WRAPPED_AT and small * 2 >= len(pairs)
