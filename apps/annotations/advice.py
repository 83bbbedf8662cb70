"""Help with the wording of a finding: advice, never a refusal.

One idea, nobody's name, a verb that takes no side, the modality that was chosen, and words for how
many that agree with what was counted. The same rules answer while somebody types and stand on the
card afterwards. They speak English, as the words of the memo do.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from apps.annotations.models import SIDED, Kind, Modality
from apps.annotations.quantifying import told
from apps.workshops.quantifiers import HOUSE, LABELS, Amount, QuantifierTable

_IDEAS = re.compile(
    r";|\bbut\b(?!\s+one\b)|[,\w]\s+and\s+(?:so\s+|also\s+|therefore\s+)?"
    r"(?:should|must|may|might|can|could|will|would|is|are|was|were|has|have|had|do|does|did|"
    r"it|they|there|this|these|those|that)\b",
    re.IGNORECASE,
)
_NEUTRAL = {
    "admitted": "said", "conceded": "said", "confessed": "said", "claimed": "said",
    "alleged": "said", "boasted": "said", "insisted": "held", "demanded": "asked for",
    "complained": "noted", "lamented": "noted", "moaned": "noted", "ranted": "said",
    "refused to": "did not", "failed to": "did not", "pointed out": "noted",
    "revealed": "noted", "rightly": "", "wrongly": "", "obviously": "", "of course": "",
    "clearly": "", "unfortunately": "", "surprisingly": "", "sadly": "", "merely": "",
}  # fmt: skip
_TAKES_SIDES = re.compile(rf"\b({'|'.join(_NEUTRAL)})\b", re.IGNORECASE)
_MODAL = {
    Modality.MUST: r"must|(?:have|has|had|need|needs) to|is required|are required",
    Modality.SHOULD: r"should|ought to",
    Modality.MAY: r"may|might|could|can",
}
# Somebody's name as it stands in a sentence, whoever it is.
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Ambassador|Minister|General|Colonel)\.?\s+[A-Z][\w’'-]+"
)
_SAYING = r"(?:said|says|noted|held|argued|suggested|asked|thinks|thought|agreed|objected)"
_SPEAKING = re.compile(rf"\b[A-Z][\w’'-]+\s+[A-Z][\w’'-]+(?=\s+{_SAYING}\b)")
_AMOUNTS = {
    Amount.ALL_BUT_ONE: r"all but one(?: of the)?",
    Amount.NEARLY_ALL: r"(?:nearly|almost) (?:all|every)(?: of the)?",
    Amount.ALL: r"all(?: of)?(?: the)?|every|both",
    Amount.MOST: r"most(?: of the)?",
    Amount.MAJORITY: r"(?:a|the) (?:large |small |vast |clear )?majority of(?: the)?",
    Amount.MANY: r"many(?: of the)?",
    Amount.SEVERAL: r"several(?: of the)?",
    Amount.FEW: r"a few(?: of the)?",
    Amount.TWO: r"two(?: of the)?",
    Amount.ONE: r"one(?: of the)?|a single",
}
_EVERYBODY = r"\b(?:everyone|everybody|unanimous(?:ly)?)\b"
# Patterns of words for people of the room, whoever they are.
PEOPLE = ("participants?", "people", "attendees?", "speakers?", "panel(?:l)?ists?", "members?")
_ABOVE_MANY = {
    Amount.ALL, Amount.ALL_BUT_ONE, Amount.NEARLY_ALL, Amount.MOST, Amount.MAJORITY,
}  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """What is looked at: a claim, or what a position holds."""

    text: str
    kind: str = Kind.OBSERVATION
    # Empty for a position, which has none.
    modality: str = ""
    estimated: str = ""
    counted: int | None = None
    counted_of: int | None = None
    groups: Sequence[str] = ()
    # By which the count comes to a word, and whether that is told off the record.
    table: QuantifierTable = HOUSE
    discreetly: bool = False
    # Names that the reader may know: others are looked for by how they stand in a sentence.
    names: Collection[str] = field(default=(), repr=False)


def advise(wording: Wording) -> list[str]:
    """Return what could be better about a wording, a sentence each; mostly nothing."""
    if not wording.text.strip():
        return []
    return [
        *ideas(wording),
        *names_in(wording),
        *_verbs(wording),
        *_modality(wording),
        *amounts(wording),
    ]


def amounts(wording: Wording) -> Iterator[str]:
    """Yield where words for how many people, in the text, aren't those of the count."""
    for said, words in _said_amounts(wording):
        if wording.counted is not None and wording.counted_of:
            yield from _against_count(wording, wording.counted, wording.counted_of, said, words)
        elif said in _ABOVE_MANY:
            yield f"“{words}”, but nobody counted: uncounted, say at most “many”."
        elif wording.estimated and said != wording.estimated:
            yield f"The text says “{words}”, the field “{LABELS[wording.estimated].lower()}”."


