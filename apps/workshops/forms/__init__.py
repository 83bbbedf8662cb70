"""Forms about a workshop, its sessions and its questions."""

from apps.workshops.forms.basics import BasicsForm
from apps.workshops.forms.phases import PhaseForm
from apps.workshops.forms.questions import GuidingQuestionForm
from apps.workshops.forms.sessions import SessionForm

__all__ = ["BasicsForm", "GuidingQuestionForm", "PhaseForm", "SessionForm"]
