"""Forms about statements, answers, and how the room is asked."""

from apps.statements.forms.statements import (
    AnswerForm,
    LinkForm,
    NewStatementForm,
    PlanForm,
    RoundsForm,
    StatementForm,
)

__all__ = ["AnswerForm", "LinkForm", "NewStatementForm", "PlanForm", "RoundsForm", "StatementForm"]
