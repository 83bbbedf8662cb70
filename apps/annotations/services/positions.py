"""The sides of a divergence."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any, Unpack

from django.db import transaction
from django.db.models import F

from apps.annotations.models import SIDED, Annotation, Position
from apps.annotations.services.given import (
    PositionChanges,
    PositionGiven,
    check_groups,
    line,
    one_way,
    refuse,
    within,
)
from apps.core import audit
from apps.core.editing import apply_changes, check, lock_version
from apps.core.ordering import next_order
from apps.participants.models import Participant
from apps.workshops.services.asking import require_now

EMPTY = "Say what this position holds, or that it isn’t recorded, or remove it."
NOT_ANSWERED = "There is no such position of this annotation to answer."
NO_SIDES = "Only a divergence or a group difference has positions."
TEXTS = ("label", "text", "reasons_for", "reasons_against")


@transaction.atomic
def take_position(
    *, actor: Participant, annotation: Annotation, position: PositionGiven
) -> Position:
    """Add a side to `annotation`, after those that are there.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` for an empty text, an annotation of a kind without sides, or a group of
    another workshop.
    """
    require_now(actor, "annotations.revise", annotation)
    row: Annotation = lock_version(Annotation.objects.all(), annotation.pk, None)
    if row.kind not in SIDED:
        raise refuse("", NO_SIDES)
    _count_up(row)
    return _add(actor, row, position)


@transaction.atomic
def revise_position(
    *,
    actor: Participant,
    position: Position,
    version: int | None = None,
    **changes: Unpack[PositionChanges],
) -> Position:
    """Change what `position` says, and return it.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`,
    `RuleViolation` as `take_position`, and `Conflict` when `version` isn't the position's.
    """
    require_now(actor, "annotations.revise", position)
    annotation = Annotation.objects.select_for_update().get(pk=position.annotation_id)
    row: Position = lock_version(Position.objects.all(), position.pk, version)
    if _revise(actor, row, changes):
        _count_up(annotation)
    return row


@transaction.atomic
def withdraw_position(*, actor: Participant, position: Position) -> None:
    """Remove `position`; the notes cited for it stay.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`.
    """
    require_now(actor, "annotations.revise", position)
    annotation = Annotation.objects.select_for_update().get(pk=position.annotation_id)
    _remove(actor, position)
    _count_up(annotation)


def put_positions(
    *,
    actor: Participant,
    annotation: Annotation,
    positions: Sequence[PositionGiven],
    withdrawn: Collection[uuid.UUID] = (),
) -> bool:
    """Add and change `positions` of a locked `annotation` and remove those in `withdrawn`.

    Part of recording and revising an annotation, which ask the rules. Returns whether anything
    changed. Raises `RuleViolation`, naming fields `positions-<place>-<field>`.
    """
    there = {row.pk: row for row in annotation.positions.select_for_update()}
    put: dict[int, Position] = {}
    changed = False
    for place, given in enumerate(positions):
        row = there.get(given.id) if given.id else None
        with within("positions", place):
            if given.id and row is None:
                raise refuse("id", "There is no such position.")
            if row is None:
                put[place] = _add(actor, annotation, given)
                changed = True
            elif row.pk not in withdrawn:
                changed |= _revise(actor, row, given.values())
                put[place] = row
    for place, row in put.items():
        answered = positions[place].answers
        known = put.get(answered) if isinstance(answered, int) else there.get(answered or row.pk)
        with within("positions", place):
            if answered is not None and (known is None or known.pk in withdrawn):
                raise refuse("answers", NOT_ANSWERED)
            changed |= _revise(actor, row, {"answers": known if answered is not None else None})
    for row in there.values():
        if row.pk in withdrawn:
            _remove(actor, row)
            changed = True
    return changed


def _add(actor: Participant, annotation: Annotation, given: PositionGiven) -> Position:
    values = _checked(actor, given.values(), annotation.pk, unrecorded=False)
    holders = values.pop("holders")
    position = Position(
        workshop_id=annotation.workshop_id,
        annotation=annotation,
        order=next_order(annotation.positions),
        **values,
    )
    check(position)
    position.save(force_insert=True)
    position.holders.set(holders)
    audit.record(
        "position.taken",
        position,
        actor=actor,
        scope_id=position.workshop_id,
        after={"text": position.text, "annotation": annotation},
    )
    return position


def _revise(actor: Participant, row: Position, changes: PositionChanges) -> bool:
    values = _checked(actor, changes, row.annotation_id, unrecorded=row.unrecorded)
    relations = {"holders": values.pop("holders")} if "holders" in values else {}
    return apply_changes(row, values, relations=relations, verb="position.revised", actor=actor)


def _remove(actor: Participant, position: Position) -> None:
    audit.record(
        "position.withdrawn",
        position,
        actor=actor,
        scope_id=position.workshop_id,
        before={"text": position.text, "annotation": position.annotation_id},
    )
    position.delete()


def _count_up(annotation: Annotation) -> None:
    # Its readers saw it with its sides: whoever edits it as it was is told.
    Annotation.objects.filter(pk=annotation.pk).update(version=F("version") + 1)


def _checked(
    actor: Participant, changes: PositionChanges, annotation_id: uuid.UUID, *, unrecorded: bool
) -> dict[str, Any]:
    values: dict[str, Any] = {**changes}
    for name in TEXTS:
        if name in values:
            values[name] = line(values[name])
    if values.get("text") == "" and not values.get("unrecorded", unrecorded):
        raise refuse("text", EMPTY)
    answered = values.get("answers")
    if answered is not None and answered.annotation_id != annotation_id:
        raise refuse("answers", NOT_ANSWERED)
    one_way(values)
    check_groups(actor.workshop, values.get("holders", ()))
    return values
