"""What a workshop is made of, over the API."""

from apps.workshops.api.guiding_questions import GuidingQuestionViewSet
from apps.workshops.api.organisations import OrganisationViewSet
from apps.workshops.api.search import SearchViewSet
from apps.workshops.api.sessions import SessionViewSet

__all__ = ["GuidingQuestionViewSet", "OrganisationViewSet", "SearchViewSet", "SessionViewSet"]
