"""Themes, groups and aliases within a text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.notes.grammar.names import (
    Words,
    goes_on,
    part,
    parted,
    reach_of_unknown,
    without_titles,
)
from apps.notes.grammar.parsed import Parsed
from apps.notes.grammar.words import (
    STOPS,
    WORD,
    aliases,
    beginning_with,
    core_of,
    folded,
    is_letter,
    known,
    named,
    trimmed,
)

OPENERS = "([{“‘«‹„\"'—–"
SIGNED = re.compile(f"([{re.escape(OPENERS)}]*)(\\\\?)([#@%])([^\n]+)")
LONGEST_NAME = 5

ONE_GROUP = "A note has one group: the first was taken."
ONE_SPEAKER = "A note has one speaker: the first was taken."
NOTHING_KEPT = "Under the anonymous rule nothing is kept of who speaks."


@dataclass
class _Piece:
    """A word, or what was a tag: its sign, and what stood around it."""

    space: str
    text: str
    sign: str = ""
    before: str = ""
    after: str = ""


class Tags:
    """Takes the themes, groups and aliases out of a text, and sets what they say."""

    def __init__(self, catalogue: Mapping[str, Any], parsed: Parsed) -> None:
        self.catalogue, self.parsed = catalogue, parsed
        self.themes = known(catalogue["themes"], "title")
        self.groups = known(catalogue["groups"], "singular", "plural")
        self.people = [(aliases(person["name"]), person) for person in catalogue["people"]]
        self.has_speaker = False
        self.of_speaker: str | None = None

    def taken_out_of(self, text: str) -> str:
        """Return `text` without its tags."""
        lines = []
        for number, line in enumerate(text.split("\n")):
            pieces = self._pieces(WORD.findall(line))
            left = _joined(pieces, indented=number > 0)
            # A line of nothing but tags goes; one that was empty stays.
            if left or not pieces:
                lines.append(left)
        self.parsed.group = self.parsed.group or self.of_speaker
        return trimmed("\n".join(lines))

    def _pieces(self, words: Words) -> list[_Piece]:
        pieces = []
        while words:
            words = _parted(words)
            space, word = words[0]
            piece, taken = _Piece(space, word), 1
            signed = SIGNED.fullmatch(word)
            if signed and signed[2]:
                piece.text = signed[1] + signed[3] + signed[4]
            elif signed:
                core, after = core_of(signed[4])
                tag = _Piece(space, core, signed[3], signed[1], after)
                if signed[3] == "@" and core and is_letter(core[0]):
                    piece, taken = tag, self._take_alias(words, signed[4])
                    tag.after = core_of(words[taken - 1][1])[1]
                elif signed[3] != "@" and any(map(is_letter, core)) and self._take(signed[3], core):
                    piece = tag
            pieces.append(piece)
            words = words[taken:]
        return pieces

    def _take(self, sign: str, word: str) -> bool:
        """Set the theme or group that `word` begins; say whether there is exactly one."""
        if sign == "#":
            found = beginning_with(word, self.themes)
            titles = " or ".join(f"“{theme['title']}”" for theme in found[:2])
        else:
            found = beginning_with(word, self.groups)
            titles = " or ".join(f"“{group['singular']}”" for group in found[:2])
        if len(found) > 1:
            self._say(f"“{sign}{word}” could be {titles}.")
        elif found and sign == "#":
            self._take_theme(found[0])
        elif found:
            self._take_group(found[0]["id"])
        return len(found) == 1

    def _take_theme(self, theme: Mapping[str, Any]) -> None:
        name, names = theme["id"], self.parsed.themes
        if name is None:
            name, names = theme["title"], self.parsed.new_themes
        if name not in names:
            names.append(name)

    def _take_group(self, group: str) -> None:
        if not self.catalogue["keeps_groups"]:
            self._say(NOTHING_KEPT)
        elif self.parsed.group not in {None, group}:
            self._say(ONE_GROUP)
        else:
            self.parsed.group = group

    def _take_alias(self, words: Words, first: str) -> int:
        """Set who is named; return of how many words the name is."""
        words[0] = ("", first)
        for count in range(min(LONGEST_NAME, len(words)), 0, -1):
            parts = [word for _, word in words[:count]]
            if any(each[0] in "#@%\\" for each in parts):
                continue
            name = folded("".join([*parts[:-1], core_of(parts[-1])[0]]))
            people, groups = named(name, self.people), named(name, self.groups)
            if not people and not groups and (untitled := without_titles(parts)):
                people = named(folded(untitled), self.people)
            length = count
            while more := self._named_too(people, goes_on(words, length)):
                part(words, length)
                people, length = more, length + 1
            if len(people) == 1:
                self._take_person(people[0])
            elif people:
                self._say(f"“@{core_of(first)[0]}” could be more than one person: nobody was kept.")
            elif len(groups) == 1:
                self._take_group(groups[0]["id"])
            else:
                continue
            return length
        count = reach_of_unknown(words)
        *whole, last = (word for _, word in words[:count])
        name = " ".join([*whole, core_of(last)[0]])
        self._say(f"“@{name}” is nobody here, and was left out.")
        return count

    def _named_too(self, people: list[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
        """Return those of `people` whose name `name` is as well."""
        ids = {person["id"] for person in people}
        return [person for person in named(name, self.people) if person["id"] in ids]

    def _take_person(self, person: Mapping[str, Any]) -> None:
        if not self.catalogue["keeps_groups"]:
            self._say(NOTHING_KEPT)
        elif self.has_speaker:
            self._say(ONE_SPEAKER)
        else:
            self.has_speaker, self.of_speaker = True, person["group"]
            self.parsed.speaker = person["id"] if self.catalogue["keeps_speakers"] else None

    def _say(self, problem: str) -> None:
        if problem not in self.parsed.problems:
            self.parsed.problems.append(problem)


def _parted(words: Words) -> Words:
    """Return `words` with what is glued to an alias at their head as a word of its own."""
    space, word = words[0]
    signed = SIGNED.fullmatch(word)
    if signed is None or signed[2] or signed[3] != "@":
        return words
    glued = parted(signed[4])
    if glued is None:
        return words
    return [(space, f"{signed[1]}@{glued[0]}"), (" ", glued[1]), *words[1:]]


def _joined(pieces: list[_Piece], *, indented: bool) -> str:
    """Return what is left of a line when its tags are taken out."""
    kept = [n for n, piece in enumerate(pieces) if _stays(piece)]
    first, last = (kept[0], kept[-1]) if kept else (len(pieces), -1)
    words: list[str] = []
    opening = ""
    for number, piece in enumerate(pieces):
        if not piece.sign or (piece.sign != "@" and first <= number <= last):
            word = piece.before + piece.text + piece.after
            space = piece.space if words or (indented and number == 0) else ""
            words.append(space + opening + word)
            opening = ""
            continue
        after = piece.after
        if piece.before and after.strip(STOPS):
            after = "".join(each for each in after if each in STOPS)
        elif piece.before:
            opening += piece.before.rstrip("—–")
        if words:
            words[-1] = _ended(words[-1], after)
    if words and last < len(pieces) - 1:
        # What led over to a tag at the end leads nowhere now.
        if trimmed(words[-1]) in {"—", "–", "-"}:
            words.pop()
        else:
            words[-1] = words[-1].rstrip(",;")
    return trimmed("".join(words)) if not indented else "".join(words)


def _stays(piece: _Piece) -> bool:
    """Say whether it is part of the sentence wherever it stands: a word, a tag in brackets."""
    bracketed = piece.before or piece.after.strip(STOPS)
    return not piece.sign or (piece.sign != "@" and bool(bracketed))


def _ended(word: str, stop: str) -> str:
    """Return `word` with what ended the tag behind it; one stop is enough."""
    if not stop or word[-1] not in STOPS:
        return word + stop
    if stop[0] in ".!?…" and word[-1] in ",;:":
        return word.rstrip(",;:") + stop
    return word + stop.lstrip(STOPS)
