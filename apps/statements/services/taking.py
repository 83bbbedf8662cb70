"""Taking an answer that a participant's device kept."""

from apps.participants.models import Participant
from apps.statements.services.answering import respond
from apps.workshops.devices import Entry, State, Taken

# What no scale has.
NONE = 99


def take_response(*, actor: Participant, entry: Entry) -> Taken:
    """Take the answer of `entry` to the round that it is about; the same sent twice is one.

    Who may, and what is raised, as `respond`.
    """
    value, nth = entry.fields.get("value"), entry.fields.get("nth")
    respond(
        actor=actor,
        asked=entry.about,
        value=value if type(value) is int else NONE,
        reason=entry.text("reason"),
        key=entry.text("key"),
        nth=nth if type(nth) is int else None,
    )
    return Taken(State.SAVED)
