"""Findings in words: the same on a card, in a list and in the memo.

Plain, past tense, short, neutral verbs. The functions take what is loaded already (holders,
positions) and make no query of their own.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from apps.annotations.models import Annotation, Basis, Kind, Position, Sense, Strength
from apps.annotations.quantifying import how_many
from apps.participants.models import Group
from apps.workshops.quantifiers import Amount

ONE_VOICE = "One participant"
OTHERS = "Others"

# Words for how many, as they stand before “participants” or the name of a group.
_AMOUNTS: dict[str, str] = {
    Amount.ALL: "All",
    Amount.ALL_BUT_ONE: "All but one of the",
    Amount.NEARLY_ALL: "Nearly all",
    Amount.MOST: "Most",
    Amount.MAJORITY: "A majority of the",
    Amount.MANY: "Many",
    Amount.SEVERAL: "Several",
    Amount.SOME: "Some",
    Amount.FEW: "A few",
    Amount.TWO: "Two",
}
# How an agreement is known, as an aside within its sentence.
_ASIDES: dict[str, str] = {
    Basis.COUNT: "by a count",
    Basis.SHOW_OF_HANDS: "by a show of hands",
    Basis.SENSE_OF_ROOM: "in the rapporteur’s judgement",
    Basis.GROUP_STATEMENT: "by their own account",
    Basis.REPEATED: "voiced more than once",
    Basis.SINGLE_VOICE: "going by one voice",
    Basis.RAPPORTEUR: "as the rapporteur infers",
}
_AGREEMENT: dict[str, str] = {
    Strength.CONSENSUS: "consensus",
    Strength.GENERAL: "general agreement",
    Strength.PARTIAL: "partial agreement",
}
_AGREED: dict[str, str] = {Strength.GENERAL: "generally agreed", Strength.PARTIAL: "partly agreed"}
# What people did who are known, and what was done where they aren't.
_REMARKS: dict[str, tuple[str, str]] = {
    Kind.OBSERVATION: ("noted that", "It was noted that"),
    Kind.SUGGESTION: ("suggested that", "It was suggested that"),
    Kind.REQUIREMENT: ("stated as a requirement that", "It was stated as a requirement that"),
    Kind.SINGLE_VOICE: ("suggested that", "It was suggested that"),
    Kind.EXAMPLE: ("gave an example:", "For example,"),
    Kind.DEFINITION: ("proposed a definition:", "A definition was proposed:"),
    Kind.TENSION: ("noted a tension:", "A tension was noted:"),
    Kind.OPEN_ISSUE: ("left an issue open:", "An issue was left open:"),
}
# How an observation begins that nobody in particular made.
_READINGS: dict[str, str] = {
    Basis.REPEATED: "It was said more than once that",
    Basis.RAPPORTEUR: "In the rapporteur’s reading,",
}
_INDIRECT = {"whether", "how", "what", "which", "when", "where", "who", "whom", "whose", "why"}
_WORD = re.compile(r"[^\W_](?:[\w’'-]*\w)?")


def joined(words: Sequence[str]) -> str:
    """Return `words` as they are listed in a sentence: “a”, “a and b”, “a, b and c”."""
    return " and ".join([*([", ".join(words[:-1])] if words[1:] else []), *words[-1:]])


def holders_phrase(amount: str, groups: Iterable[Group], *, before: Sequence[str] = ()) -> str:
    """Return who holds something: “Some participants”, “Many scholars”, “5 of 9 participants”,
    “Both scholars and practitioners”; empty if nothing is known.

    `amount` is how many: a word of `Amount`, or numbers. `before` are the phrases of the
    positions named before this one: the second “Some participants” of a divergence are “Others”.
    One voice is never given a group, for a group and a time are often a name.
    """
    if amount == Amount.ONE:
        return "One other participant" if ONE_VOICE in before else ONE_VOICE
    plurals = [group.plural for group in groups]
    if not amount:
        both = "both " if len(plurals) == 2 else ""  # noqa: PLR2004 - both are two
        return capitalised(both + joined(plurals))
    phrase = f"{_AMOUNTS.get(amount, amount)} {joined(plurals) or 'participants'}"
    if amount == Amount.SOME and phrase in before:
        return f"Other {joined(plurals)}" if plurals else OTHERS
    return phrase


def holders_of(annotation: Annotation) -> str:
    """Return who holds the finding as a whole; empty if nothing is known.

    Of a difference between groups these are the groups, if need be those of its positions.
    """
    if annotation.kind == Kind.GROUP_DIFFERENCE:
        return capitalised(joined(_differing(annotation)))
    single = annotation.kind == Kind.SINGLE_VOICE or annotation.basis == Basis.SINGLE_VOICE
    amount = Amount.ONE if single else how_many(annotation).amount
    return holders_phrase(amount, annotation.holders.all())


def holders_of_positions(positions: Iterable[Position]) -> list[str]:
    """Return who holds each of the positions of one divergence, in their order."""
    phrases: list[str] = []
    for position in positions:
        groups = position.holders.all()
        phrases.append(holders_phrase(how_many(position).amount, groups, before=phrases))
    return phrases


def sense_holders(sense: Sense) -> str:
    """Return who uses a term in this sense: as it was put in words, or else the groups."""
    return capitalised(sense.used_by) or holders_phrase("", sense.holders.all())


def basis_phrase(annotation: Annotation) -> str:
    """Return how a finding is known: “Sense of the room”; empty if it isn't said."""
    plurals = [group.plural for group in annotation.holders.all()]
    if annotation.basis == Basis.GROUP_STATEMENT and plurals:
        return f"A statement of {joined(plurals)}"
    return str(annotation.get_basis_display()) if annotation.basis else ""


