"""Forms about a workshop, its sessions, its questions and its rules."""

from apps.workshops.forms.basics import BasicsForm, StartForm
from apps.workshops.forms.organisations import OrganisationForm
from apps.workshops.forms.phases import PhaseForm
from apps.workshops.forms.programme import (
    PlannedSessions,
    ProgrammeForm,
    UnreadForm,
    rows_of,
)
from apps.workshops.forms.questions import GuidingQuestionForm, GuidingQuestionsForm
from apps.workshops.forms.rules import AttributionForm, ConsensusForm, PrivacyForm
from apps.workshops.forms.sessions import SessionForm

__all__ = [
    "AttributionForm", "BasicsForm", "ConsensusForm", "GuidingQuestionForm",
    "GuidingQuestionsForm", "OrganisationForm", "PhaseForm", "PlannedSessions", "PrivacyForm",
    "ProgrammeForm", "SessionForm", "StartForm", "UnreadForm", "rows_of",
]  # fmt: skip
