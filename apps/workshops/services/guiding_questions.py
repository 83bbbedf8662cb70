"""Writing the questions that guide a workshop."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.core import audit, ordering
from apps.core.editing import apply_changes, check, lock_version
from apps.core.exceptions import RuleViolation
from apps.core.ordering import next_order
from apps.core.texts import all_cleaned
from apps.workshops.actors import Actor
from apps.workshops.models import GuidingQuestion, QuestionOrigin, Session
from apps.workshops.services.asking import require_now

PARTS_OF_PARTS = "A question has parts, and parts have none."


@dataclass(frozen=True)
class AskedQuestion:
    """A question that is to be added, and its parts."""

    text: str
    parts: Sequence[str] = ()


@transaction.atomic
def add_guiding_question(
    *,
    actor: Actor,
    text: str,
    origin: str = QuestionOrigin.FRAMING,
    session: Session | None = None,
    parent: GuidingQuestion | None = None,
    **values: str,
) -> GuidingQuestion:
    """Add a question that frames the day, or that arose in it, and return it.

    `session` is the one that it was asked in, if it was; `values` are `asked_by`, `asked_of`,
    `state` and `answer`. The owner may, until the workshop is published. Raises `NotPermitted`,
    and `RuleViolation` for a part of a part.
    """
    require_now(actor, "workshops.set_up", actor.workshop)
    return _added(actor, text=text, origin=origin, session=session, parent=parent, **values)


@transaction.atomic
def add_guiding_questions(
    *,
    actor: Actor,
    questions: Sequence[AskedQuestion],
    origin: str = QuestionOrigin.FRAMING,
    session: Session | None = None,
    parent: GuidingQuestion | None = None,
) -> list[GuidingQuestion]:
    """Add several questions with their parts, all or none, and return them without the parts.

    As parts of `parent`, if one is given; then they have none of their own. The owner may, until
    the workshop is published. Raises as `add_guiding_question`.
    """
    require_now(actor, "workshops.set_up", actor.workshop)
    found = []
    for asked in questions:
        shared = {"origin": origin, "session": session}
        question = _added(actor, text=asked.text, parent=parent, **shared)
        for part in asked.parts:
            _added(actor, text=part, parent=question, **shared)
        found.append(question)
    return found


@transaction.atomic
def change_guiding_question(
    *, actor: Actor, question: GuidingQuestion, version: int | None = None, **values: Any
) -> GuidingQuestion:
    """Change a guiding question; what is left out stays as it is.

    The owner may, until the workshop is published. Raises as `add_guiding_question`, and
    `Conflict` when `version` isn't the question's any more.
    """
    # The workshop first: two questions that are put under one another at once would wait for
    # each other for good.
    require_now(actor, "workshops.set_up", question)
    row: GuidingQuestion = lock_version(GuidingQuestion.objects.all(), question.pk, version)
    values = all_cleaned(values)
    parent = values.get("parent", row.parent)
    _check_parent(row, parent)
    if (parent.pk if parent else None) != row.parent_id:
        values["order"] = next_order(
            GuidingQuestion.objects.filter(workshop=row.workshop_id, parent=parent)
        )
    apply_changes(row, values, verb="guiding_question.changed", actor=actor)
    return row


@transaction.atomic
def move_guiding_question(*, actor: Actor, question: GuidingQuestion, by: int) -> bool:
    """Move `question` up (-1) or down (1) among those beside it; False at the end of them.

    The owner may, until the workshop is published. Raises `NotPermitted`.
    """
    require_now(actor, "workshops.set_up", question)
    # Those asked from the start and those that arose stand apart, as on every page.
    siblings = GuidingQuestion.objects.filter(
        workshop=question.workshop_id, parent=question.parent_id
    )
    if question.parent_id is None:
        siblings = siblings.filter(origin=question.origin)
    moved = ordering.move(siblings, question, by)
    if moved:
        audit.record("guiding_question.moved", question, actor=actor, scope_id=question.workshop_id)
    return moved


@transaction.atomic
def remove_guiding_question(
    *, actor: Actor, question: GuidingQuestion, version: int | None = None
) -> None:
    """Remove `question` with its parts; what they say stays in the log.

    The owner may, until the workshop is published. Raises `NotPermitted`, and `Conflict` when it
    changed since `version`.
    """
    require_now(actor, "workshops.set_up", question)
    row: GuidingQuestion = lock_version(GuidingQuestion.objects.all(), question.pk, version)
    audit.record(
        "guiding_question.removed",
        row,
        actor=actor,
        scope_id=row.workshop_id,
        before={"text": row.text, "parts": [part.text for part in row.parts.all()]},
    )
    row.delete()


def _added(actor: Actor, **values: Any) -> GuidingQuestion:
    _check_parent(None, values["parent"])
    siblings = GuidingQuestion.objects.filter(workshop=actor.workshop, parent=values["parent"])
    question = GuidingQuestion(
        workshop=actor.workshop, order=next_order(siblings), **all_cleaned(values)
    )
    check(question)
    question.save(force_insert=True)
    audit.record(
        "guiding_question.added",
        question,
        actor=actor,
        scope_id=question.workshop_id,
        after={"text": question.text, "origin": question.origin},
    )
    return question


def _check_parent(question: GuidingQuestion | None, parent: GuidingQuestion | None) -> None:
    if parent is None:
        return
    has_parts = question is not None and question.parts.exists()
    if parent.parent_id is not None or parent == question or has_parts:
        raise RuleViolation(PARTS_OF_PARTS, fields={"parent": PARTS_OF_PARTS})
