"""What people type, before it is stored."""

import unicodedata
from collections.abc import Mapping
from typing import Any

# Separators, and what only tells how its neighbours are set: zero-width spaces, joiners, marks
# of direction, control characters.
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def cleaned(text: str) -> str:
    """Return `text` trimmed, with plain line ends, and without what a database can't hold.

    A text in which there is nothing to see is empty.
    """
    text = text.encode(errors="ignore").decode().replace("\x00", "").replace("\r\n", "\n").strip()
    return text if any(unicodedata.category(each) not in INVISIBLE for each in text) else ""


def all_cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` with every text among them `cleaned`."""
    return {
        name: cleaned(value) if isinstance(value, str) else value for name, value in values.items()
    }
