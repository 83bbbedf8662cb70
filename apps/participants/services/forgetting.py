"""Erasing a person: what leads to them goes, what the workshop needs stays without them."""

from django.db import transaction

from apps.core import audit
from apps.core.contributions import contributed
from apps.core.exceptions import RuleViolation
from apps.core.holdings import carry_out
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.participants.selectors import is_last_owner
from apps.workshops.models import Workshop
from apps.workshops.services import as_it_is_now

LAST_OWNER = "You are the only owner. Make somebody else an owner first, then erase yourself."


@transaction.atomic
def forget_person(
    *, actor: Participant, participant: Participant, unanswered: bool = False
) -> dict[str, int]:
    """Erase `participant` and return how many of what was removed.

    Their row is emptied, their links stop working, and what they wrote stands without its author;
    with `unanswered` those of their comments that nobody answered are deleted. Memo versions stay
    as they are. One may oneself, in every phase, also while one waits in the lobby and after one
    was removed; and the owner may at somebody's request. Raises `NotPermitted`, and
    `RuleViolation` for the only owner.
    """
    require(actor, "participants.forget", participant)
    if actor.pk == participant.pk:
        Workshop.objects.select_for_update(no_key=True).get(pk=participant.workshop_id)
    else:
        as_it_is_now(actor)
        require(actor, "participants.forget", participant)
    row = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if is_last_owner(row):
        raise RuleViolation(LAST_OWNER)
    removals = contributed("people:unanswered", participant=row) if unanswered else []
    removed, _ = carry_out([*removals, *contributed("people:forget", participant=row)])
    audit.record("participant.erased", row, actor=actor, scope_id=row.workshop_id)
    participant.refresh_from_db()
    return removed
