"""Writing, revising, ordering and withdrawing statements."""

from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from apps.annotations.models import Annotation, Position
from apps.annotations.services.given import refuse
from apps.core import audit
from apps.core.editing import apply_changes, check, lock_version
from apps.core.ordering import move, next_order
from apps.participants.models import Participant
from apps.statements.models import (
    Direction,
    Round,
    RoundState,
    Statement,
    StatementEvidence,
    Wording,
)
from apps.statements.selectors.plans import plan_of
from apps.statements.services.given import check_places, checked_words
from apps.themes.models import Theme
from apps.workshops.services.asking import require_now

BEING_ASKED = "This is being asked at the moment. Close the round before you change the words."
ASKED_SO = "It was asked with these answers, so they stay. Write another statement instead."


class StatementChanges(TypedDict, total=False):
    """What of a statement may be changed; what is left out stays as it is."""

    text: str
    theme: Theme | None
    scale: str


@transaction.atomic
def put_statement(
    *,
    actor: Participant,
    text: str,
    theme: Theme | None = None,
    scale: str = "",
    annotation: Annotation | None = None,
    position: Position | None = None,
    direction: str = Direction.AGREE,
) -> Statement:
    """Write a statement after those that are there, with its first round, not open yet.

    With an `annotation`, or one of its positions, it tests that, and stands under its theme if no
    other is given. The facilitation team may, until the workshop is published. Raises
    `NotPermitted`, and `RuleViolation` for words that are empty or too long, or something of
    another workshop.
    """
    require_now(actor, "statements.edit", actor.workshop)
    check_places(actor.workshop, theme=theme, annotation=annotation, position=position)
    statement = Statement(
        workshop=actor.workshop,
        text=checked_words(text),
        theme=theme or (annotation.theme if annotation else None),
        scale=scale or plan_of(actor.workshop).scale,
        order=next_order(Statement.objects.filter(workshop=actor.workshop)),
    )
    check(statement)
    statement.save(force_insert=True)
    begin_round(statement, _word(statement, 1))
    if annotation is not None:
        StatementEvidence.objects.create(
            workshop=actor.workshop,
            statement=statement,
            annotation=annotation,
            position=position,
            direction=direction,
        )
    audit.record(
        "statement.put",
        statement,
        actor=actor,
        scope_id=statement.workshop_id,
        after={"text": statement.text, "theme": statement.theme_id, "annotation": annotation},
    )
    return statement


@transaction.atomic
def revise_statement(
    *,
    actor: Participant,
    statement: Statement,
    version: int | None = None,
    **changes: Unpack[StatementChanges],
) -> Statement:
    """Change the words of `statement`, its theme or its answers, and return it.

    Words that people answered stay with what they answered: other ones are another wording, which
    the next round asks, and it begins without answers. The facilitation team may, until the
    workshop is published. Raises `NotPermitted`; `Conflict` when `version` isn't the statement's
    any more; `RuleViolation` as `put_statement`, and while a round is open or waits to be revealed.
    """
    require_now(actor, "statements.edit", statement)
    row: Statement = lock_version(Statement.objects.all(), statement.pk, version)
    values: dict[str, Any] = dict(changes)
    check_places(actor.workshop, theme=values.get("theme"))
    if "text" in values:
        values["text"] = checked_words(values["text"])
    last: Round = row.rounds.select_for_update().latest("number")
    if values.get("text", row.text) != row.text:
        _reword(row, last, values["text"])
    if values.get("scale", row.scale) != row.scale:
        if last.number > 1 or last.state != RoundState.DRAFT:
            raise refuse("scale", ASKED_SO)
        last.scale = values["scale"]
        last.save(update_fields=["scale"])
    apply_changes(row, values, verb="statement.revised", actor=actor)
    return row


@transaction.atomic
def move_statement(*, actor: Participant, statement: Statement, by: int) -> bool:
    """Move `statement` up (-1) or down (1) in the queue; False at the end of it.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`.
    """
    require_now(actor, "statements.edit", statement)
    siblings = Statement.objects.filter(workshop=statement.workshop_id, withdrawn_at=None)
    moved = move(siblings, statement, by)
    if moved:
        audit.record("statement.moved", statement, actor=actor, scope_id=statement.workshop_id)
    return moved


@transaction.atomic
def withdraw_statement(
    *, actor: Participant, statement: Statement, version: int | None = None
) -> None:
    """Ask `statement` no more. One that nobody was asked is gone; else what it came to stays.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, `Conflict`
    when it changed since `version`, and `RuleViolation` while it is being asked.
    """
    require_now(actor, "statements.edit", statement)
    row: Statement = lock_version(Statement.objects.all(), statement.pk, version)
    rounds = list(row.rounds.select_for_update())
    if any(each.state == RoundState.OPEN for each in rounds):
        raise refuse("", BEING_ASKED)
    audit.record(
        "statement.withdrawn",
        row,
        actor=actor,
        scope_id=row.workshop_id,
        before={"text": row.text},
    )
    if all(each.state == RoundState.DRAFT for each in rounds):
        row.delete()
        return
    row.withdrawn_at = timezone.now()
    row.version += 1
    row.save(update_fields=["withdrawn_at", "version"])


@transaction.atomic
def bring_back_statement(*, actor: Participant, statement: Statement) -> Statement:
    """Let a withdrawn `statement` be asked again, after those that are there.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`.
    """
    require_now(actor, "statements.edit", statement)
    row: Statement = lock_version(Statement.objects.all(), statement.pk, None)
    if row.withdrawn_at is not None:
        siblings = Statement.objects.filter(workshop=row.workshop_id, withdrawn_at=None)
        values = {"withdrawn_at": None, "order": next_order(siblings)}
        apply_changes(row, values, verb="statement.brought_back", actor=actor)
    return row


def begin_round(statement: Statement, wording: Wording, *, number: int = 1) -> Round:
    """Make a round of `statement`, not open yet. Part of the services that say who may."""
    return Round.objects.create(
        workshop_id=statement.workshop_id,
        statement=statement,
        wording=wording,
        number=number,
        scale=statement.scale,
    )


def _word(statement: Statement, number: int) -> Wording:
    return Wording.objects.create(
        workshop_id=statement.workshop_id, statement=statement, number=number, text=statement.text
    )


def _reword(statement: Statement, last: Round, text: str) -> None:
    """Give the wording that the next round asks the words `text`."""
    if last.state in {RoundState.OPEN, RoundState.CLOSED}:
        raise refuse("text", BEING_ASKED)
    wording = statement.wordings.latest("number")
    if wording.rounds.exclude(state=RoundState.DRAFT).exists():
        wording = Wording.objects.create(
            workshop_id=statement.workshop_id,
            statement=statement,
            number=wording.number + 1,
            text=text,
        )
        if last.state == RoundState.DRAFT:
            last.wording = wording
            last.save(update_fields=["wording"])
        return
    wording.text = text
    wording.save(update_fields=["text"])