def _against_count(
    wording: Wording, counted: int, of: int, said: Amount, words: str
) -> Iterator[str]:
    right = told(
        counted, of, table=wording.table, discreetly=wording.discreetly,
        of_groups=bool(wording.groups),
    )  # fmt: skip
    if right.amount not in LABELS and said == wording.table.word_for(counted, of):
        fewer = wording.table.numbers_below
        yield f"“{words}”: of fewer than {fewer} people, say “{right.words}”."
    elif right.amount != said:
        yield f"The text says “{words}”, the count “{right.words}”."


def _said_amounts(wording: Wording) -> Iterator[tuple[Amount, str]]:
    yield from amounts_said(wording.text, [*PEOPLE, *map(re.escape, wording.groups)])
    for match in re.finditer(_EVERYBODY, wording.text, re.IGNORECASE):
        yield Amount.ALL, match[0]


def amounts_said(text: str, people: Collection[str] = PEOPLE) -> Iterator[tuple[Amount, str]]:
    """Yield how many of `people` (patterns of words for them) `text` speaks of, and in which words:
    (“most”, “Most of the participants”).
    """
    for said, pattern in _AMOUNTS.items():
        found = re.compile(rf"\b((?:{pattern})\s+(?:{'|'.join(people)}))\b", re.IGNORECASE)
        for match in found.finditer(text):
            yield said, match[1]
        # “All but one” isn’t “one” as well.
        text = found.sub(" ", text)


def ideas(wording: Wording) -> Iterator[str]:
    """Yield that the text may hold more than one idea."""
    # A tension has two sides by its nature.
    if wording.kind == Kind.TENSION:
        return
    if found := _IDEAS.search(wording.text):
        sign = next(each for each in (";", "but", "and") if each in found[0].lower())
        yield f"Two ideas? “{sign}” may join what some share and others don’t: give each its own."


def names_in(wording: Wording) -> Iterator[str]:
    """Yield that the text may name somebody."""
    text = wording.text
    for name in sorted(wording.names):
        if _is_named(name, text):
            yield f"“{name}” is somebody here. A finding names nobody."
            return
    if found := _TITLED.search(text) or _SPEAKING.search(text):
        yield f"“{found[0]}” reads like somebody’s name. A finding names nobody."


def _is_named(name: str, text: str) -> bool:
    if re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", text, re.IGNORECASE):
        return True
    # A part of a name counts with its capital, and not where any word has one.
    parts = [part for part in re.split(r"[\s.,]+", name) if len(part) > 2]  # noqa: PLR2004
    return any(re.search(rf"(?<=[\w,’”)] ){re.escape(part)}(?!\w)", text) for part in parts)


def _verbs(wording: Wording) -> Iterator[str]:
    if found := _TAKES_SIDES.search(wording.text):
        instead = _NEUTRAL[found[1].lower()]
        better = f"Say “{instead}”." if instead else "Leave it out."
        yield f"“{found[1]}” takes a side. {better}"


def _modality(wording: Wording) -> Iterator[str]:
    # What people parted on is a question, which says nothing of the kind.
    if not wording.modality or wording.kind in SIDED:
        return
    said = Modality.IS
    for modality, words in reversed(_MODAL.items()):
        if re.search(rf"\b(?:{words})\b", wording.text, re.IGNORECASE):
            said = modality
    strong = {Modality.MUST, Modality.SHOULD}
    if said != wording.modality and {said, Modality(wording.modality)} & strong:
        label, chosen = Modality(said).label, Modality(wording.modality).label
        yield f"The claim says “{label}”, the field “{chosen}”."
