"""The groups that people belong to."""

from apps.participants.models import Group
from apps.workshops.models import Workshop


def groups_of(workshop: Workshop) -> list[Group]:
    """Return the groups of the workshop's main axis, in order."""
    return list(workshop.groups.filter(axis=workshop.main_axis))


def as_member(group: Group) -> str:
    """Return what a member of `group` is called: "a scholar"."""
    article = "an" if group.singular[:1].lower() in "aeiou" else "a"
    return f"{article} {group.singular}"
