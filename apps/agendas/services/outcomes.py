"""Recording, revising, ordering and withdrawing outcomes."""

from collections.abc import Collection, Mapping
from typing import Any, Unpack

from django.db import transaction

from apps.agendas.models import Outcome
from apps.agendas.selectors import beside
from apps.agendas.services.given import ELSEWHERE, OutcomeChanges, Pursued, held, split
from apps.annotations.models import Annotation, Modality
from apps.annotations.services.given import refuse
from apps.core import audit
from apps.core.editing import apply_changes, check, lock_version
from apps.core.ordering import move, next_order
from apps.participants.models import Group, Participant
from apps.themes.models import Theme
from apps.workshops.services.asking import require_now

EMPTY = "Say what the day came to, in a sentence or two."
ON_NOTHING = (
    "Say what it rests on: a theme, a finding. If nothing said on the day led to it, mark it "
    "as new."
)
BOTH = "It rests on something, so it isn’t new. Take one of the two away."
ORIGINS = ("rests_on_themes", "rests_on_annotations")
TEXTS = {
    "text": EMPTY, "heading": "", "addressee": "", "owner": "", "horizon": "", "why_here": "",
}  # fmt: skip


@transaction.atomic
def record_outcome(
    *,
    actor: Participant,
    kind: str,
    text: str,
    heading: str = "",
    modality: str = Modality.IS,
    strength: str = "",
    basis: str = "",
    rests_on_themes: Collection[Theme] = (),
    rests_on_annotations: Collection[Annotation] = (),
    new: bool = False,
    addressees: Collection[Group] = (),
    addressee: str = "",
    **more: Unpack[Pursued],
) -> Outcome:
    """Record what the day came to, after what is there.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` for an empty text, for something that neither rests on anything nor is `new`,
    or for something of another workshop.
    """
    require_now(actor, "agendas.edit", actor.workshop)
    values, relations = split(
        actor.workshop,
        {
            "kind": kind,
            "text": text,
            "heading": heading,
            "modality": modality,
            "strength": strength,
            "basis": basis,
            "new": new,
            "addressee": addressee,
            "rests_on_themes": rests_on_themes,
            "rests_on_annotations": rests_on_annotations,
            "addressees": addressees,
            **more,
        },
        texts=TEXTS,
    )
    _check_listed(actor, values)
    outcome = Outcome(workshop=actor.workshop, **values)
    outcome.order = next_order(Outcome.objects.filter(workshop=actor.workshop))
    _check_origins(new=new, rests=held(outcome, relations, ORIGINS))
    check(outcome)
    outcome.save(force_insert=True)
    for name, members in relations.items():
        getattr(outcome, name).set(members)
    audit.record(
        "outcome.recorded",
        outcome,
        actor=actor,
        scope_id=outcome.workshop_id,
        after={"kind": kind, "text": outcome.text},
    )
    return outcome


@transaction.atomic
def revise_outcome(
    *,
    actor: Participant,
    outcome: Outcome,
    version: int | None = None,
    **changes: Unpack[OutcomeChanges],
) -> Outcome:
    """Change what `outcome` says, what it rests on or to whom it is addressed, and return it.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`,
    `RuleViolation` as `record_outcome`, and `Conflict` when `version` isn't the outcome's any more.
    """
    require_now(actor, "agendas.edit", outcome)
    row: Outcome = lock_version(Outcome.objects.all(), outcome.pk, version)
    values, relations = split(actor.workshop, changes, texts=TEXTS)
    _check_listed(actor, values)
    _check_origins(new=values.get("new", row.new), rests=held(row, relations, ORIGINS))
    apply_changes(row, values, relations=relations, verb="outcome.revised", actor=actor)
    return row


@transaction.atomic
def move_outcome(*, actor: Participant, outcome: Outcome, by: int) -> bool:
    """Move `outcome` up (-1) or down (1) under its heading; False at the end of it.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`.
    """
    require_now(actor, "agendas.edit", outcome)
    moved = move(beside(outcome), outcome, by)
    if moved:
        audit.record("outcome.moved", outcome, actor=actor, scope_id=outcome.workshop_id)
    return moved


@transaction.atomic
def withdraw_outcome(*, actor: Participant, outcome: Outcome, version: int | None = None) -> None:
    """Remove `outcome`; what it says stays in the log.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `Conflict` when it changed since `version`.
    """
    require_now(actor, "agendas.edit", outcome)
    row: Outcome = lock_version(Outcome.objects.all(), outcome.pk, version)
    audit.record(
        "outcome.withdrawn",
        row,
        actor=actor,
        scope_id=row.workshop_id,
        before={"kind": row.kind, "text": row.text},
    )
    row.delete()


def _check_listed(actor: Participant, values: Mapping[str, Any]) -> None:
    theme = values.get("listed_under")
    if theme is not None and theme.workshop_id != actor.workshop_id:
        raise refuse("listed_under", ELSEWHERE["rests_on_themes"])


def _check_origins(*, new: bool, rests: bool) -> None:
    if rests and new:
        raise refuse("new", BOTH)
    if not rests and not new:
        raise refuse("rests_on_themes", ON_NOTHING)
