"""Taking a thought that a participant's device kept."""

from django.db import transaction

from apps.core.exceptions import RuleViolation
from apps.notes.services import send_thought
from apps.participants.models import Participant
from apps.themes.services.receipts import is_remembered
from apps.themes.services.taking.notes import written_at
from apps.workshops.devices import Entry, State, Taken
from apps.workshops.models import Session
from apps.workshops.services.asking import require_now

NOWHERE = "The session it was written in isn’t there any more. Choose another and send it again."


@transaction.atomic
def take_thought(*, actor: Participant, entry: Entry) -> Taken:
    """Send the thought of `entry`; one that was taken before stays as it is.

    One that was taken back meanwhile isn't sent again. Participants may. Raises as
    `send_thought`, and `RuleViolation` for a session that is gone.
    """
    require_now(actor, "notes.send_thoughts", actor.workshop)
    if is_remembered(entry.about):
        return Taken(State.SAVED)
    session = Session.objects.filter(workshop=actor.workshop_id, pk=entry.session).first()
    if session is None:
        raise RuleViolation(NOWHERE, fields={"session": NOWHERE})
    send_thought(
        actor=actor,
        session=session,
        text=entry.text(),
        id=entry.about,
        written_at=written_at(entry),
    )
    return Taken(State.SAVED)
