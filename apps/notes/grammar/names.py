"""How far a name reaches that begins behind an `@`."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import takewhile

from apps.notes.grammar.words import HONORIFICS, core_of, folded, is_letter, is_of_a_word

Words = list[tuple[str, str]]

# What follows a name without a space, as in “@okafor:no”.
GLUED = re.compile(r"([^,;:!?()\[\]\n]+[,;:!?()\[\]]+)([^\n]+)")
MOST_NAMES = 3
# Between names, and what may stand behind these: “van der Meer”, “de la Cruz”.
PARTICLES = frozenset(
    {"van", "von", "de", "da", "di", "del", "dos", "du", "ter", "bin", "ibn", "al", "el"}
)
AFTER_PARTICLES = frozenset({"der", "den", "dem", "la", "las", "los", "le"})
# Where a sentence begins behind a name, and no name does.
BEGINNINGS = frozenset(
    {"the", "we", "it", "this", "that", "these", "those", "there", "they", "our"}
    | {"but", "and", "if", "what", "who", "how", "why", "when", "where"}
)


def parted(word: str) -> tuple[str, str] | None:
    """Return a name and what is glued to it, or None where nothing is."""
    glued = GLUED.fullmatch(word)
    if glued is None or not any(map(is_of_a_word, glued[2])):
        return None
    return glued[1], glued[2]


def reach_of_unknown(words: Words) -> int:
    """Return of how many of `words` a name is that nobody here has: privacy before words.

    Titles, a name, and at most two more with a capital, until a stop. A word is split in `words`
    where something is glued to the name.
    """
    count = 1
    while is_title(words[count - 1][1]) and _is_word(words, count):
        count += 1
    part(words, count - 1)
    for _ in range(1, MOST_NAMES):
        if _ends(words[count - 1][1]):
            break
        ahead = _next_name(words, count)
        if ahead < 0:
            break
        part(words, ahead)
        count = ahead + 1
    return count


def without_titles(parts: Sequence[str]) -> str:
    """Return what stands behind “Dr” and the like in a name, or nothing where it has none."""
    titles = list(takewhile(is_title, parts))
    *others, last = parts[len(titles) :] or [""]
    return "".join([*others, core_of(last)[0]]) if titles else ""


def goes_on(words: Words, count: int) -> str:
    """Return, folded, the name that stands right behind the first `count` words, or nothing."""
    if _ends(words[count - 1][1]) or not _is_word(words, count):
        return ""
    word = (parted(words[count][1]) or words[count][1:])[0]
    return folded(core_of(word)[0]) if _has_capital(word) else ""


def part(words: Words, at: int) -> None:
    """Make what is glued to the name in the word `at` a word of its own."""
    space, word = words[at]
    if glued := parted(word):
        words[at : at + 1] = [(space, glued[0]), (" ", glued[1])]


def _is_word(words: Words, at: int) -> bool:
    return at < len(words) and is_letter(words[at][1][0])


def is_title(word: str) -> bool:
    """Say whether it is a title before a name, with a dot or without."""
    core, after = core_of(word)
    return folded(core) in HONORIFICS and after in {"", "."}


def _ends(word: str) -> bool:
    """Say whether a name ends with `word`: a stop or “’s” does that, and the dot of “J.” not."""
    core, after = core_of(word)
    return core != word and not (len(core) == 1 and after == ".")


def _next_name(words: Words, at: int) -> int:
    """Return where behind the word `at` or at it the next name stands, or -1."""
    ahead = at
    for between in (PARTICLES, AFTER_PARTICLES):
        if ahead + 1 < len(words) and folded(words[ahead][1]) in between:
            ahead += 1
    if _is_name(words, ahead):
        return ahead
    return at if _is_name(words, at) else -1


def _is_name(words: Words, at: int) -> bool:
    if not _is_word(words, at) or not _has_capital(words[at][1]):
        return False
    core, after = core_of(words[at][1])
    if len(core) == 1 and after != ".":
        # “I” or “A”, unless it is the middle one of three.
        return _is_word(words, at + 1) and _has_capital(words[at + 1][1])
    return folded(core) not in BEGINNINGS


def _has_capital(word: str) -> bool:
    """Say whether it begins as a name does, as “O’Brien”, “d’Estaing” and “al-Thani” do."""
    return any(unicodedata.category(each) in {"Lu", "Lt"} for each in word[:4])
