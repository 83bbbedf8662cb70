"""What people type, before it is stored, and compared as people do."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

# Separators, and what only tells how its neighbours are set: zero-width spaces, joiners, marks
# of direction, control characters.
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
# Line breaks and control characters; and marks that turn the direction of what stands beside them,
# by which a name could be made to look like another, or a label like part of a name.
BREAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
TURNING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
NO_LETTER = re.compile(r"[\W_]+")


def cleaned(text: str) -> str:
    """Return `text` trimmed, with plain line ends, and without what a database can't hold.

    A text in which there is nothing to see is empty.
    """
    text = text.encode(errors="ignore").decode().replace("\x00", "").replace("\r\n", "\n").strip()
    return text if any(unicodedata.category(each) not in INVISIBLE for each in text) else ""


def kept_together(text: str) -> str:
    """Return `text` with no line to break before a sign for per cent."""
    return text.replace(" %", "\xa0%")


def as_line(text: str) -> str:
    """Return `text` `cleaned`, on one line, and without marks of direction."""
    return cleaned(BREAKING.sub(" ", TURNING.sub("", text)))


def all_cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` with every text among them `cleaned`."""
    return {
        name: cleaned(value) if isinstance(value, str) else value for name, value in values.items()
    }


def fold(text: str) -> str:
    """Return `text` for comparison: without accents, case, punctuation and spaces too many."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(each for each in decomposed if not unicodedata.combining(each))
    return NO_LETTER.sub(" ", bare.replace("ø", "o").replace("ł", "l").replace("đ", "d")).strip()
