"""Writing workshops: their basics, phases, sessions and guiding questions."""

from apps.workshops.services.basics import edit_basics, found_workshop
from apps.workshops.services.deletion import change_deletion_date
from apps.workshops.services.guiding_questions import (
    add_guiding_question,
    change_guiding_question,
)
from apps.workshops.services.phases import as_it_is_now, move_phase
from apps.workshops.services.sessions import add_session, change_session, make_session

__all__ = [
    "add_guiding_question", "add_session", "as_it_is_now", "change_deletion_date",
    "change_guiding_question", "change_session", "edit_basics", "found_workshop", "make_session",
    "move_phase",
]  # fmt: skip
