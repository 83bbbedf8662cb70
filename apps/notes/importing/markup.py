"""Pages of markup, as Etherpad exports them: headings, points and lines.

Read here tag by tag, forwards only: whatever is wrong with a page, reading it takes as long as it
is, and nothing is kept but words.
"""

import re
from collections.abc import Iterator
from html import unescape

from apps.core.files.limits import Unreadable
from apps.core.files.text import Text
from apps.notes.importing.blocks import Block, Blocks, Document, Format, depth_within, plain
from apps.notes.importing.limits import LONGEST_LINE, MARKUP, PACKED

TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,15})")
UNSEEN = {"script", "style", "title", "template", "textarea"}
LISTS = {"ul", "ol"}
# What ends a line.
LINES = {"br", "p", "div", "li", "tr", "table", "blockquote", "pre", "hr", "dd", "dt", *LISTS}
HEADINGS = {f"h{level}": level for level in range(1, 7)}


def is_markup(start: str) -> bool:
    """Say whether a text that begins like this is a page of markup."""
    return bool(re.match(r"\s*(?:<!doctype html|<html)\b", start, re.IGNORECASE))


def read_markup(text: Text) -> Document:
    """Read a page. Raises `Unreadable`."""
    if len(text.data) > MARKUP:
        raise Unreadable(PACKED.too_much)
    page = _Page()
    for tag, words in _pieces(text.data.decode(text.encoding)):
        if words:
            page.take(unescape(words))
        if tag:
            page.turn(tag)
    page.end_line()
    return Document(Format.PAGE, page.blocks.blocks, list(text.remarks))


def _pieces(page: str) -> Iterator[tuple[str, str]]:
    """Yield (tag, the words before it), the tag in small letters with “/” if it closes."""
    place = 0
    while (start := page.find("<", place)) >= 0:
        words = page[place:start]
        if page.startswith("<!--", start):
            end = page.find("-->", start)
            yield "", words
            if end < 0:
                return
            place = end + 3
            continue
        found = TAG.match(page, start)
        end = page.find(">", start)
        if end < 0:
            # No tag is closed from here on.
            break
        if found is None:
            # A sign of its own, but for declarations.
            yield "", words if page[start + 1 : start + 2] in {"!", "?"} else f"{words}<"
            place = end + 1 if page[start + 1 : start + 2] in {"!", "?"} else start + 1
            continue
        name = found[1].lower()
        closes = page[start + 1] == "/"
        yield ("/" if closes else "") + name, words
        place = end + 1
        if name in UNSEEN and not closes:
            close = page.find("</", place)
            while close >= 0 and page[close + 2 : close + 2 + len(name)].lower() != name:
                close = page.find("</", close + 2)
            if close < 0:
                return
            place = close
    yield "", page[place:]


class _Page:
    def __init__(self) -> None:
        self.blocks = Blocks()
        self._number = self._lists = self._heading = self._length = 0
        self._is_point = False
        self._pieces: list[str] = []

    def take(self, words: str) -> None:
        """Take words of the line that is being read."""
        if self._length <= LONGEST_LINE:
            self._pieces.append(words)
            self._length += len(words)

    def turn(self, tag: str) -> None:
        """Begin or end what `tag` says."""
        name = tag.lstrip("/")
        if name in HEADINGS:
            self.end_line()
            self._heading = 0 if tag[0] == "/" else HEADINGS[name]
        elif name in LINES:
            self.end_line()
            if name in LISTS:
                self._lists = max(self._lists + (-1 if tag[0] == "/" else 1), 0)
            elif tag == "li":
                self._is_point = True
        elif tag in {"td", "th"} and self._pieces:
            self.take(": ")

    def end_line(self) -> None:
        """Keep the line that was read."""
        text = plain(" ".join("".join(self._pieces)[:LONGEST_LINE].split()))
        self._pieces, self._length = [], 0
        if not text:
            return
        self._number += 1
        depth = depth_within(max(self._lists - 1, 0)) if self._is_point else -1
        depth = -1 if self._heading else depth
        self.blocks.add(Block(self._number, text.strip(": "), self._heading, depth))
        self._is_point = False
