"""Settling how the room is asked."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.annotations.services.given import refuse
from apps.core.editing import apply_changes, lock_version
from apps.participants.models import Participant
from apps.statements.models import AskingPlan
from apps.workshops.services.asking import require_now

NO_REASON = (
    "People have answered under the plan as it stands. Say why it changes: it stands in the "
    "history and in the memo."
)
SMALLER = (
    "People have answered, and were told that nothing is said of fewer than {}. It can only "
    "become more."
)
# What people have not been promised anything by.
FREE = {"takes_proposals", "scale"}


@transaction.atomic
def change_plan(
    *, actor: Participant, version: int | None = None, reason: str = "", **values: Any
) -> AskingPlan:
    """Set how the room is asked; what is left out stays as it is.

    The owner may, until the workshop is published. Once somebody has answered a change needs a
    `reason`, and groups of whom nothing is told can only become larger. Raises `NotPermitted`,
    `Conflict` when `version` isn't the plan's any more, and `RuleViolation`.
    """
    require_now(actor, "statements.plan", actor.workshop)
    AskingPlan.objects.get_or_create(pk=actor.workshop_id)
    row: AskingPlan = lock_version(AskingPlan.objects.all(), actor.workshop_id, version)
    if row.first_answer_at is not None:
        smallest = values.get("smallest_group", row.smallest_group)
        if smallest < row.smallest_group:
            raise refuse("smallest_group", SMALLER.format(row.smallest_group))
        changed = {name for name, value in values.items() if getattr(row, name) != value}
        if changed - FREE and not reason.strip():
            raise refuse("reason", NO_REASON)
    apply_changes(row, values, verb="asking_plan.changed", actor=actor, reason=reason.strip())
    return row


def mark_first_answer(workshop_id: uuid.UUID) -> None:
    """Let plan and rule of a workshop stand from now on, for something was answered under them.

    Part of whatever takes answers, which says who may.
    """
    AskingPlan.objects.get_or_create(pk=workshop_id)
    AskingPlan.objects.filter(pk=workshop_id, first_answer_at=None).update(
        first_answer_at=timezone.now()
    )