def sentence(annotation: Annotation, names: Iterable[str] = ()) -> str:
    """Return the finding as a sentence of the memo.

    Of a divergence or group difference this is its first sentence, “Views differed on …”; its
    positions follow it (see `position_sentence`). `names` are words that keep their capital, see
    `proper_names`.
    """
    known = frozenset(names)
    if annotation.kind == Kind.CONSENSUS:
        said = _consensus(annotation, known)
    elif annotation.kind == Kind.DIVERGENCE:
        said = f"Views differed {_topic(annotation.claim, known)}"
    elif annotation.kind == Kind.GROUP_DIFFERENCE:
        said = f"{holders_of(annotation) or 'Groups'} differed {_topic(annotation.claim, known)}"
    else:
        said = _remark(annotation, known)
    where = annotation.scope_conditions
    return closed(said) + (f" Where it holds: {closed(where)}" if where else "")


def position_sentence(
    position: Position, who: str, names: Iterable[str] = (), *, another: bool = False
) -> str:
    """Return what a side holds as a sentence: “Some practitioners held that …”.

    `who` comes from `holders_of_positions`, since it depends on the sides before it; so does
    `another`: whether a view without known holders is the first such.
    """
    text = uncapitalised(position.text, names)
    if not text:
        held = f"What {uncapitalised(who) if who else 'others'} held"
        return closed(f"{held}{', a minority,' if position.minority else ''} was not recorded")
    if not who:
        view = "A minority" if position.minority else "Another" if another else "One"
        return closed(f"{view} view was that {text}")
    return closed(f"{who}{', a minority,' if position.minority else ''} held that {text}")


def closed(text: str) -> str:
    """Return `text` with the full stop that it may lack."""
    text = text.rstrip()
    return text if re.search(r"[.!?…][”’\"')\]]*$", text) else f"{text}."


