"""Recording, revising, ordering and withdrawing annotations."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Unpack

from django.db import transaction

from apps.annotations.models import SIDED, Annotation, Kind, Modality
from apps.annotations.services.given import (
    AnnotationChanges,
    PositionGiven,
    check_groups,
    check_session,
    check_unused,
    line,
    one_way,
    refuse,
)
from apps.annotations.services.positions import put_positions
from apps.core import audit
from apps.core.editing import apply_changes, check, lock_version
from apps.core.ordering import move, next_order
from apps.participants.models import Group, Participant
from apps.themes.models import Theme
from apps.workshops.models import Session, Workshop
from apps.workshops.services.asking import require_now

EMPTY = "Say what was found, in one sentence."
NO_BASIS = "Say how the consensus is known: a count, a show of hands, the sense of the room…"
SIDES_LEFT = (
    "Only a divergence or a group difference has positions. Keep one of these kinds, "
    "or remove the positions."
)


@transaction.atomic
def record_annotation(
    *,
    actor: Participant,
    theme: Theme,
    kind: str,
    claim: str,
    about: str = "",
    modality: str = Modality.IS,
    strength: str = "",
    basis: str = "",
    quantifier: str = "",
    counted: int | None = None,
    counted_of: int | None = None,
    holders: Collection[Group] = (),
    certainty: str = "",
    scope_conditions: str = "",
    session: Session | None = None,
    positions: Sequence[PositionGiven] = (),
) -> Annotation:
    """Record a finding on `theme`, after those that are there, with its positions.

    The facilitation team may, until the workshop is published. A divergence may wait for its
    positions. Raises `NotPermitted`, and `RuleViolation` for an empty claim, a consensus without
    a basis, positions of a kind that has none, or something of another workshop.
    """
    require_now(actor, "annotations.record", theme)
    values = {
        "kind": kind,
        "claim": claim,
        "about": about,
        "modality": modality,
        "strength": strength,
        "basis": basis,
        "quantifier": quantifier,
        "counted": counted,
        "counted_of": counted_of,
        "certainty": certainty,
        "scope_conditions": scope_conditions,
        "session": session,
    }
    # Two at once would get the same place.
    Theme.objects.select_for_update().get(pk=theme.pk)
    annotation = Annotation(
        workshop=actor.workshop,
        theme=theme,
        order=next_order(Annotation.objects.filter(theme=theme)),
        **_checked(actor.workshop, values),
    )
    check_groups(actor.workshop, holders)
    _check_whole(annotation, has_positions=bool(positions))
    check(annotation)
    annotation.save(force_insert=True)
    annotation.holders.set(holders)
    put_positions(actor=actor, annotation=annotation, positions=positions)
    audit.record(
        "annotation.recorded",
        annotation,
        actor=actor,
        scope_id=annotation.workshop_id,
        after={"kind": kind, "claim": annotation.claim, "theme": theme},
    )
    return annotation


@transaction.atomic
def revise_annotation(
    *,
    actor: Participant,
    annotation: Annotation,
    version: int | None = None,
    positions: Sequence[PositionGiven] = (),
    withdrawn: Collection[uuid.UUID] = (),
    **changes: Unpack[AnnotationChanges],
) -> Annotation:
    """Change what `annotation` says, and return it.

    `positions` are put beside those that are there, or in the place of those whose `id` they
    carry; only those in `withdrawn` are removed. The facilitation team may, until the workshop is
    published. Raises `NotPermitted`, `RuleViolation` as `record_annotation`, and `Conflict` when
    `version` isn't the annotation's any more.
    """
    require_now(actor, "annotations.revise", annotation)
    row: Annotation = lock_version(Annotation.objects.all(), annotation.pk, version)
    values: dict[str, Any] = {**changes}
    relations = {"holders": values.pop("holders")} if "holders" in values else {}
    check_groups(actor.workshop, relations.get("holders", ()))
    values = _checked(actor.workshop, values)
    touched = put_positions(actor=actor, annotation=row, positions=positions, withdrawn=withdrawn)
    whole = Annotation(kind=values.get("kind", row.kind), basis=values.get("basis", row.basis))
    _check_whole(whole, has_positions=row.positions.exists())
    changed = apply_changes(
        row, values, relations=relations, verb="annotation.revised", actor=actor
    )
    if touched and not changed:
        # What stands under the annotation is part of what its readers saw.
        row.version += 1
        row.save(update_fields=["version"])
    return row


@transaction.atomic
def move_annotation(*, actor: Participant, annotation: Annotation, by: int) -> bool:
    """Move `annotation` up (-1) or down (1) among those of its theme; False at the end of them.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`.
    """
    require_now(actor, "annotations.revise", annotation)
    moved = move(Annotation.objects.filter(theme=annotation.theme_id), annotation, by)
    if moved:
        audit.record("annotation.moved", annotation, actor=actor, scope_id=annotation.workshop_id)
    return moved


@transaction.atomic
def withdraw_annotation(
    *, actor: Participant, annotation: Annotation, version: int | None = None
) -> None:
    """Remove `annotation` with its positions. The notes it cites stay, and so do comments.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, `Conflict`
    when it changed since `version`, and `RuleViolation` when a research question or an outcome
    rests on it.
    """
    require_now(actor, "annotations.withdraw", annotation)
    row: Annotation = lock_version(Annotation.objects.all(), annotation.pk, version)
    check_unused(row)
    audit.record(
        "annotation.withdrawn",
        row,
        actor=actor,
        scope_id=row.workshop_id,
        before={
            "kind": row.kind,
            "claim": row.claim,
            "theme": row.theme_id,
            "positions": [position.text for position in row.positions.all()],
        },
    )
    row.delete()


def _checked(workshop: Workshop, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = dict(values)
    for name in ("claim", "scope_conditions"):
        if name in checked:
            checked[name] = line(checked[name])
    if "claim" in checked and not checked["claim"]:
        raise refuse("claim", EMPTY)
    one_way(checked)
    check_session(workshop, checked.get("session"))
    return checked


def _check_whole(annotation: Annotation, *, has_positions: bool) -> None:
    if annotation.kind == Kind.CONSENSUS and not annotation.basis:
        raise refuse("basis", NO_BASIS)
    if has_positions and annotation.kind not in SIDED:
        raise refuse("kind", SIDES_LEFT)
