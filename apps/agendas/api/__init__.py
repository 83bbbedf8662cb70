"""Research questions, outcomes, and what leads from one thing to another, over the API."""

from apps.agendas.api.agenda import OutcomeViewSet, ResearchQuestionViewSet
from apps.agendas.api.links import LinkViewSet

__all__ = ["LinkViewSet", "OutcomeViewSet", "ResearchQuestionViewSet"]
