"""Writing workshops: their basics, phases, sessions, guiding questions and organisations."""

from apps.workshops.services.basics import edit_basics, found_workshop, save_at_address
from apps.workshops.services.deletion import change_deletion_date, tomorrow
from apps.workshops.services.guiding_questions import (
    AskedQuestion,
    add_guiding_question,
    add_guiding_questions,
    change_guiding_question,
    move_guiding_question,
    remove_guiding_question,
)
from apps.workshops.services.organisations import (
    add_organisation,
    change_organisation,
    move_organisation,
    remove_organisation,
)
from apps.workshops.services.phases import as_it_is_now, move_phase
from apps.workshops.services.sessions import (
    PlannedSession,
    add_session,
    add_sessions,
    change_session,
    make_session,
    move_session,
    remove_session,
)
from apps.workshops.services.steering import go_to_session, open_session

__all__ = [
    "AskedQuestion", "PlannedSession", "add_guiding_question", "add_guiding_questions",
    "add_organisation", "add_session", "add_sessions", "as_it_is_now", "change_deletion_date",
    "change_guiding_question", "change_organisation", "change_session", "edit_basics",
    "found_workshop", "go_to_session", "make_session", "move_guiding_question",
    "move_organisation", "move_phase", "move_session", "open_session", "remove_guiding_question",
    "remove_organisation", "remove_session", "save_at_address", "tomorrow",
]  # fmt: skip
