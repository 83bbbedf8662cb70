"""Raising, revising, ordering and withdrawing research questions."""

from collections.abc import Collection
from typing import Any, Unpack

from django.db import transaction

from apps.agendas.models import ResearchQuestion
from apps.agendas.services.given import QuestionChanges, held, split
from apps.annotations.models import Annotation, Term
from apps.annotations.services.given import refuse
from apps.core import audit
from apps.core.editing import apply_changes, check, lock_version
from apps.core.ordering import move, next_order
from apps.participants.models import Participant
from apps.themes.models import Theme
from apps.workshops.services.asking import require_now

EMPTY = "Write the question."
FROM_NOWHERE = (
    "Say what the question comes from: a theme, a finding, a term. "
    "If it comes from none of them, mark it as new."
)
BOTH = "It comes from something, so it isn’t new. Take one of the two away."
NO_QUESTION = "Choose the question that it is an example of."
NOT_THERE = "That question isn’t there any more. Choose another."
PART_OF_PART = "That question is a part itself. Choose one that stands on its own."
HAS_PARTS = "This question has parts, so it can’t be a part itself. Move its parts first."
ORIGINS = ("origin_themes", "origin_annotations", "origin_terms")


@transaction.atomic
def raise_question(
    *,
    actor: Participant,
    text: str,
    parent: ResearchQuestion | None = None,
    example: bool = False,
    kind: str = "",
    origin_themes: Collection[Theme] = (),
    origin_annotations: Collection[Annotation] = (),
    origin_terms: Collection[Term] = (),
    new: bool = False,
) -> ResearchQuestion:
    """Add a research question after those that are there, or a part or example to `parent`.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` for an empty text, a question that neither comes from something nor is `new`
    (a part may rest on its question), an example of nothing, a part of a part, or something of
    another workshop.
    """
    require_now(actor, "agendas.edit", actor.workshop)
    values, relations = split(
        actor.workshop,
        {
            "text": text,
            "parent": parent,
            "example": example,
            "kind": kind,
            "new": new,
            "origin_themes": origin_themes,
            "origin_annotations": origin_annotations,
            "origin_terms": origin_terms,
        },
        texts={"text": EMPTY},
    )
    question = ResearchQuestion(workshop=actor.workshop, **values)
    _check_place(question)
    _check_origins(question, rests=held(question, relations, ORIGINS))
    question.order = next_order(_siblings(question))
    check(question)
    question.save(force_insert=True)
    for name, members in relations.items():
        getattr(question, name).set(members)
    audit.record(
        "research_question.raised",
        question,
        actor=actor,
        scope_id=question.workshop_id,
        after={"text": question.text, "parent": question.parent_id},
    )
    return question


@transaction.atomic
def revise_question(
    *,
    actor: Participant,
    question: ResearchQuestion,
    version: int | None = None,
    **changes: Unpack[QuestionChanges],
) -> ResearchQuestion:
    """Change what `question` says, where it stands or what it comes from, and return it.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`,
    `RuleViolation` as `raise_question`, and `Conflict` when `version` isn't the question's any
    more.
    """
    require_now(actor, "agendas.edit", question)
    row: ResearchQuestion = lock_version(ResearchQuestion.objects.all(), question.pk, version)
    values, relations = split(actor.workshop, changes, texts={"text": EMPTY})
    whole = ResearchQuestion(
        pk=row.pk,
        workshop=actor.workshop,
        parent=values.get("parent", row.parent),
        example=values.get("example", row.example),
        new=values.get("new", row.new),
    )
    _check_place(whole)
    _check_origins(whole, rests=held(row, relations, ORIGINS))
    if whole.parent_id != row.parent_id:
        values["order"] = next_order(_siblings(whole))
    apply_changes(row, values, relations=relations, verb="research_question.revised", actor=actor)
    return row


@transaction.atomic
def move_question(*, actor: Participant, question: ResearchQuestion, by: int) -> bool:
    """Move `question` up (-1) or down (1) among those beside it; False at the end of them.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`.
    """
    require_now(actor, "agendas.edit", question)
    moved = move(_siblings(question), question, by)
    if moved:
        audit.record(
            "research_question.moved", question, actor=actor, scope_id=question.workshop_id
        )
    return moved


@transaction.atomic
def withdraw_question(
    *, actor: Participant, question: ResearchQuestion, version: int | None = None
) -> None:
    """Remove `question` with its parts and examples; what they say stays in the log.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `Conflict` when it changed since `version`.
    """
    require_now(actor, "agendas.edit", question)
    row: ResearchQuestion = lock_version(ResearchQuestion.objects.all(), question.pk, version)
    audit.record(
        "research_question.withdrawn",
        row,
        actor=actor,
        scope_id=row.workshop_id,
        before={"text": row.text, "parts": [part.text for part in row.parts.all()]},
    )
    row.delete()


def _siblings(question: ResearchQuestion) -> Any:
    return ResearchQuestion.objects.filter(workshop=question.workshop_id, parent=question.parent_id)


def _check_place(question: ResearchQuestion) -> None:
    """Refuse a place in the outline that `question` can't have; the outline is locked."""
    if question.parent_id is None:
        if question.example:
            raise refuse("parent", NO_QUESTION)
        return
    beside = ResearchQuestion.objects.filter(workshop=question.workshop_id).exclude(pk=question.pk)
    parent = beside.filter(pk=question.parent_id).first()
    if parent is None:
        raise refuse("parent", NOT_THERE)
    if parent.parent_id is not None:
        raise refuse("parent", PART_OF_PART)
    if beside.filter(parent=question.pk).exists():
        raise refuse("parent", HAS_PARTS)


def _check_origins(question: ResearchQuestion, *, rests: bool) -> None:
    if rests and question.new:
        raise refuse("new", BOTH)
    if not rests and not question.new and question.parent_id is None:
        raise refuse("origin_themes", FROM_NOWHERE)
