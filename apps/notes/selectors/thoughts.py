"""Reading what participants sent, before it is a note: its author and the team, nobody else."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import formats

from apps.core.permissions import allowed
from apps.notes.models import Thought, ThoughtState
from apps.participants.models import Participant
from apps.participants.selectors.attribution import Attribution
from apps.workshops.attribution import (
    asks_why,
    keeps_groups,
    keeps_speakers,
    speakers_kept_until,
)
from apps.workshops.models import Session, Workshop


@dataclass(frozen=True)
class ShownThought:
    """A thought as the team sees it: with its author's group, and the name where the rule in
    force lets names stand beside what was said.
    """

    thought: Thought
    said_by: str
    speaker: str


def thoughts_visible_to(actor: Participant) -> QuerySet[Thought]:
    """Return the thoughts that `actor` may read, the oldest first: the team all, others theirs."""
    thoughts = Thought.objects.filter(workshop=actor.workshop_id).select_related("session")
    if allowed(actor, "notes.read_thoughts", actor.workshop):
        return thoughts
    return thoughts.filter(author=actor)


def thoughts_of(author: Participant) -> QuerySet[Thought]:
    """Return what `author` sent and nobody let in, as far as it leads to them, the newest first."""
    sent = Thought.objects.filter(author=author).select_related("session")
    return sent.order_by("-created_at")


def waiting_thoughts(actor: Participant) -> QuerySet[Thought]:
    """Return the thoughts that wait for the team, as far as `actor` may read them."""
    return thoughts_visible_to(actor).filter(state=ThoughtState.WAITING)


def thoughts_by_state(actor: Participant) -> dict[str, list[ShownThought]]:
    """Return the thoughts that wait ("waiting") and those that were set aside ("aside"), as
    `actor` of the team sees them. Three queries.
    """
    attribution = Attribution(actor)
    found: dict[str, list[ShownThought]] = {"waiting": [], "aside": []}
    for thought in thoughts_visible_to(actor).select_related("author"):
        shown = ShownThought(
            thought=thought,
            said_by=attribution.group(thought.group_id, thought.session),
            speaker=attribution.speaker(thought.author, thought.session) if thought.author else "",
        )
        found["waiting" if thought.state == ThoughtState.WAITING else "aside"].append(shown)
    return found


def sessions_taking_thoughts(workshop: Workshop) -> QuerySet[Session]:
    """Return the sessions to which participants may send thoughts, where the room is first."""
    taking = Session.objects.filter(workshop=workshop, takes_thoughts=True)
    return taking.order_by("-is_current", "order", "starts_at")


def what_becomes_of_thoughts(session: Session) -> list[str]:
    """Say to whoever sends a thought to `session` who will read it, and what is kept of them."""
    workshop = session.workshop
    readers = "and those who read along" if session.has_feed else "and nobody else for now"
    told = (
        "The facilitation team reads it first. Only if they let it in, it becomes a note, which "
        f"the team works with {readers}; the memo may print it."
    )
    return [told, _kept_of_the_sender(workshop, session)]


def _kept_of_the_sender(workshop: Workshop, session: Session) -> str:
    if not keeps_groups(workshop, session):
        return "Nothing is kept of who sent it, nor of your group: so it can’t be taken back."
    if not keeps_speakers(workshop, session):
        return (
            "Your group stands with it, unless few belong to it. That you sent it is forgotten "
            "when it is let in."
        )
    until = speakers_kept_until(workshop).astimezone(workshop.zone)
    day = formats.date_format(until, "j F Y")
    if asks_why(workshop, session):
        return (
            "Your group stands with it, unless few belong to it. That you sent it is kept apart "
            f"until {day}, for those of the team who say why they ask."
        )
    return f"The team sees that it is yours, until {day}."
