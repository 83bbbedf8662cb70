"""The workshop, its days and its questions."""

from apps.workshops.models.choices import (
    AttributionRule,
    Mode,
    OrganisationRole,
    Phase,
    QuestionOrigin,
    QuestionState,
    Role,
    SessionKind,
)
from apps.workshops.models.workshops import (
    FIRST_DAY,
    LAST_DAY,
    GuidingQuestion,
    Organisation,
    SearchEntry,
    Session,
    Workshop,
    in_calendar,
    validate_time_zone,
)

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "AttributionRule",
    "GuidingQuestion",
    "Mode",
    "Organisation",
    "OrganisationRole",
    "Phase",
    "QuestionOrigin",
    "QuestionState",
    "Role",
    "SearchEntry",
    "Session",
    "SessionKind",
    "Workshop",
    "in_calendar",
    "validate_time_zone",
]
