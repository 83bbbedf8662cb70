"""Writing a workshop's phase, and holding it still."""

from typing import Any

from django.db import transaction

from apps.core.contributions import contributed
from apps.core.editing import apply_changes, lock_version
from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.permissions import REFUSAL, require
from apps.workshops.actors import Actor
from apps.workshops.models import Workshop
from apps.workshops.selectors import phase_after, phase_before

NO_REASON = "Say in a few words why: it stands in the history."
NOT_BESIDE = "A workshop moves one phase at a time. It may have moved meanwhile: look again."


def as_it_is_now(actor: Actor) -> None:
    """Let the actor and their workshop be what they are now, until the transaction ends.

    For services whose rules hang on its phase or its attribution rule, or on the actor's role: all
    may have changed since the request began, and whatever changes them takes this lock. Ask the
    rules after this, and lock nothing of the workshop before. Raises `NotPermitted` for somebody
    who takes part no longer.
    """
    look_again(actor, Workshop.objects.select_for_update(no_key=True))


def look_again(actor: Actor, workshops: Any = None) -> None:
    """Let the actor and their workshop, read from `workshops`, be what they are now.

    Raises `NotPermitted` for somebody who takes part no longer.
    """
    actor.workshop.refresh_from_db(from_queryset=workshops)
    actor.refresh_from_db(fields=["role", "admitted_at", "removed_at"])
    if actor.removed_at is not None or actor.admitted_at is None:
        raise NotPermitted(REFUSAL)


@transaction.atomic
def move_phase(*, actor: Actor, workshop: Workshop, phase: str, reason: str = "") -> Workshop:
    """Move `workshop` into the next `phase`, or back into the one before for a `reason`.

    Owner and facilitators may, until what is personal has been deleted. A workshop that is in
    `phase` already stays as it is. Whatever an app does at "workshops:entering" belongs to the
    move. Raises `NotPermitted`, and `RuleViolation` for any other phase, for going back without a
    reason, and when an app finds that it can't be.
    """
    require(actor, "workshops.move_phase", workshop)
    as_it_is_now(actor)
    row: Workshop = lock_version(Workshop.objects.all(), workshop.pk, None)
    require(actor, "workshops.move_phase", row)
    if phase == row.phase:
        return row
    if phase not in {phase_after(row), phase_before(row)}:
        raise RuleViolation(NOT_BESIDE, fields={"phase": NOT_BESIDE})
    if phase == phase_before(row) and not reason.strip():
        raise RuleViolation(NO_REASON, fields={"reason": NO_REASON})
    apply_changes(
        row, {"phase": phase}, verb="workshop.phase_moved", actor=actor, reason=reason.strip()
    )
    actor.workshop.phase = row.phase
    contributed("workshops:entering", actor=actor, phase=row.phase)
    return row
