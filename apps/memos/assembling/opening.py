"""What comes first: the executive summary, and the introduction with its facts and questions."""

from apps.agendas.models import OutcomeKind
from apps.annotations.models import SIDED, Annotation, Basis, Kind
from apps.annotations.wording import capitalised, closed, joined, uncapitalised
from apps.core.markdown import to_blocks
from apps.memos.assembling.agenda import top_level
from apps.memos.assembling.answers import is_contradicted, tested_in_words
from apps.memos.assembling.findings import how_known
from apps.memos.assembling.material import Material
from apps.memos.assembling.words import (
    bullets,
    counted,
    days,
    heading,
    in_words,
    led_by,
    paragraph,
    prose,
)
from apps.memos.typesetting.content import Block, Fact, Question, Rich, Run
from apps.workshops.models import (
    AttributionRule,
    GuidingQuestion,
    Mode,
    OrganisationRole,
    QuestionOrigin,
)

MODES = {Mode.IN_PERSON: "In person", Mode.ONLINE: "Online", Mode.HYBRID: "In person and online"}
RULES = {
    AttributionRule.CHATHAM_HOUSE: (
        "Chatham House Rule: what was said may be used, who said it may not be revealed"
    ),
    AttributionRule.ANONYMOUS: "Anonymous: nothing that was kept says who said what",
    AttributionRule.ON_RECORD: "On the record",
}
ORIGINS = {
    QuestionOrigin.FRAMING: ("Question asked from the start", "Questions asked from the start"),
    QuestionOrigin.EMERGENT: (
        "Question that arose in the room",
        "Questions that arose in the room",
    ),
}

CONTRADICTED = "contradicted by what the room answered"
QUESTION_WORDS = {"whether", "what", "which", "how", "when", "where", "who", "why"}


def summary(material: Material) -> list[Block]:
    """Return the executive summary: what, when, where, how many; what was agreed and what not."""
    pieces: list[Rich] = [paragraph(" ".join(_what_when_where(material)))]
    agreed = [a for a in material.printed if a.kind == Kind.CONSENSUS]
    if agreed:
        usual, lead = _usually_known(agreed)
        pieces += [
            paragraph(f"There was agreement on {counted(len(agreed), 'point')}{lead}:"),
            bullets([_agreement(annotation, usual, material) for annotation in agreed]),
        ]
    divided = [a for a in material.printed if a.kind in SIDED]
    if divided:
        pieces += [
            paragraph(f"Views differed on {counted(len(divided), 'point')}:"),
            bullets([_difference(annotation, material) for annotation in divided]),
        ]
    tested = tested_in_words(material.printed, material.asked)
    pieces += [paragraph(text) for text in [tested, _what_follows(material)] if text]
    return [heading("summary", "Executive summary"), prose("summary-text", *pieces)]


def introduction(material: Material) -> list[Block]:
    """Return the introduction: the purpose, the facts, and the questions of the day."""
    purpose = to_blocks(material.workshop.purpose)
    blocks: list[Block] = [heading("introduction", "Introduction")]
    if purpose:
        blocks.append({"id": "purpose", "type": "prose", "content": purpose})  # type: ignore[typeddict-item]
    blocks.append({"id": "facts", "type": "facts", "rows": _facts(material)})
    for origin, (one, several) in ORIGINS.items():
        items = [_question(each) for each in material.questions if each.origin == origin]
        if items:
            blocks.append(
                {
                    "id": f"questions-{origin.value}",
                    "type": "questions",
                    "title": one if len(items) == 1 else several,
                    "items": items,
                }
            )
    return [*blocks, prose("introduction-reading", paragraph(_how_to_read(material)))]


def _what_when_where(material: Material) -> list[str]:
    workshop = material.workshop
    when = days(workshop.starts_on, workshop.ends_on)
    where = f" ({workshop.venue})" if workshop.venue else ""
    who = who_was_there(material)
    told = [f"The workshop “{workshop.title}” brought {who} together on {when}{where}."]
    framing = [q for q in material.questions if q.origin == QuestionOrigin.FRAMING]
    emergent = len(material.questions) - len(framing)
    if framing:
        questions = [q.text.rstrip() for q in framing]
        lead = (
            "It set out from one question"
            if len(questions) == 1
            else (f"It set out from {in_words(len(questions))} questions")
        )
        told.append(f"{lead}: {' '.join(questions)}")
    if emergent:
        verb = "arose" if framing else "arose, none having been set beforehand,"
        more = f"{in_words(emergent)} more" if framing else counted(emergent, "question")
        told.append(f"{capitalised(more)} {verb} in the room.")
    return told


