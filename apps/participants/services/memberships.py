"""To which group somebody belongs."""

from apps.core.exceptions import RuleViolation
from apps.participants.models import Group, GroupMembership, Participant
from apps.workshops.models import AttributionRule

NO_GROUP = "Under the anonymous rule no group is kept."
ELSEWHERE = "This group isn’t one of this workshop."


def put_into_group(row: Participant, group: Group | None) -> bool:
    """Let locked `row` belong to `group`, or to none, on the main axis; say whether that is new.

    Without asking who may, and without a line in the log: for services that asked. Raises
    `RuleViolation` for a group of elsewhere, and for any under the anonymous rule.
    """
    axis = row.workshop.main_axis
    memberships = GroupMembership.objects.filter(participant=row, axis=axis)
    if list(memberships.values_list("group_id", flat=True)) == ([group.pk] if group else []):
        return False
    memberships.delete()
    if group is not None:
        if row.workshop.attribution_rule == AttributionRule.ANONYMOUS:
            raise RuleViolation(NO_GROUP, fields={"group": NO_GROUP})
        if (group.workshop_id, group.axis) != (row.workshop_id, axis):
            raise RuleViolation(ELSEWHERE, fields={"group": ELSEWHERE})
        GroupMembership.objects.create(
            workshop_id=row.workshop_id, participant=row, group=group, axis=axis
        )
    row.version += 1
    row.save(update_fields=["version"])
    return True
