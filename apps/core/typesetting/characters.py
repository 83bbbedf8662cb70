"""Makes text printable: PDF/UA refuses a file in which one character has no glyph.

What cannot be shown is taken out (control characters) or replaced by a mark that can be looked
up, such as ``[U+1F9FF]``; the caller learns which characters were replaced.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"

# A family prints what all its faces have: the face is chosen by weight and slope, never by glyph.
# The large font is last: it is read only for a character that no other has.
FAMILIES = (
    tuple(f"SourceSerif4-{face}" for face in ("Regular", "Italic", "SemiBold", "SemiBoldItalic")),
    ("Inter-Regular", "Inter-SemiBold"),
    ("NotoNaskhArabic-Regular",),
    ("NotoEmoji-Regular",),
    ("NotoSansSC-Regular",),
)

_NEWLINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")

# Control characters, non-characters, byte order marks and interlinear anchors say nothing in
# print. Embeddings and overrides of direction could make a sentence read backwards; letters know
# their own direction.
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)

# Invisible by definition, drawn by no font: soft hyphen, joiners, direction marks, variants, tags.
_INVISIBLE = frozenset(
    "\xad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0020, 0xE0080))))
)


class Characters:
    """Cleans the strings of one document and remembers what it had to replace."""

    def __init__(self, fonts: Path = FONTS) -> None:
        self._fonts = fonts
        self._printed: dict[str, str] = {"\n": "\n"} | {c: c for c in _INVISIBLE}
        self._replaced: dict[str, None] = {}

    @property
    def replaced(self) -> list[str]:
        """The code points that could not be shown, as ``U+1F9FF``, in the order they were met."""
        return list(self._replaced)

    def text(self, text: str) -> str:
        """The text as it can be printed. Its line breaks stay, and the spaces at its ends."""
        text = _NEWLINES.sub("\n", unicodedata.normalize("NFC", text).replace("\t", " "))
        text = _UNPRINTABLE.sub("", text)
        characters = set(text)
        for character in sorted(characters - self._printed.keys(), key=text.index):
            self._printed[character] = self._judged(character)
        if any(map(_combines, characters)):
            return "".join(self._combined(text))
        return "".join(map(self._printed.__getitem__, text))

    def line(self, text: str) -> str:
        """The text on one line: for titles, labels and everything that isn't a paragraph."""
        return " ".join(self.text(text).split())

    def _judged(self, character: str) -> str:
        category = unicodedata.category(character)
        # Private characters mean something else in each font, and PDF/A forbids them.
        if category not in {"Co", "Cs"} and self._in_one_family({ord(character)}):
            return character
        return " " if category == "Zs" else self._code(character)

    def _combined(self, text: str) -> Iterator[str]:
        """Character by character: a mark stays if one family has it and what it combines with."""
        cluster: set[int] = set()
        for character in text:
            if character in _INVISIBLE:
                yield character
            elif not _combines(character):
                cluster = set(map(ord, self._printed[character]))
                yield self._printed[character]
            elif self._in_one_family(cluster | {ord(character)}):
                cluster.add(ord(character))
                yield character
            else:
                yield self._code(character)

    def _in_one_family(self, code_points: set[int]) -> bool:
        return any(code_points <= family for family in self._families())

    def _families(self) -> Iterator[frozenset[int]]:
        for faces in FAMILIES:
            yield _code_points(self._fonts, faces)

    def _code(self, character: str) -> str:
        code = f"U+{ord(character):04X}"
        self._replaced[code] = None
        return f"[{code}]"


def _combines(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" and character not in _INVISIBLE


@cache
def _code_points(fonts: Path, faces: tuple[str, ...]) -> frozenset[int]:
    """What all these faces have."""
    cmaps = []
    for face in faces:
        with TTFont(fonts / f"{face}.ttf", lazy=True) as font:
            cmaps.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*cmaps)
