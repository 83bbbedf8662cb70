"""Forms about people."""

from apps.participants.forms.deletion import DeletionDateForm, PurgeNowForm
from apps.participants.forms.groups import GroupForm
from apps.participants.forms.joining import AcceptForm, CodeForm, JoinForm, PlaceForm
from apps.participants.forms.oneself import EraseForm, OneselfForm, values_of_oneself

__all__ = [
    "AcceptForm", "CodeForm", "DeletionDateForm", "EraseForm", "GroupForm", "JoinForm",
    "OneselfForm", "PlaceForm", "PurgeNowForm", "values_of_oneself",
]  # fmt: skip
