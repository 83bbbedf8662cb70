"""Who may record and correct notes, and ask who said one."""

from typing import Any

from apps.core.permissions import permit, predicate
from apps.participants.rules import reads_roster
from apps.workshops.attribution import asks_why
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
