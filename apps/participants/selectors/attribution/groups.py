"""When the name of a group stands for one of its members."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from apps.core.once import once_a_page
from apps.core.permissions import allowed
from apps.participants.models import Group, Participant
from apps.participants.selectors.groups import as_member
from apps.workshops.models import AttributionRule, Role, Workshop

# A group's name stands for a person only where it doesn't give the person away.
SMALLEST_GROUP = 5
SOMEBODY = "a participant"
# Whoever may be behind the name of a group: participants who agreed to the rule and were let in.
# Not the team, which is shown by its roles, nor those who were only put on the list.
_MAY_BE_MEANT = Q(
    members__role=Role.PARTICIPANT,
    members__consented_at__isnull=False,
    members__admitted_at__isnull=False,
    members__removed_at__isnull=True,
)


@dataclass(frozen=True)
class Sized:
    """A group, and how many it may stand for."""

    group: Group
    size: int
    # Also those who were only put on the list, wait, or left.
    members: int

    def may_be_named(self, rule: AttributionRule) -> bool:
        """Say whether its name may stand for a member under `rule`.

        On the record it may, under the Chatham House Rule for five people or more, anonymously
        never.
        """
        if rule == AttributionRule.ANONYMOUS:
            return False
        return rule == AttributionRule.ON_RECORD or self.size >= SMALLEST_GROUP


@once_a_page
def sized_groups(
    workshop: Workshop, *, without: Participant | None = None
) -> dict[uuid.UUID, Sized]:
    """Return the groups of `workshop` with their sizes, not counting whoever reads (`without`).

    Who reads knows about themselves; and nobody brings a name to light by changing their own
    group. One query a page.
    """
    meant = _MAY_BE_MEANT if without is None else _MAY_BE_MEANT & ~Q(members__pk=without.pk)
    counted = workshop.groups.annotate(size=Count("members", filter=meant), all=Count("members"))
    return {group.pk: Sized(group, group.size, group.all) for group in counted}


def group_to_keep(author: Participant) -> Group | None:
    """Return the group that is kept with what `author` writes now: theirs on the main axis.

    None where it may not stand for them under the rule in force: what is hidden because few had
    joined stays hidden, for when something was written, and who had joined by then, would tell.
    """
    workshop = author.workshop
    if author.role != Role.PARTICIPANT:
        return None
    own = author.memberships.filter(axis=workshop.main_axis).values_list("group", flat=True).first()
    if own is None:
        return None
    sized = sized_groups(workshop)[own]
    rule = AttributionRule(workshop.attribution_rule)
    return sized.group if sized.may_be_named(rule) else None


def group_labels(workshop: Workshop, *, without: Participant | None = None) -> dict[uuid.UUID, str]:
    """Return the label by which a member of each group is shown: "a scholar".

    Under the rule of the whole workshop; groups that may not be named are left out.
    """
    rule = AttributionRule(workshop.attribution_rule)
    return {
        pk: as_member(each.group)
        for pk, each in sized_groups(workshop, without=without).items()
        if each.may_be_named(rule)
    }


def groups_in_file(workshop: Workshop) -> QuerySet[Group]:
    """Return the groups that a file of `workshop` may name beside a finding, for a `Prefetch`.

    On the record all; else those that stand for five people on the list, or for nobody there:
    what was written of a group whose members the site doesn't know gives none of them away.
    """
    rule = AttributionRule(workshop.attribution_rule)
    named = [
        pk
        for pk, each in sized_groups(workshop).items()
        if rule == AttributionRule.ON_RECORD or each.size >= SMALLEST_GROUP or not each.members
    ]
    return Group.objects.filter(pk__in=named)


def groups_shown_to(viewer: Participant) -> QuerySet[Group]:
    """Return the groups whose names `viewer` may read beside a finding, for a `Prefetch`.

    The team, which enters them, all; others those that may be named to them.
    """
    groups = Group.objects.filter(workshop=viewer.workshop_id)
    if allowed(viewer, "participants.see_all_groups", viewer.workshop):
        return groups
    return groups.filter(pk__in=group_labels(viewer.workshop, without=viewer))
