"""Forms about people."""

from apps.participants.forms.deletion import DeletionDateForm, PurgeNowForm
from apps.participants.forms.groups import GroupForm
from apps.participants.forms.joining import CodeForm, JoinForm
from apps.participants.forms.oneself import EraseForm, OneselfForm, values_of_oneself

__all__ = [
    "CodeForm", "DeletionDateForm", "EraseForm", "GroupForm", "JoinForm", "OneselfForm",
    "PurgeNowForm", "values_of_oneself",
]  # fmt: skip
