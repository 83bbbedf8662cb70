"""Forms about statements, answers, and how the room is asked."""

from apps.statements.forms.statements import (
    AnswerForm,
    NewStatementForm,
    PlanForm,
    RoundsForm,
    StatementForm,
)

__all__ = ["AnswerForm", "NewStatementForm", "PlanForm", "RoundsForm", "StatementForm"]
