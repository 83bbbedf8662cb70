"""The groups that people belong to."""

from itertools import groupby
from typing import Any

from apps.participants.models import Group, GroupMembership
from apps.workshops.models import Workshop


def groups_of(workshop: Workshop) -> list[Group]:
    """Return the groups of the workshop's main axis, in order."""
    return list(workshop.groups.filter(axis=workshop.main_axis))


def axes_of(workshop: Workshop) -> list[tuple[str, list[Group]]]:
    """Return the groups by what they are of, the main axis first."""
    groups = sorted(workshop.groups.all(), key=lambda group: group.axis != workshop.main_axis)
    return [(axis, list(found)) for axis, found in groupby(groups, key=lambda g: g.axis)]


def as_member(group: Group) -> str:
    """Return what a member of `group` is called: "a scholar"."""
    article = "an" if group.singular[:1].lower() in "aeiou" else "a"
    return f"{article} {group.singular}"


def why_group_stays(group: Group) -> str:
    """Say why `group` can't be removed: who belongs to it, in number, or what names it.

    Empty if it can.
    """
    people = GroupMembership.objects.filter(group=group).count()
    if people:
        belong = "One person belongs" if people == 1 else f"{people} people belong"
        return f"{belong} to it. It can go when nobody does."
    # Notes, findings and outcomes belong to apps that stand on this one: whatever points here, by
    # a foreign key or by the rows of a many-to-many field, names the group.
    pointing = [
        field
        for field in Group._meta.get_fields(include_hidden=True)
        if field.one_to_many and field.related_model is not GroupMembership
    ]
    if any(_points(field, group) for field in pointing):
        return "Notes or findings name it, so it stays. If its name is wrong, call it otherwise."
    return ""


def _points(relation: Any, group: Group) -> bool:
    rows = relation.related_model._base_manager.filter(**{relation.field.name: group.pk})
    return bool(rows.exists())
