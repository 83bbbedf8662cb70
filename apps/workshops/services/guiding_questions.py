"""Writing the questions that guide a workshop."""

from typing import Any

from django.db import transaction

from apps.core import audit
from apps.core.editing import apply_changes, check, lock_version
from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.workshops.actors import Actor
from apps.workshops.models import GuidingQuestion, QuestionOrigin, Session, Workshop


@transaction.atomic
def add_guiding_question(
    *,
    actor: Actor,
    text: str,
    origin: str = QuestionOrigin.FRAMING,
    session: Session | None = None,
    parent: GuidingQuestion | None = None,
) -> GuidingQuestion:
    """Add a question that frames the day, or that arose in a `session` of it, and return it.

    The owner may, until the workshop is published. Raises `NotPermitted`, and `RuleViolation`
    for a part of a part and for a framing question that arose in a session.
    """
    require(actor, "workshops.set_up", actor.workshop)
    _check_parent(None, parent)
    question = GuidingQuestion(
        workshop=actor.workshop,
        text=text,
        origin=origin,
        session=session,
        parent=parent,
        order=GuidingQuestion.objects.filter(workshop=actor.workshop).count(),
    )
    check(question)
    question.save(force_insert=True)
    audit.record(
        "guiding_question.added",
        question,
        actor=actor,
        scope_id=question.workshop_id,
        after={"text": text, "origin": origin},
    )
    return question


@transaction.atomic
def change_guiding_question(
    *, actor: Actor, question: GuidingQuestion, version: int | None = None, **values: Any
) -> GuidingQuestion:
    """Change a guiding question; what is left out stays as it is.

    The owner may, until the workshop is published. Raises as `add_guiding_question`, and
    `Conflict` when `version` isn't the question's any more.
    """
    require(actor, "workshops.set_up", question)
    # The workshop first: two questions that are put under one another at once would wait for
    # each other for good.
    Workshop.objects.select_for_update(no_key=True).get(pk=question.workshop_id)
    row: GuidingQuestion = lock_version(GuidingQuestion.objects.all(), question.pk, version)
    _check_parent(row, values.get("parent", row.parent))
    apply_changes(row, values, verb="guiding_question.changed", actor=actor)
    return row


def _check_parent(question: GuidingQuestion | None, parent: GuidingQuestion | None) -> None:
    if parent is None:
        return
    has_parts = question is not None and question.parts.exists()
    if parent.parent_id is not None or parent == question or has_parts:
        message = "A question has parts, and parts have none."
        raise RuleViolation(message, fields={"parent": message})
