"""How people are shown to others: the one place where it is decided."""

import uuid

from django.db.models import Count, Q, QuerySet

from apps.core.permissions import allowed
from apps.participants.models import Group, Participant
from apps.participants.selectors.groups import as_member
from apps.workshops.models import AttributionRule, Workshop

# A group's name stands for a person only where it doesn't give the person away.
SMALLEST_GROUP = 5
SOMEBODY = "a participant"


def group_labels(workshop: Workshop) -> dict[uuid.UUID, str]:
    """Return the label by which a member of each group is shown: "a scholar", "a participant".

    Under the Chatham House Rule only for groups that at least five people on the roster belong
    to; under the anonymous rule for none. The one place where this is decided.
    """
    if workshop.attribution_rule == AttributionRule.ANONYMOUS:
        return {}
    floor = 1 if workshop.attribution_rule == AttributionRule.ON_RECORD else SMALLEST_GROUP
    counted = workshop.groups.annotate(
        size=Count("members", filter=Q(members__removed_at__isnull=True))
    )
    return {group.pk: as_member(group) for group in counted if group.size >= floor}


def groups_shown_to(viewer: Participant) -> QuerySet[Group]:
    """Return the groups whose names `viewer` may read beside a finding, for a `Prefetch`.

    The team, which enters them, all; others those that `group_labels` names.
    """
    groups = Group.objects.filter(workshop=viewer.workshop_id)
    if allowed(viewer, "participants.see_all_groups", viewer.workshop):
        return groups
    return groups.filter(pk__in=group_labels(viewer.workshop))


class Attribution:
    """How people are shown to `viewer` in one workshop. Made once a page: two queries in all."""

    def __init__(self, viewer: Participant) -> None:
        self.viewer = viewer
        self.workshop = viewer.workshop
        self.labels = group_labels(self.workshop)

    def group(self, group_id: uuid.UUID | None) -> str:
        """Return the label for something that a member of a group said; empty if not recorded."""
        return self.labels.get(group_id, SOMEBODY) if group_id else ""

    def author(self, author: Participant | None) -> str:
        """Return how the author of a comment is shown: "You", a name, a role or a group."""
        if author is None:
            return SOMEBODY
        return "You" if author.pk == self.viewer.pk else self.to_others(author)

    def to_others(self, author: Participant) -> str:
        """Return how `author` is shown to everybody else.

        The team is shown by role, for what they write they write in that role.
        """
        if author.role in {"owner", "facilitator", "rapporteur"}:
            return f"The {author.get_role_display().lower()}"
        return self.member(author)

    def member(self, author: Participant) -> str:
        """Return how a comment by `author` is shown to others."""
        if self.workshop.attribution_rule == AttributionRule.ON_RECORD and author.display_name:
            return author.display_name
        for membership in author.memberships.all():
            if membership.axis == self.workshop.main_axis:
                return self.labels.get(membership.group_id, SOMEBODY)
        return SOMEBODY
