"""Who may record and correct notes, and ask who said one."""

from typing import Any

from apps.core.permissions import permit, predicate
from apps.participants.rules import reads_roster
from apps.workshops.attribution import asks_why, leaves_no_trace
from apps.workshops.models import Role
from apps.workshops.rules import has_role, is_here, is_open, is_purged, is_team


@predicate
def recorded_it(actor: Any, note: Any) -> bool:
    """The actor wrote the note down."""
    return note.recorded_by_id is not None and bool(note.recorded_by_id == actor.pk)


@predicate
def speakers_are_asked_for(actor: Any, note: Any) -> bool:
    """Who said the note may be kept, and is told to those who say why they ask."""
    return asks_why(actor.workshop, note.session)


@predicate
def leads_to_authors(actor: Any, _subject: Any) -> bool:
    """Who sent something is known for as long as it waits."""
    return not leaves_no_trace(actor.workshop)


@predicate
def sent_it(actor: Any, thought: Any) -> bool:
    """The actor is the thought's author."""
    return thought.author_id is not None and bool(thought.author_id == actor.pk)


@predicate
def has_feed(_actor: Any, session: Any) -> bool:
    """The notes of the session may be read as they are taken."""
    return bool(session.has_feed)


permit("notes.view", is_team)
permit("notes.record", is_team & is_open)
permit("notes.import", is_team & is_open)
permit("notes.export", is_team)
permit("notes.correct", is_team & is_open)
# A name may have to go long after the day.
permit("notes.redact", (is_team & is_open) | (has_role(Role.OWNER) & ~is_purged))
# Somebody is chosen by name, from all of them: by those who read the names anyway.
permit("notes.keep_speaker", reads_roster & is_open)
permit(
    "notes.ask_speaker",
    is_here & speakers_are_asked_for & (has_role(Role.OWNER) | (is_team & recorded_it)),
)
# Participants have a page for their thoughts at all times; which sessions take some, services say.
permit("notes.have_thoughts", has_role(Role.PARTICIPANT))
permit("notes.send_thoughts", has_role(Role.PARTICIPANT) & is_open)
# In every phase: they are the author's own words, until the team lets them in.
permit("notes.take_back_thoughts", has_role(Role.PARTICIPANT) & leads_to_authors)
permit("notes.take_back_thought", has_role(Role.PARTICIPANT) & sent_it)
permit("notes.read_thoughts", is_team)
permit("notes.decide_thoughts", is_team & is_open)
# Participants read along while the switch is on, and the team sees what they see. Observers read
# what is published.
permit("notes.read_along", is_team | has_role(Role.PARTICIPANT))
permit("notes.read_feed", (is_team | has_role(Role.PARTICIPANT)) & is_open & has_feed)
