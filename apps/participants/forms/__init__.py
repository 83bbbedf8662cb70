"""Forms about people."""

from apps.participants.forms.groups import GroupForm
from apps.participants.forms.joining import CodeForm, JoinForm

__all__ = ["CodeForm", "GroupForm", "JoinForm"]
