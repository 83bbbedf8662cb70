"""Hands that were counted, before and after somebody confirmed them."""

import uuid
from dataclasses import dataclass

from apps.participants.models import Group
from apps.participants.selectors import groups_of
from apps.statements.measures.counts import Counts
from apps.statements.models import HandCount, Round
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import Workshop

ROOM, IN_NONE = "The whole room", "In no group"


@dataclass(frozen=True)
class Hands:
    """The hands of a group, of those in none, or of the whole room; none where none are entered."""

    group: Group | None
    label: str
    counts: Counts

    @property
    def key(self) -> uuid.UUID | None:
        """By what the services know whose hands they are."""
        return self.group.pk if self.group else None


def hands_for(workshop: Workshop, asked: Round) -> list[Hands]:
    """Return what was entered for `asked`, for each group of the main axis and for those of none.

    Under the anonymous rule, and where there are no groups, for the whole room; so are those that
    were entered by group before the rule became stricter. Two queries.
    """
    groups = groups_of(workshop) if keeps_groups(workshop) else []
    entered = {
        each.group_id: Counts(each.agree, each.disagree, each.unsure)
        for each in HandCount.objects.filter(round=asked)
    }
    found = [
        Hands(group, f"{group.plural[:1].upper()}{group.plural[1:]}", counts)
        for group in groups
        for counts in [entered.pop(group.pk, Counts())]
    ]
    # Whatever is left is nobody's group here.
    return [*found, Hands(None, IN_NONE if groups else ROOM, Counts.total(entered.values()))]
