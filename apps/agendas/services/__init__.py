"""Writing the agenda: research questions and outcomes."""

from apps.agendas.services.links import make_link, remove_link
from apps.agendas.services.outcomes import (
    move_outcome,
    record_outcome,
    revise_outcome,
    withdraw_outcome,
)
from apps.agendas.services.questions import (
    move_question,
    raise_question,
    revise_question,
    withdraw_question,
)

__all__ = [
    "make_link",
    "move_outcome",
    "move_question",
    "raise_question",
    "record_outcome",
    "remove_link",
    "revise_outcome",
    "revise_question",
    "withdraw_outcome",
    "withdraw_question",
]
