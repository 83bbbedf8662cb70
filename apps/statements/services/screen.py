"""What the screen of the room shows."""

from django.db import transaction

from apps.annotations.services.given import refuse
from apps.core import live
from apps.participants.models import Participant
from apps.statements.models import Round, Screen, Showing
from apps.workshops.services.asking import require_now

SCREEN = "screen"


@transaction.atomic
def show_on_screen(
    *,
    actor: Participant,
    showing: str,
    asked: Round | None = None,
) -> Screen:
    """Let the screen show how to join, a statement, or nothing; it changes at once.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` for a statement that isn't of this workshop.
    """
    require_now(actor, "statements.ask", actor.workshop)
    if showing not in Showing.values:
        raise refuse("showing", "Choose what the screen shows.")
    if showing == Showing.ROUND and (asked is None or asked.workshop_id != actor.workshop_id):
        raise refuse("asked", "Choose a statement of this workshop.")
    values = {"showing": showing}
    kept = {"round": asked} if showing == Showing.ROUND else {}
    screen, _ = Screen.objects.update_or_create(pk=actor.workshop_id, defaults={**values, **kept})
    live.publish(actor.workshop_id, SCREEN)
    return screen
