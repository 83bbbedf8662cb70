"""When the list of people is deleted: everyone who joins is told, so it isn't moved lightly."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from apps.core.editing import apply_changes, lock_version
from apps.core.exceptions import RuleViolation
from apps.workshops.actors import Actor
from apps.workshops.models import Workshop
from apps.workshops.services.asking import require_now

TOO_EARLY = "This is before the workshop is over."
NOT_AHEAD = "The earliest day is tomorrow. To delete at once, use “Delete now”."
NO_REASON = "People were told an earlier day. Say in a few words why it moves: they will read it."


@transaction.atomic
def change_deletion_date(
    *, actor: Actor, purge_on: date | None, reason: str = "", version: int | None = None
) -> Workshop:
    """Move the day of deletion of the actor's workshop, or with None set none.

    The owner may, in every phase, until it is done. Raises `NotPermitted`, `Conflict` when
    `version` isn't the workshop's any more, and `RuleViolation` for a day that isn't ahead, and
    for a later day than people were told without a reason.
    """
    require_now(actor, "workshops.change_deletion_date", actor.workshop)
    row: Workshop = lock_version(Workshop.objects.all(), actor.workshop_id, version)
    check_deletion_date(row, purge_on, reason=reason)
    apply_changes(
        row,
        {"purge_on": purge_on},
        verb="workshop.deletion_date_changed",
        actor=actor,
        reason=reason.strip(),
    )
    return row


def check_deletion_date(workshop: Workshop, purge_on: date | None, *, reason: str = "") -> None:
    """Raise `RuleViolation` unless the day of deletion of `workshop` may become `purge_on`."""
    if purge_on == workshop.purge_on:
        return
    check_ahead(workshop, purge_on)
    if not reason.strip() and needs_reason(workshop, purge_on):
        raise RuleViolation(NO_REASON, fields={"reason": NO_REASON})


def check_ahead(workshop: Workshop, purge_on: date | None) -> None:
    """Raise `RuleViolation` unless `purge_on` comes after the workshop's last day, and today."""
    if purge_on is None:
        return
    if purge_on <= workshop.ends_on:
        raise RuleViolation(TOO_EARLY, fields={"purge_on": TOO_EARLY})
    if purge_on < tomorrow(workshop):
        raise RuleViolation(NOT_AHEAD, fields={"purge_on": NOT_AHEAD})


def needs_reason(workshop: Workshop, purge_on: date | None) -> bool:
    """Say whether people were told an earlier day than `purge_on`."""
    if workshop.purge_on is None or (purge_on is not None and purge_on <= workshop.purge_on):
        return False
    return workshop.participants.filter(consented_at__isnull=False).exists()


def tomorrow(workshop: Workshop) -> date:
    """Return the day after today, where the workshop is."""
    return timezone.localdate(timezone=workshop.zone) + timedelta(days=1)
