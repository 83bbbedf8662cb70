"""What the day came to: research questions and outcomes, with what they rest on."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from apps.agendas.models import Outcome, ResearchQuestion
from apps.memos.bundle.links import link
from apps.memos.bundle.reading import Part
from apps.memos.bundle.setting import Setting

# What something may rest on, by the bundle's names: themes, annotations, terms.
Origins = Mapping[str, Mapping[str, Any]]
Links = dict[str, list[tuple[Model, Model]]]


def read_research_questions(bundle: Part, setting: Setting, origins: Origins) -> None:
    """Make the research questions, their parts and where they come from."""
    questions: dict[str, ResearchQuestion] = {}
    links: Links = {}
    for order, part in enumerate(bundle.parts("research_questions"), start=1):
        question = ResearchQuestion(
            workshop=setting.workshop,
            text=part.text("text"),
            parent=part.one("parent question", questions),
            example=part.flag("example"),
            kind=part.text("kind", ""),
            new=part.flag("new"),
            order=order,
        )
        if question.example and question.parent is None:
            raise part.refuse("example", "an example needs the question that it is one of")
        part.keep(questions, part.checked(question))
        _rests_on(part.part("origins"), question, "origin", origins, links)
    ResearchQuestion.objects.bulk_create(questions.values())
    for field, pairs in links.items():
        link(ResearchQuestion, field, pairs)


def read_outcomes(bundle: Part, setting: Setting, origins: Origins) -> None:
    """Make the outcomes, whom they address and what they rest on."""
    outcomes: dict[str, Outcome] = {}
    addressees = []
    links: Links = {}
    for order, part in enumerate(bundle.parts("outcomes"), start=1):
        outcome = Outcome(
            workshop=setting.workshop,
            kind=part.text("kind"),
            text=part.text("text"),
            heading=part.text("heading", ""),
            modality=part.text("modality", "is"),
            strength=part.text("strength", ""),
            basis=part.text("basis", ""),
            new=part.flag("new"),
            addressee=part.text("addressee", ""),
            order=order,
        )
        part.keep(outcomes, part.checked(outcome))
        addressees += [(outcome, group) for group in part.many("addressees group", setting.groups)]
        known = {kind: origins[kind] for kind in ("themes", "annotations")}
        _rests_on(part.part("rests_on"), outcome, "rests_on", known, links)
    Outcome.objects.bulk_create(outcomes.values())
    link(Outcome, "addressees", addressees)
    for field, pairs in links.items():
        link(Outcome, field, pairs)


def _rests_on(part: Part, what: Model, prefix: str, origins: Origins, links: Links) -> None:
    for kind, known in origins.items():
        found = part.many(f"{kind} {kind.removesuffix('s')}", known)
        links.setdefault(f"{prefix}_{kind}", []).extend((what, each) for each in found)
    part.close()
