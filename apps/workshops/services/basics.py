"""Writing what a workshop is: founding it, and its basics."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from apps.core.editing import apply_changes, check, lock_version
from apps.core.exceptions import RuleViolation
from apps.workshops.actors import Actor
from apps.workshops.consensus import ConsensusRule
from apps.workshops.models import Workshop
from apps.workshops.quantifiers import QuantifierTable
from apps.workshops.selectors import rule_is_relied_on, suggested_day_of_deletion
from apps.workshops.services.asking import require_now
from apps.workshops.services.attribution import check_rule
from apps.workshops.services.deletion import check_ahead, check_deletion_date

ENDS_EARLY = "The last day is before the first."
RELIED_ON = (
    "People have answered under the rule as it stands. Say why it changes: that stands in the "
    "history and in the memo, beside the earlier rule."
)
PURGES_EARLY = "This is before the workshop is over."
DAYS = ("starts_on", "ends_on", "purge_on")


def found_workshop(
    *, title: str, starts_on: date, ends_on: date | None = None, **basics: Any
) -> Workshop:
    """Make the row of a new workshop, with an address made of its title, and return it.

    It ends on the day it starts if nothing else is said, and what is personal is deleted on the
    suggested day. Part of
    `participants.services.start_workshop`, which says who may and makes the rest. Raises
    `RuleViolation` for days in the wrong order and texts that are too long.
    """
    days = {"starts_on": starts_on, "ends_on": ends_on or starts_on}
    _check_days(**days, purge_on=basics.get("purge_on"))
    workshop = Workshop(title=title, **days, **basics)
    check_ahead(workshop, workshop.purge_on)
    _check_thresholds(workshop, {})
    check(workshop, fields={field.name for field in Workshop._meta.fields} - {"slug"})
    if "purge_on" not in basics:
        workshop.purge_on = suggested_day_of_deletion(workshop)
    return save_at_address(workshop)


def save_at_address(workshop: Workshop) -> Workshop:
    """Save the row of a new workshop, with an address made of its title, and return it.

    Raises `RuleViolation` if no address is free.
    """
    slug = slugify(workshop.title)[:70].strip("-") or "workshop"
    for address in (slug, f"{slug}-{get_random_string(6, '23456789abcdefghjkmnpqrstvwxyz')}"):
        workshop.slug = address
        try:
            with transaction.atomic():
                workshop.save(force_insert=True)
        except IntegrityError:
            continue
        return workshop
    raise RuleViolation("Another workshop has this title. Try again, or give it another one.")


@transaction.atomic
def edit_basics(
    *, actor: Actor, version: int | None = None, reason: str = "", **basics: Any
) -> Workshop:
    """Change the basics and the rules of the actor's workshop; those left out stay as they are.

    A consensus rule by which an app holds answers already ("workshops:rule-relied-on") changes
    for a `reason` alone, which the history and the memo tell. The owner may, until it is
    published. Raises `NotPermitted`, `Conflict` when `version` isn't the workshop's any more, and
    `RuleViolation` for days in the wrong order, for an attribution rule that is looser than the
    one under which notes were taken or people joined, for a consensus rule or a table of words
    for how many that contradicts itself, and for a missing reason.
    """
    # It waits for notes that are being recorded: none slips in under the earlier rule.
    require_now(actor, "workshops.set_up", actor.workshop)
    row: Workshop = lock_version(Workshop.objects.all(), actor.workshop_id, version)
    days = {name: basics.get(name, getattr(row, name)) for name in DAYS}
    _check_days(**days)
    check_deletion_date(row, days["purge_on"])
    check_rule(
        row,
        basics.get("attribution_rule", row.attribution_rule),
        keep_speakers=basics.get("keep_speakers"),
    )
    _check_thresholds(row, basics)
    reason = _reason_for(row, basics, reason.strip())
    apply_changes(row, basics, verb="workshop.changed", actor=actor, reason=reason)
    return row


def _check_days(*, starts_on: date, ends_on: date, purge_on: date | None) -> None:
    if ends_on < starts_on:
        raise RuleViolation(ENDS_EARLY, fields={"ends_on": ENDS_EARLY})
    if purge_on is not None and purge_on <= ends_on:
        raise RuleViolation(PURGES_EARLY, fields={"purge_on": PURGES_EARLY})


def _check_thresholds(workshop: Workshop, basics: Mapping[str, Any]) -> None:
    problems: dict[str, str] = {}
    for kept in (ConsensusRule.of(workshop), QuantifierTable.of(workshop)):
        given = {name: basics[name] for name in kept.names() if name in basics}
        problems |= replace(kept, **given).problems()
    if problems:
        raise RuleViolation(" ".join(problems.values()), fields=problems)


def _reason_for(workshop: Workshop, basics: Mapping[str, Any], reason: str) -> str:
    """Return the reason for a change of the consensus rule; empty where none is due."""
    rule = ConsensusRule.of(workshop)
    given = {name: basics[name] for name in rule.names() if name in basics}
    if replace(rule, **given) == rule or not rule_is_relied_on(workshop):
        return ""
    if not reason:
        raise RuleViolation(RELIED_ON, fields={"reason": RELIED_ON})
    return reason
