"""The notes of a session as those read along who don't take them: without speakers, ever."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from apps.core.permissions import allowed
from apps.notes.models import Mark, Note
from apps.participants.models import Participant
from apps.participants.selectors.attribution import Attribution, Everybody, ShownTime
from apps.workshops.models import Role, Session
from apps.workshops.rules import TEAM

# So many are shown, the newest; who comes late reads the rest in what is published.
SHOWN = 100


@dataclass(frozen=True)
class FeedNote:
    """A note in the feed: what was said, in what way, and by a member of which group and when as
    far as that may be known.
    """

    id: uuid.UUID
    text: str
    mark: str
    said_by: str
    at: datetime | None


def sessions_with_feed(actor: Participant) -> list[Session]:
    """Return the sessions whose notes `actor` may read along, where the room is first."""
    feeds = Session.objects.filter(workshop=actor.workshop_id, has_feed=True)
    return [
        session
        for session in feeds.order_by("-is_current", "order", "starts_at")
        if allowed(actor, "notes.read_feed", session)
    ]


def feed_of(actor: Participant, session: Session) -> list[FeedNote]:
    """Return the newest notes of `session`, which `actor` may read along, the newest last.

    The team is shown no more than everybody: it may be on the projector. Three queries.
    """
    viewer = Everybody(actor.workshop) if actor.role in TEAM else actor
    attribution = Attribution(viewer)
    notes = Note.objects.filter(session=session).standing().order_by("-sequence")[:SHOWN]
    return [
        FeedNote(
            id=note.pk,
            text=note.text,
            mark="" if note.mark == Mark.REMARK else str(note.get_mark_display()),
            said_by=attribution.group(note.group_id, session),
            at=_minute(
                attribution.time(note.written_at, written_as=Role.FACILITATOR, session=session)
            ),
        )
        for note in reversed(notes)
    ]


def _minute(time: ShownTime | None) -> datetime | None:
    """Return the time if it may be told to the minute: the day is that of the session anyway."""
    return time.at if time and time.to_the_minute else None
