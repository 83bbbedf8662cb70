"""Forms about statements, answers, and how the room is asked."""

from apps.statements.forms.hands import HandsForm
from apps.statements.forms.screen import ShowForm, Step, StepForm
from apps.statements.forms.statements import (
    AnswerForm,
    LinkForm,
    NewStatementForm,
    PlanForm,
    RoundsForm,
    StatementForm,
)

__all__ = [
    "AnswerForm", "HandsForm", "LinkForm", "NewStatementForm", "PlanForm", "RoundsForm", "ShowForm",
    "StatementForm", "Step", "StepForm",
]  # fmt: skip