def capitalised(text: str) -> str:
    """Return `text` with a capital to begin with, the rest as it is."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str, names: Iterable[str] = ()) -> str:
    """Return `text` as it goes on after “that”: small, unless it begins with a name.

    A word with a second capital or a digit (“US”, “McNamara”), “I”, and the words in `names` stay
    as they are.
    """
    found = _WORD.search(text)
    if found is None:
        return text
    word, at = found.group(), found.start()
    if word == "I" or word.startswith(("I’", "I'")) or not word[0].isupper():
        return text
    if any(letter.isupper() or letter.isdigit() for letter in word[1:]) or _stem(word) in names:
        return text
    return text[:at] + text[at].lower() + text[at + 1 :]


def proper_names(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that `texts` write with a capital within a sentence, and never without."""
    capital: set[str] = set()
    small: set[str] = set()
    for text in texts:
        for found in _WORD.finditer(text):
            begun = text[: found.start()].rstrip(" “‘\"'([*_")
            if begun and begun[-1] not in ".!?:…":
                word = _stem(found.group())
                (capital if word[0].isupper() else small).add(word)
    return frozenset(word for word in capital if word.lower() not in small)


def _stem(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)


def _consensus(annotation: Annotation, names: frozenset[str]) -> str:
    strength = annotation.strength
    if annotation.basis == Basis.SENSE_OF_ROOM and strength != Strength.PARTIAL:
        # What nobody counted is at most general agreement.
        strength = Strength.GENERAL
    who = _agreeing(annotation)
    aside = _ASIDES.get(annotation.basis, "")
    if who:
        # Who agreed is said in so many words; “generally” would take it back.
        named = annotation.strength in {"", Strength.CONSENSUS}
        agreed = "agreed" if named else _AGREED.get(strength, "agreed")
        return f"{who} {agreed}{_aside(aside)} that {uncapitalised(annotation.claim, names)}"
    agreement = _AGREEMENT.get(strength, "agreement")
    if annotation.basis == Basis.GROUP_STATEMENT:
        aside = "by a group’s own account"
    return f"There was {agreement}{_aside(aside)} that {uncapitalised(annotation.claim, names)}"


def _agreeing(annotation: Annotation) -> str:
    # One voice can be how an agreement is known, but can't be who agreed.
    amount = how_many(annotation).amount
    return holders_phrase("" if amount == Amount.ONE else amount, annotation.holders.all())


def _aside(words: str) -> str:
    return f", {words}," if words else ""


def _remark(annotation: Annotation, names: frozenset[str]) -> str:
    verb, nobody = _REMARKS[annotation.kind]
    if annotation.kind == Kind.OPEN_ISSUE and _is_indirect(annotation.claim):
        verb, nobody = "left open", "It was left open"
    elif annotation.kind == Kind.OBSERVATION:
        nobody = _READINGS.get(annotation.basis, nobody)
    who = holders_of(annotation)
    return f"{f'{who} {verb}' if who else nobody} {uncapitalised(annotation.claim, names)}"


def _differing(annotation: Annotation) -> list[str]:
    groups: list[Group] = list(annotation.holders.all())
    if not groups:
        groups = [group for side in annotation.positions.all() for group in side.holders.all()]
    return list(dict.fromkeys(group.plural for group in groups))


def _topic(claim: str, names: frozenset[str]) -> str:
    """A claim as what people differed on: “on whether …”, or after a colon."""
    if _is_indirect(claim):
        return f"on {uncapitalised(claim, names)}"
    return f"on {'one question' if claim.endswith('?') else 'this'}: {uncapitalised(claim, names)}"


def _is_indirect(claim: str) -> bool:
    """Whether the claim is an indirect question, which a sentence can take up as it is."""
    words = _WORD.findall(claim)
    return bool(words) and words[0].lower() in _INDIRECT and not claim.endswith("?")


def verb_of(annotation: Annotation) -> str:
    """Return what the holders of a finding did, for “Scholars …” on its card."""
    verbs: dict[Any, str] = {
        Kind.CONSENSUS: "agreed", Kind.DIVERGENCE: "raised it",
        Kind.GROUP_DIFFERENCE: "differed", Kind.SUGGESTION: "suggested it",
    }  # fmt: skip
    return verbs.get(annotation.kind, "said so")
