"""Guessing what several are called from what one is called, and the other way round.

For English; a group of another language gets a guess to correct.
"""

IRREGULAR = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "alumnus": "alumni",
    "alumna": "alumnae",
}
_BACK = {plural: singular for singular, plural in IRREGULAR.items()}
VOWELS = "aeiou"
# "business" and "boss" end as plurals do, and aren't.
HISSING = ("s", "x", "z", "ch", "sh")


def plural_of(singular: str) -> str:
    """Return what several are called: "policy officer" → "policy officers"."""
    before, last = _last_word(singular)
    lower = last.lower()
    if lower in IRREGULAR:
        return before + _like(last, IRREGULAR[lower])
    for one, several in (("woman", "women"), ("man", "men"), ("person", "people")):
        if lower.endswith(one) and lower != one and not lower.endswith(("human", "german")):
            return before + last[: -len(one)] + several
    if lower.endswith("y") and lower[-2:-1] not in VOWELS and not last.isupper():
        return f"{before}{last[:-1]}ies"
    return f"{before}{last}es" if lower.endswith(HISSING) else f"{before}{last}s"


def singular_of(plural: str) -> str:
    """Return what one is called: "companies" → "company"; unchanged where it can't be told."""
    before, last = _last_word(plural)
    lower = last.lower()
    if lower in _BACK:
        return before + _like(last, _BACK[lower])
    for several, one in (("women", "woman"), ("men", "man"), ("people", "person")):
        if lower.endswith(several) and lower != several:
            return before + last[: -len(several)] + one
    if lower.endswith("ies") and len(lower) > len("ties"):
        return f"{before}{last[:-3]}y"
    if lower.endswith("es") and lower[:-2].endswith(("ss", "x", "zz", "ch", "sh")):
        return f"{before}{last[:-2]}"
    if lower.endswith("s") and not lower.endswith("ss") and len(lower) > 1:
        return f"{before}{last[:-1]}"
    return plural


def _last_word(words: str) -> tuple[str, str]:
    before, space, last = words.rpartition(" ")
    return before + space, last


def _like(word: str, other: str) -> str:
    return other.capitalize() if word[:1].isupper() else other
