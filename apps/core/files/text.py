"""Text from strangers: its encoding is found out, said, and it is read a line at a time."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from apps.core.files.limits import Unreadable

CHUNK = 64 * 1024
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Bytes that no text has, in whatever encoding of one byte a character.
NOT_IN_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
WESTERN = (
    "The file isn’t in UTF-8. It was read as Windows-1252 (Western European). If letters with "
    "accents look wrong below, save it as UTF-8 and begin again."
)


@dataclass(frozen=True)
class Text:
    """The bytes of a text, in which encoding they are, and what to say about that."""

    data: bytes
    encoding: str
    remarks: list[str]

    def lines(self, longest: int) -> Iterator[str]:
        """Yield the lines, with their ends, none longer than one character over `longest`."""
        stream = io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")
        while line := stream.readline(longest + 1):
            yield line


class TextReader:
    """Finds out how a text is encoded; `instead` says what to save it as if that can't be told."""

    def __init__(self, instead: str) -> None:
        self._no_text = f"This isn’t a text file: it holds characters that no text has. {instead}"
        self._no_encoding = (
            "It can’t be told how the letters of this file are written: it is neither UTF-8 nor "
            f"UTF-16 nor Windows-1252. {instead}"
        )

    def read(self, data: bytes) -> Text:
        """Return `data` as text; the whole is looked at. Raises `Unreadable`."""
        for mark, encoding in BYTE_ORDER_MARKS.items():
            if data.startswith(mark):
                return Text(data, self._checked(data, encoding), [])
        if b"\0" in data:
            return Text(data, self._checked(data, self._without_mark(data)), [])
        if NOT_IN_TEXT.search(data):
            raise Unreadable(self._no_text)
        if self._decodes(data, "utf-8"):
            return Text(data, "utf-8", [])
        return Text(data, self._checked(data, "cp1252"), [WESTERN])

    def _without_mark(self, data: bytes) -> str:
        """Return in which order UTF-16 stands: every other byte of Western text is zero."""
        head = data[:4096]
        zeros = [head[start::2].count(0) / max(len(head[start::2]), 1) for start in (0, 1)]
        if max(zeros) < 0.4 or min(zeros) > 0.1:  # noqa: PLR2004 - far from what text looks like
            raise Unreadable(self._no_text)
        return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"

    def _checked(self, data: bytes, encoding: str) -> str:
        if not self._decodes(data, encoding):
            raise Unreadable(self._no_encoding)
        return encoding

    def _decodes(self, data: bytes, encoding: str) -> bool:
        """Say whether `data` is in `encoding`, by pieces: the whole text is never in memory."""
        decoder = codecs.getincrementaldecoder(encoding)()
        view = memoryview(data)
        try:
            for start in range(0, len(view), CHUNK):
                if "\0" in decoder.decode(view[start : start + CHUNK]):
                    raise Unreadable(self._no_text)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True
