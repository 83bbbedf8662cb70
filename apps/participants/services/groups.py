"""The groups that participants belong to."""

from typing import Any

from django.db import transaction

from apps.core import audit, ordering
from apps.core.editing import apply_changes, check, lock_version
from apps.core.exceptions import RuleViolation
from apps.core.ordering import next_order
from apps.core.texts import all_cleaned
from apps.participants.models import Group
from apps.participants.plurals import plural_of, singular_of
from apps.participants.selectors.groups import why_group_stays
from apps.workshops.actors import Actor
from apps.workshops.services.asking import require_now

NAMELESS = "Say what one of them, or several of them, are called."


@transaction.atomic
def add_group(*, actor: Actor, singular: str = "", plural: str = "", axis: str = "") -> Group:
    """Add a group to the actor's workshop and return it.

    On its main axis, if no other is given. Of singular and plural one may be left out: it is
    guessed. The owner may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` when there is a group of that name on the axis.
    """
    require_now(actor, "workshops.set_up", actor.workshop)
    workshop = actor.workshop
    names = all_cleaned({"singular": singular, "plural": plural, "axis": axis})
    if not (names["singular"] or names["plural"]):
        raise RuleViolation(NAMELESS, fields={"plural": NAMELESS})
    names["singular"] = names["singular"] or singular_of(names["plural"])
    names["plural"] = names["plural"] or plural_of(names["singular"])
    names["axis"] = names["axis"] or workshop.main_axis
    siblings = Group.objects.filter(workshop=workshop, axis=names["axis"])
    group = Group(workshop=workshop, order=next_order(siblings), **names)
    check(group)
    group.save(force_insert=True)
    audit.record(
        "group.added", group, actor=actor, scope_id=workshop.pk, after={"plural": group.plural}
    )
    return group


@transaction.atomic
def change_group(*, actor: Actor, group: Group, version: int | None = None, **values: Any) -> Group:
    """Call a group otherwise; what is left out stays as it is.

    The owner may, until the workshop is published. Raises `NotPermitted`, `Conflict` when
    `version` isn't the group's any more, and `RuleViolation` when another has that name.
    """
    require_now(actor, "workshops.set_up", group)
    row: Group = lock_version(Group.objects.all(), group.pk, version)
    apply_changes(row, all_cleaned(values), verb="group.changed", actor=actor)
    return row


@transaction.atomic
def move_group(*, actor: Actor, group: Group, by: int) -> bool:
    """Move `group` up (-1) or down (1) among those of its axis; False at the end of them.

    The owner may, until the workshop is published. Raises `NotPermitted`.
    """
    require_now(actor, "workshops.set_up", group)
    siblings = Group.objects.filter(workshop=group.workshop_id, axis=group.axis)
    moved = ordering.move(siblings, group, by)
    if moved:
        audit.record("group.moved", group, actor=actor, scope_id=group.workshop_id)
    return moved


@transaction.atomic
def remove_group(*, actor: Actor, group: Group, version: int | None = None) -> None:
    """Remove `group`; its name stays in the log.

    The owner may, until the workshop is published. Raises `NotPermitted`, `Conflict` when it
    changed since `version`, and `RuleViolation` while somebody belongs to it, or anything that was
    noted or found names it.
    """
    require_now(actor, "workshops.set_up", group)
    row: Group = lock_version(Group.objects.all(), group.pk, version)
    if reason := why_group_stays(row):
        raise RuleViolation(reason)
    audit.record(
        "group.removed",
        row,
        actor=actor,
        scope_id=row.workshop_id,
        before={"plural": row.plural, "axis": row.axis},
    )
    row.delete()
