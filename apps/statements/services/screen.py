"""What the screen of the room shows."""

from django.db import transaction

from apps.annotations.services.given import refuse
from apps.core import live
from apps.participants.models import Participant
from apps.statements.models import Round, RoundState, Screen, Showing
from apps.statements.services.rounds import open_rounds, reveal_rounds
from apps.workshops.services.asking import require_now

SCREEN = "screen"
NO_SUCH_SHOWING = "Choose what the screen shows."
NOT_OF_HERE = "Choose a statement of this workshop."
NOT_ASKED = "This isn’t asked yet. Open it, and the screen shows it."


@transaction.atomic
def show_on_screen(
    *,
    actor: Participant,
    showing: str,
    asked: Round | None = None,
) -> Screen:
    """Let the screen show how to join, a statement, or nothing; it changes at once.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` for a statement that isn't of this workshop, or that wasn't opened yet.
    """
    require_now(actor, "statements.ask", actor.workshop)
    if showing not in Showing.values:
        raise refuse("showing", NO_SUCH_SHOWING)
    kept: dict[str, Round] = {}
    if showing == Showing.ROUND:
        row = _of_here(actor, asked)
        if row.state == RoundState.DRAFT:
            raise refuse("round", NOT_ASKED)
        kept = {"round": row}
    values = {"showing": showing, **kept}
    screen, _ = Screen.objects.update_or_create(pk=actor.workshop_id, defaults=values)
    live.publish(actor.workshop_id, SCREEN)
    return screen


@transaction.atomic
def open_on_screen(*, actor: Participant, asked: Round, again: bool = False) -> Screen:
    """Open the round `asked` and show it, so that the room sees at once what it is asked.

    As `open_rounds`, and refused for the same reasons.
    """
    open_rounds(actor=actor, rounds=[asked], again=again)
    return show_on_screen(actor=actor, showing=Showing.ROUND, asked=asked)


@transaction.atomic
def reveal_on_screen(*, actor: Participant, asked: Round) -> Screen:
    """Reveal what the round `asked` came to, and show it.

    As `reveal_rounds`, and refused for the same reasons.
    """
    reveal_rounds(actor=actor, rounds=[asked])
    return show_on_screen(actor=actor, showing=Showing.ROUND, asked=asked)


def _of_here(actor: Participant, asked: Round | None) -> Round:
    row = asked and Round.objects.filter(workshop=actor.workshop_id, pk=asked.pk).first()
    if row is None:
        raise refuse("round", NOT_OF_HERE)
    return row
