"""The lobby: those who joined by the code wait here until somebody of the team lets them in."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from apps.core import audit
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.participants.selectors import waiting_in
from apps.workshops.actors import Actor
from apps.workshops.services import as_it_is_now


def admit(*, actor: Actor, participant: Participant) -> bool:
    """Let `participant`, who waits, into the actor's workshop.

    Owner and facilitators may, until it is archived; raises `NotPermitted`. Returns False for
    somebody who doesn't wait any more: a colleague was quicker.
    """
    return bool(admit_all(actor=actor, shown=[participant.pk]))


@transaction.atomic
def admit_all(*, actor: Actor, shown: Collection[uuid.UUID]) -> int:
    """Let those of `shown` who wait into the actor's workshop; returns how many were.

    Those who came after the list was shown go on waiting: nobody has looked at them. Owner and
    facilitators may, until the workshop is archived; raises `NotPermitted`.
    """
    as_it_is_now(actor)
    require(actor, "participants.admit", actor.workshop)
    waiting = list(waiting_in(actor.workshop).filter(pk__in=shown).select_for_update())
    for participant in waiting:
        participant.admitted_at = timezone.now()
        participant.save(update_fields=["admitted_at"])
        audit.record("participant.admitted", participant, actor=actor, scope_id=actor.workshop_id)
    return len(waiting)


@transaction.atomic
def turn_away(*, actor: Actor, participant: Participant) -> bool:
    """Turn `participant`, who waits, away: nothing is kept of them, and they may come again.

    Owner and facilitators may, until the workshop is archived; raises `NotPermitted`. Returns
    False for somebody who doesn't wait any more.
    """
    as_it_is_now(actor)
    require(actor, "participants.admit", actor.workshop)
    waiting = waiting_in(actor.workshop).filter(pk=participant.pk).select_for_update().first()
    if waiting is None:
        return False
    audit.record("participant.turned_away", waiting, actor=actor, scope_id=actor.workshop_id)
    waiting.delete()
    return True
