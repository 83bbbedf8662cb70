"""Reading people: who someone is here, and how others may see them."""

from apps.participants.selectors.attribution import (
    SMALLEST_GROUP,
    SOMEBODY,
    Attribution,
    group_labels,
    groups_shown_to,
)
from apps.participants.selectors.being_here import HERE, participant_in, participations_of
from apps.participants.selectors.groups import as_member, groups_of

__all__ = [
    "HERE", "SMALLEST_GROUP", "SOMEBODY", "Attribution", "as_member", "group_labels", "groups_of",
    "groups_shown_to", "participant_in", "participations_of",
]  # fmt: skip
