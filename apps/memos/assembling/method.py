"""How we know: what the memo rests on, and what its words mean."""

from collections import Counter

from apps.annotations.models import Annotation, Basis
from apps.annotations.quantifying import meanings_used
from apps.annotations.wording import capitalised
from apps.memos.assembling.asking import how_it_was_asked
from apps.memos.assembling.material import Material
from apps.memos.assembling.words import counted, heading, in_words, paragraph, prose
from apps.memos.typesetting.content import Block, Fact
from apps.participants.selectors import SMALLEST_GROUP
from apps.themes.models import CommentState, Placement
from apps.workshops.models import AttributionRule
from apps.workshops.quantifiers import QuantifierTable

BASES = {
    Basis.COUNT: "people or answers were counted",
    Basis.SHOW_OF_HANDS: "hands were raised in the room",
    Basis.SENSE_OF_ROOM: "the rapporteur’s judgement of the discussion; nobody was counted",
    Basis.GROUP_STATEMENT: "members of a group said it of themselves",
    Basis.REPEATED: "it came up several times in the discussion",
    Basis.SINGLE_VOICE: "one person said it",
    Basis.RAPPORTEUR: "the rapporteur inferred it from the notes",
}
COUNTED = {Basis.COUNT, Basis.SHOW_OF_HANDS}
UNSAID = ("Told without a basis", "nothing is claimed about how many shared it")
RULES = {
    AttributionRule.CHATHAM_HOUSE: (
        "The workshop was held under the Chatham House Rule. {kept} A group is named only where "
        f"at least {in_words(SMALLEST_GROUP)} who joined belong to it, and a quotation is printed "
        "only with its speaker’s consent. People are listed as each of them chose."
    ),
    AttributionRule.ANONYMOUS: (
        "The workshop was held anonymously: nothing that was kept says who said what, and neither "
        "people nor their groups are named."
    ),
    AttributionRule.ON_RECORD: (
        "The workshop was held on the record. Notes are labelled by group all the same, and "
        "comments by name only where their authors agreed to it. People are listed as each of "
        "them chose."
    ),
}
NOT_KEPT = "Who said what isn’t stored."
KEPT_APART = "Who said what is kept apart, for a time, and stands nowhere in this memo."
DISCLAIMER = (
    "The memo reports a discussion. What it says isn’t necessarily the view of any participant, "
    "nor of any organisation named in it."
)


def how_we_know(material: Material) -> list[Block]:
    """Return the section on method: the sources, the bases counted, the words, the rule."""
    blocks: list[Block] = [
        heading("method", "How we know"),
        prose("method-sources", paragraph(_sources(material))),
    ]
    if material.printed:
        blocks += [
            prose("method-bases-lead", paragraph("Each finding says how it is known:")),
            {"id": "method-bases", "type": "facts", "rows": _bases(material.printed)},
        ]
    quantifiers: list[Fact] = [
        {"label": label, "value": capitalised(meaning)}
        for label, meaning in meanings_used(material.printed)
    ]
    blocks += how_it_was_asked(material)
    table = QuantifierTable.of(material.workshop) if quantifiers else None
    counting = _counting(material.printed, table, asked=bool(material.asked.rounds))
    blocks.append(prose("method-counting", paragraph(counting)))
    if quantifiers:
        blocks.append({"id": "method-quantifiers", "type": "facts", "rows": quantifiers})
    kept = KEPT_APART if material.workshop.keep_speakers else NOT_KEPT
    rule = RULES[AttributionRule(material.workshop.attribution_rule)].replace("{kept}", kept)
    own = material.memo.disclaimer
    told = [DISCLAIMER, *([own] if own else [])]
    return [*blocks, prose("method-rule", paragraph(rule), *(paragraph(each) for each in told))]


def _sources(material: Material) -> str:
    cited = {
        evidence.note_id
        for annotation in material.printed
        for evidence in annotation.evidence.all()
    }
    sessions = {note.session_id for note in material.notes}
    printed = [t for t in material.themes if material.sections[t.pk] != Placement.OMITTED]
    told = [
        f"The memo rests on {counted(len(material.notes), 'note')}, taken in "
        f"{counted(len(sessions), 'session')}."
        if material.notes
        else ""
        if material.unreported.sessions
        else "No notes were taken.",
        f"Its {counted(len(material.printed), 'finding')}, under "
        f"{counted(len(printed), 'theme')}, cite {in_words(len(cited))} of them."
        if cited
        else "",
        _unreported(material),
        _comments(material),
    ]
    return " ".join(each for each in told if each)


def _unreported(material: Material) -> str:
    sessions, behind = material.unreported.sessions, len(material.unreported.behind_findings)
    if not sessions:
        return ""
    told = (
        f"Notes of {counted(sessions, 'session')} that {'is' if sessions == 1 else 'are'} not "
        "reported stand nowhere in the memo"
    )
    if not behind:
        return f"{told}."
    return f"{told}; findings make use of {in_words(behind)} of them, and cite none."


def _comments(material: Material) -> str:
    first = [comment for comment in material.comments if comment.reply_to_id is None]
    if not first:
        return ""
    states = Counter(comment.state for comment in first)
    words = {
        CommentState.ACCEPTED: "accepted",
        CommentState.DECLINED: "declined with a reason",
        CommentState.OPEN: "still open",
    }
    told = [f"{in_words(states[state])} {word}" for state, word in words.items() if states[state]]
    return (
        f"{capitalised(counted(len(first), 'comment'))} came from participants: {', '.join(told)}."
    )


def _bases(annotations: list[Annotation]) -> list[Fact]:
    numbers = Counter(annotation.basis for annotation in annotations)
    known = [(str(basis.label), meaning, numbers[basis]) for basis, meaning in BASES.items()]
    return [
        {"label": label, "value": f"{capitalised(counted(number, 'finding'))}: {meaning}"}
        for label, meaning, number in [*known, (*UNSAID, numbers[""])]
        if number
    ]


def _counting(annotations: list[Annotation], table: QuantifierTable | None, *, asked: bool) -> str:
    """Say what was counted beside what the room was `asked`, and by which table its words follow
    where there are any.
    """
    if {annotation.basis for annotation in annotations} & COUNTED:
        told = (
            "Where a count or a show of hands is named beside a finding, it is the facilitation "
            "team’s."
        )
        told = told if asked else f"Statements weren’t put to the room one by one. {told}"
    elif asked:
        told = "Beside these answers nothing was counted."
    else:
        told = "No statement was put to the room and nothing was counted."
    if table:
        told += (
            " Words for how many follow from a count where there is one, and are otherwise the "
            "rapporteur’s estimate, never above “many”; of fewer than "
            f"{in_words(table.numbers_below)} people the numbers are told. They mean:"
        )
    return told
