"""When the name of a group stands for one of its members."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from apps.core.permissions import allowed
from apps.participants.models import Group, Participant
from apps.participants.selectors.groups import as_member
from apps.workshops.models import AttributionRule, Workshop

# A group's name stands for a person only where it doesn't give the person away.
SMALLEST_GROUP = 5
SOMEBODY = "a participant"
_IN_THE_ROSTER = Q(members__removed_at__isnull=True, members__admitted_at__isnull=False)


@dataclass(frozen=True)
class Sized:
    """A group, and how many people on the roster belong to it."""

    group: Group
    size: int

    def may_be_named(self, rule: AttributionRule) -> bool:
        """Say whether its name may stand for a member under `rule`.

        On the record it may, under the Chatham House Rule from five members on, anonymously never.
        """
        if rule == AttributionRule.ANONYMOUS:
            return False
        return rule == AttributionRule.ON_RECORD or self.size >= SMALLEST_GROUP


def sized_groups(workshop: Workshop) -> dict[uuid.UUID, Sized]:
    """Return the groups of `workshop` with their sizes. One query."""
    counted = workshop.groups.annotate(size=Count("members", filter=_IN_THE_ROSTER))
    return {group.pk: Sized(group, group.size) for group in counted}


def group_labels(workshop: Workshop) -> dict[uuid.UUID, str]:
    """Return the label by which a member of each group is shown: "a scholar".

    Under the rule of the whole workshop; groups that may not be named are left out.
    """
    rule = AttributionRule(workshop.attribution_rule)
    return {
        pk: as_member(each.group)
        for pk, each in sized_groups(workshop).items()
        if each.may_be_named(rule)
    }


def groups_shown_to(viewer: Participant) -> QuerySet[Group]:
    """Return the groups whose names `viewer` may read beside a finding, for a `Prefetch`.

    The team, which enters them, all; others those that `group_labels` names.
    """
    groups = Group.objects.filter(workshop=viewer.workshop_id)
    if allowed(viewer, "participants.see_all_groups", viewer.workshop):
        return groups
    return groups.filter(pk__in=group_labels(viewer.workshop))
