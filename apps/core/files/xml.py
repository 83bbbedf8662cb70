"""XML from strangers, read as it streams: no document types, no entities, nothing long kept."""

from typing import IO
from xml.parsers import expat

from apps.core.files.limits import MEBIBYTE, Unreadable, Words

CHUNK = 64 * 1024
# A tag with its attributes; the parser holds one as a whole.
LONGEST_TAG = MEBIBYTE
DEEPEST = 60
# More than what is read within its limits ever has.
ELEMENTS = 1_000_000


class Elements:
    """What is told of a document as it streams. Names come without their prefix."""

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """Take note that an element begins."""

    def ends(self, name: str) -> None:
        """Take note that an element ends."""

    def text(self, text: str) -> None:
        """Take some text, or a part of it."""


class Enough(Exception):
    """Raised by a handler that has all it wants."""


def stream(source: IO[bytes], into: Elements, words: Words) -> None:
    """Read the document `source` and tell `into` of it. Raises `Unreadable`, in `words`."""
    reading = _Reading(into, words)
    try:
        while chunk := source.read(CHUNK):
            reading.feed(chunk)
        reading.feed(b"", final=True)
    except Enough:
        return
    except expat.ExpatError as error:
        raise Unreadable(words.damaged) from error


class _Reading:
    def __init__(self, into: Elements, words: Words) -> None:
        self.into, self.words = into, words
        self.depth = self.elements = self.quiet = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begins
        self.parser.EndElementHandler = self._ends
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, chunk: bytes, *, final: bool = False) -> None:
        self.quiet += len(chunk)
        self.parser.Parse(chunk, final)
        if self.quiet > LONGEST_TAG:
            raise Unreadable(self.words.too_much)

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        self.quiet = 0
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > ELEMENTS:
            raise Unreadable(self.words.too_much)
        self.into.begins(name.rpartition(":")[2], attributes)

    def _ends(self, name: str) -> None:
        self.quiet = 0
        self.depth -= 1
        self.into.ends(name.rpartition(":")[2])

    def _text(self, text: str) -> None:
        self.quiet = 0
        self.into.text(text)

    def _refuse(self, *_: object) -> None:
        raise Unreadable(self.words.doctype)
