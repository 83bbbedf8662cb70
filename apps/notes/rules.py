"""Who may record and correct notes."""

from apps.core.permissions import permit
from apps.workshops.rules import is_open, is_team

permit("notes.view", is_team)
permit("notes.record", is_team & is_open)
permit("notes.correct", is_team & is_open)
