"""What to study next, what the day came to, and what leads from one thing to another."""

from apps.agendas.models.agenda import (
    Outcome,
    OutcomeKind,
    OutcomeState,
    QuestionKind,
    ResearchQuestion,
)
from apps.agendas.models.links import ENDS, Link, LinkKind

__all__ = [
    "ENDS", "Link", "LinkKind", "Outcome", "OutcomeKind", "OutcomeState", "QuestionKind",
    "ResearchQuestion",
]  # fmt: skip
