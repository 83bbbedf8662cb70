"""The words of a text by which it is like another: no stop words, and endings taken off.

Endings are taken off roughly, by a short list a language: what matters is that two forms of a word
meet, not that the stem is one.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from apps.themes.likeness.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]{3,}")
# The longest first. What is left of a word has at least so many letters.
_STEM = 4
_ENDINGS: dict[str, tuple[str, ...]] = {
    "en": (
        "ization", "isation", "ations", "ation", "ements", "ities", "ments", "ically", "ness",
        "ment", "ings", "able", "ible", "ical", "ity", "ing", "ies", "ied", "ers", "ism", "ist",
        "ion", "ive", "ous", "ed", "er", "es", "ly", "al", "ic", "s", "e", "y",
    ),
    "de": (
        "ungen", "keiten", "heiten", "lichen", "liches", "licher", "ischen", "ischer", "isches",
        "ung", "keit", "heit", "lich", "isch", "ern", "em", "en", "er", "es", "e", "n", "s",
    ),
    "fr": (
        "issements", "issement", "ations", "ements", "ation", "ement", "euses", "ités", "ives",
        "euse", "ité", "ifs", "ive", "eux", "aux", "ées", "és", "ée", "er", "ent", "es", "al", "é",
        "e", "s", "x",
    ),
    "es": (
        "aciones", "imientos", "imiento", "amiento", "mente", "idades", "ación", "idad", "ivos",
        "ivas", "oras", "ores", "ando", "iendo", "ivo", "iva", "ado", "ada", "ido", "ida", "es",
        "os", "as", "ar", "er", "ir", "o", "a", "e", "s",
    ),
}  # fmt: skip


def known_language(code: str) -> str:
    """Return the language whose words and endings are known: English for any other."""
    language = code.lower().partition("-")[0]
    return language if language in STOP_WORDS else "en"


def words_of(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the words of `text` that say something: each as a stem, and as it is written."""
    stop = STOP_WORDS[language]
    for written in _WORD.findall(unicodedata.normalize("NFC", text)):
        word = written.lower()
        if word not in stop:
            yield _stem(word, language), written


def terms_of(text: str, language: str) -> list[str]:
    """Return the stems of `text` and the pairs of them that stand beside each other."""
    stems = [stem for stem, _ in words_of(text, language)]
    return [*stems, *(f"{one} {other}" for one, other in pairwise(stems))]


def as_written(text: str, language: str) -> dict[str, str]:
    """Return the words of `text` by their stems, as they are written there first."""
    found: dict[str, str] = {}
    for stem, written in words_of(text, language):
        found.setdefault(stem, written)
    return found


def _stem(word: str, language: str) -> str:
    for ending in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word