def _usually_known(agreed: list[Annotation]) -> tuple[str, str]:
    """Return how most agreements are known, and how to say so once for all of them."""
    sensed = [a for a in agreed if a.basis == Basis.SENSE_OF_ROOM]
    if 2 * len(sensed) <= len(agreed):
        return "", ""
    exceptions = " unless otherwise said" if len(sensed) < len(agreed) else ""
    return Basis.SENSE_OF_ROOM, f", by the sense of the room{exceptions}"


def _agreement(annotation: Annotation, usual: str, material: Material) -> list[Run]:
    known = how_known(annotation)
    asides = [uncapitalised(known)] if known and annotation.basis != usual else []
    if is_contradicted(annotation, material.asked):
        asides.append(CONTRADICTED)
    aside = f" ({'; '.join(asides)})" if asides else ""
    return [{"text": f"{annotation.claim.rstrip(' .')}{aside}."}]


def _difference(annotation: Annotation, material: Material) -> list[Run]:
    question = closed(_question_of(annotation.claim))
    if is_contradicted(annotation, material.asked):
        question = f"{question} ({capitalised(CONTRADICTED)}.)"
    return [
        {"text": f"{led_by(annotation.theme.title)} ", "strong": True},
        {"text": question},
    ]


def _question_of(claim: str) -> str:
    """Begin a claim that is a question with a small letter: "whether …", "what …"."""
    asks = claim.partition(" ")[0].lower() in QUESTION_WORDS
    return uncapitalised(claim) if asks else claim


def _what_follows(material: Material) -> str:
    kinds = [outcome.kind for outcome in material.outcomes]
    parts = [
        (len(top_level(material)), "question for future research", "questions for future research"),
        (kinds.count(OutcomeKind.TAKEAWAY), "key takeaway", "key takeaways"),
        (kinds.count(OutcomeKind.RECOMMENDATION), "recommendation", "recommendations"),
    ]
    told = [counted(number, one, several) for number, one, several in parts if number]
    return f"The memo closes with {joined(told)}." if told else ""


def who_was_there(material: Material) -> str:
    """Return "27 scholars and practitioners"; the number is that of the people present."""
    names = joined([group.plural for group in material.groups]) or "participants"
    number = material.workshop.number_present
    return f"{number} {names}" if number else names


def _facts(material: Material) -> list[Fact]:
    workshop = material.workshop
    by_role: dict[str, list[str]] = {}
    for organisation in material.organisations:
        award = f" (award {organisation.award_number})" if organisation.award_number else ""
        by_role.setdefault(organisation.role, []).append(organisation.name + award)
    rows: list[Fact] = [
        {"label": "When", "value": days(workshop.starts_on, workshop.ends_on)},
        {"label": "Where", "value": workshop.venue},
        {"label": "Format", "value": MODES[Mode(workshop.mode)]},
        {"label": "Present", "value": _present(material)},
        {"label": "Rule", "value": RULES[AttributionRule(workshop.attribution_rule)]},
    ]
    for role in (OrganisationRole.HOST, OrganisationRole.PARTNER, OrganisationRole.FUNDER):
        names = by_role.get(role, [])
        label = str(role.label) + ("s" if len(names) > 1 else "")
        rows.append({"label": label, "value": "; ".join(names)})
    return [row for row in rows if row["value"]]


def _present(material: Material) -> str:
    """Return how many were there, by group where the roster and the count are of one mind."""
    counted_groups = [(material.people.sizes[group.pk], group) for group in material.groups]
    sizes = [(size, group) for size, group in counted_groups if size]
    number = material.workshop.number_present
    if sizes and (number is None or number == sum(size for size, _ in sizes)):
        return joined(
            [f"{size} {group.singular if size == 1 else group.plural}" for size, group in sizes]
        )
    return f"{number} people" if number else ""


def _question(question: GuidingQuestion) -> Question:
    return {"text": question.text, "parts": [part.text for part in question.parts.all()]}


def _how_to_read(material: Material) -> str:
    told = (
        "What follows says where participants agreed, where they differed and what remains to be "
        "studied. Beneath each finding stands how it is known, and after it which notes it rests on"
    )
    return closed(f"{told}; they are printed at the end" if material.memo.with_record else told)
