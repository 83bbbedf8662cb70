"""The groups that participants belong to."""

from typing import Any

from django.db import transaction

from apps.core import audit
from apps.core.editing import apply_changes, check, lock_version
from apps.core.permissions import require
from apps.participants.models import Group
from apps.workshops.actors import Actor


@transaction.atomic
def add_group(*, actor: Actor, singular: str, plural: str) -> Group:
    """Add a group on the main axis of the actor's workshop and return it.

    The owner may, until the workshop is published. Raises `NotPermitted`, and `RuleViolation`
    when there is a group of that name.
    """
    require(actor, "workshops.set_up", actor.workshop)
    workshop = actor.workshop
    axis = workshop.main_axis
    group = Group(
        workshop=workshop,
        singular=singular,
        plural=plural,
        axis=axis,
        order=Group.objects.filter(workshop=workshop, axis=axis).count(),
    )
    check(group)
    group.save(force_insert=True)
    audit.record("group.added", group, actor=actor, scope_id=workshop.pk, after={"plural": plural})
    return group


@transaction.atomic
def change_group(*, actor: Actor, group: Group, version: int | None = None, **values: Any) -> Group:
    """Call a group otherwise; what is left out stays as it is.

    The owner may, until the workshop is published. Raises `NotPermitted`, `Conflict` when
    `version` isn't the group's any more, and `RuleViolation` when another has that name.
    """
    require(actor, "workshops.set_up", group)
    row: Group = lock_version(Group.objects.all(), group.pk, version)
    apply_changes(row, values, verb="group.changed", actor=actor)
    return row
