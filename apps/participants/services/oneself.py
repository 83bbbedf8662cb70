"""What one changes about oneself."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core import audit
from apps.core.editing import apply_changes, lock_version
from apps.core.permissions import require
from apps.participants.models import Group, Participant
from apps.participants.selectors.telling import TELLING
from apps.participants.services.memberships import put_into_group
from apps.participants.services.speaking import speaking_for_oneself
from apps.workshops.services import as_it_is_now

# Who someone is stands in their row alone, where erasing reaches it.
UNLOGGED = frozenset({"display_name", "affiliation", "email"})
_AS_IT_IS: Any = object()


@transaction.atomic
def change_oneself(
    *,
    actor: Participant,
    version: int | None = None,
    group: Group | None = _AS_IT_IS,
    **values: Any,
) -> Participant:
    """Change one's own name, affiliation, listing or attribution, or one's group on the main axis.

    What is left out stays as it is. Whoever started the workshop agrees to the rule by letting
    something be told of them, as others do by coming in. Everybody here may, until what is
    personal has been deleted. Raises `NotPermitted`, `Conflict` when `version` isn't the row's any
    more, and `RuleViolation` for what the row can't hold and for a group under the anonymous rule.
    """
    require(actor, "participants.change_oneself", actor)
    as_it_is_now(actor)
    require(actor, "participants.change_oneself", actor)
    row: Participant = lock_version(Participant.objects.all(), actor.pk, version)
    row.workshop = actor.workshop
    if group is not _AS_IT_IS and put_into_group(row, group):
        # Which one stands in the list of people, where erasing reaches it.
        audit.record("participant.group_chosen", row, actor=actor, scope_id=row.workshop_id)
    given = {name: value.strip() if name in UNLOGGED else value for name, value in values.items()}
    if row.consented_at is None and any(
        given.get(name, least) != least for name, (least, *_) in TELLING.items()
    ):
        given["consented_at"] = timezone.now()
    with speaking_for_oneself(row):
        apply_changes(row, given, verb="participant.changed", actor=actor, unlogged=UNLOGGED)
    return row
