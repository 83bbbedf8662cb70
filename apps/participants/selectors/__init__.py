"""Reading people: who someone is here, and how others may see them."""

from apps.participants.selectors.attribution import (
    SMALLEST_GROUP,
    SOMEBODY,
    Attribution,
    group_labels,
    groups_shown_to,
)
from apps.participants.selectors.being_here import HERE, participant_in, participations_of
from apps.participants.selectors.deletion import (
    REMINDED,
    days_left,
    moved_dates,
    purge_report,
    what_goes,
    what_stays,
)
from apps.participants.selectors.groups import as_member, groups_of
from apps.participants.selectors.history import people_named
from apps.participants.selectors.oneself import held_on, is_last_owner, row_of

__all__ = [
    "HERE", "REMINDED", "SMALLEST_GROUP", "SOMEBODY", "Attribution", "as_member", "days_left",
    "group_labels", "groups_of", "groups_shown_to", "held_on", "is_last_owner", "moved_dates",
    "participant_in", "participations_of", "people_named", "purge_report", "row_of", "what_goes",
    "what_stays",
]  # fmt: skip
