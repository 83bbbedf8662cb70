"""Numbers and lists as they stand in a sentence."""

from collections.abc import Sequence

from apps.workshops.consensus import TWO_THIRDS

_NUMBERS = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
]  # fmt: skip


def number(of: int) -> str:
    """Return a number of people in words, up to twelve: “three”, “27”, “1,200”."""
    return _NUMBERS[of] if 0 < of < len(_NUMBERS) else f"{of:,}"


def capital(sentence: str) -> str:
    """Return `sentence` with a capital letter first, all else as it is."""
    return sentence[:1].upper() + sentence[1:]


def joined(words: Sequence[str]) -> str:
    """Return `words` as they are listed: “a”, “a and b”, “a, b and c”."""
    return " and ".join([*([", ".join(words[:-1])] if words[1:] else []), *words[-1:]])


def were(of: int) -> str:
    """Return “was” for one, “were” for others."""
    return "was" if of == 1 else "were"


def have(of: int) -> str:
    """Return “has” for one, “have” for others."""
    return "has" if of == 1 else "have"


def share_set(per_cent: int) -> str:
    """Return a threshold as people call it: “75 %”, “two thirds”."""
    return "two thirds" if per_cent == TWO_THIRDS else f"{per_cent} %"
