"""What people type, before it is stored."""

import unicodedata

# Separators, and what only tells how its neighbours are set: zero-width spaces, joiners, marks
# of direction, control characters.
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def cleaned(text: str) -> str:
    """Return `text` trimmed, with plain line ends, and without what a database can't hold.

    A text in which there is nothing to see is empty.
    """
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    return text if any(unicodedata.category(each) not in INVISIBLE for each in text) else ""
