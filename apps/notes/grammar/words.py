"""Characters and words, and what they are compared by."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

# Spelled out, because Python and JavaScript don't mean the same by \s.
SPACE = " \t\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
CLOSERS, STOPS = ".,;:!?…)]}»›”’\"'。、，！？）", ".,;:!?…"
WORD = re.compile(f"([{SPACE}]*)([^{SPACE}]+)")
HONORIFICS = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "sir", "dame"})
SHORTEST_START = 2


def trimmed(text: str) -> str:
    """Return `text` without the spaces and line ends around it."""
    return text.strip(SPACE + "\n")


def folded(text: str) -> str:
    """Return `text` as it is compared: without case, accents, spaces and punctuation."""
    plain = "".join(filter(is_of_a_word, unicodedata.normalize("NFKD", text)))
    return plain.upper().lower().replace("ς", "σ")


def aliases(name: str) -> set[str]:
    """Return what a person is called after an `@`: each name, all from one on, the initials."""
    words = WORD.findall(re.sub(r"\([^)]*\)", " ", name))
    parts = [part for _, part in words if folded(part)]
    if len(parts) > 1 and folded(parts[0]) in HONORIFICS:
        del parts[0]
    names = [folded(part) for part in parts]
    pieces = [folded(piece) for part in parts for piece in part.split("-")]
    initials = {
        "".join(name[:1] for name in each) for each in (names, pieces, names[:1] + names[-1:])
    }
    ends = {"".join(names[start:]) for start in range(len(names))}
    return {alias for alias in {*names, *ends, *initials} if alias}


Known = list[tuple[set[str], Mapping[str, Any]]]


def known(entries: Iterable[Mapping[str, Any]], *fields: str) -> Known:
    """Return `entries`, each with what its `fields` say, folded."""
    return [({folded(entry[field]) for field in fields}, entry) for entry in entries]


def named(name: str, entries: Known) -> list[Mapping[str, Any]]:
    """Return those of `entries` that `name`, which is folded, is a name of."""
    return [entry for names, entry in entries if name in names]


def beginning_with(word: str, entries: Known) -> list[Mapping[str, Any]]:
    """Return those of `entries` that `word` names, or, where there are none, that it begins."""
    start = folded(word)
    exact = named(start, entries)
    if exact or len(start) < SHORTEST_START:
        return exact
    return [entry for names, entry in entries if any(name.startswith(start) for name in names)]


def core_of(word: str) -> tuple[str, str]:
    """Return `word` without what closes it, and that; “’s” goes with the word."""
    core = word.rstrip(CLOSERS)
    after = word[len(core) :]
    if core[-2:] in {"'s", "’s"}:
        core = core[:-2]
    return core, after


def is_letter(character: str) -> bool:
    """Say whether it is a letter of any script."""
    return unicodedata.category(character).startswith("L")


def is_of_a_word(character: str) -> bool:
    """Say whether it is a letter, a digit or a mark, but no accent of Latin, Greek or Cyrillic."""
    return unicodedata.category(character)[0] in "LNM" and not "\u0300" <= character <= "\u036f"


def is_visible(text: str) -> bool:
    """Say whether there is anything to see in `text`."""
    return any(unicodedata.category(each) not in {"Cc", "Cf", "Zl", "Zp", "Zs"} for each in text)
