"""What to study next, and what the day came to."""

from collections.abc import Iterable
from typing import Any

from apps.agendas.models import Outcome, OutcomeKind, ResearchQuestion
from apps.annotations.wording import joined
from apps.memos.assembling.material import Material
from apps.memos.assembling.words import heading
from apps.memos.typesetting import content
from apps.memos.typesetting.content import Block

NEW = "New: it comes from none of the themes above"
HEADINGS = {
    OutcomeKind.TAKEAWAY: "Key takeaways",
    OutcomeKind.RECOMMENDATION: "Recommendations",
    OutcomeKind.ACTION: "Actions",
    OutcomeKind.NOT_AGREED: "Not agreed",
    OutcomeKind.OUT_OF_SCOPE: "Out of scope",
    OutcomeKind.NOT_COVERED: "Not covered",
    OutcomeKind.NEXT_EVENT: "Next events",
}


def top_level(material: Material) -> list[ResearchQuestion]:
    """Return the research questions that aren't part of another."""
    return [question for question in material.research_questions if question.parent_id is None]


def research(material: Material) -> list[Block]:
    """Return the research questions with their parts, and where each comes from."""
    items = [_question(question, material) for question in top_level(material)]
    if not items:
        return []
    return [
        heading("research", "Future research"),
        {"id": "research-questions", "type": "research", "items": items},
    ]


def outcomes(material: Material) -> list[Block]:
    """Return takeaways, recommendations and the rest, each kind under its heading."""
    blocks: list[Block] = []
    for kind, title in HEADINGS.items():
        items = [_outcome(outcome) for outcome in material.outcomes if outcome.kind == kind]
        if items:
            blocks.append(heading(f"outcomes-{kind.value}", title))
            blocks.append({"id": f"outcomes-{kind.value}-list", "type": "outcomes", "items": items})
    return blocks


def _question(question: ResearchQuestion, material: Material) -> content.ResearchQuestion:
    parts = list(_parts(question, material))
    return {
        "text": question.text,
        "parts": [{"text": part.text, "example": part.example} for part in parts],
        "origin": _origin([question, *parts]),
    }


def _parts(question: ResearchQuestion, material: Material) -> Iterable[ResearchQuestion]:
    """Go through the parts of a question and theirs: the memo tells them at one level."""
    for part in material.research_questions:
        if part.parent_id == question.pk:
            yield part
            yield from _parts(part, material)


def _origin(questions: Iterable[ResearchQuestion]) -> str:
    titles: dict[str, None] = {}
    names: dict[str, None] = {}
    new = False
    for question in questions:
        new = new or question.new
        titles |= _titles(question.origin_themes.all(), question.origin_annotations.all())
        names |= {f"“{term.name}”": None for term in question.origin_terms.all()}
    told = [*titles]
    if names:
        told.append(f"the {'term' if len(names) == 1 else 'terms'} {joined([*names])}")
    if told:
        return f"Comes from: {'; '.join(told)}"
    return NEW if new else ""


def _outcome(outcome: Outcome) -> content.Outcome:
    rests_on = _titles(outcome.rests_on_themes.all(), outcome.rests_on_annotations.all())
    groups = [group.plural for group in outcome.addressees.all()]
    return {
        "text": outcome.text,
        "label": outcome.heading,
        "rests_on": f"Rests on: {'; '.join(rests_on)}" if rests_on else NEW if outcome.new else "",
        "addressee": joined([*groups, *([outcome.addressee] if outcome.addressee else [])]),
    }


def _titles(themes: Iterable[Any], annotations: Iterable[Any]) -> dict[str, None]:
    """Return the titles of themes and of annotations' themes, each once."""
    found = [theme.title for theme in themes]
    return dict.fromkeys([*found, *(annotation.theme.title for annotation in annotations)])
