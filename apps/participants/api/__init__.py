"""Workshops, groups and people over the API."""

from apps.participants.api.groups import GroupViewSet
from apps.participants.api.oneself import ParticipantViewSet
from apps.participants.api.people import PersonViewSet
from apps.participants.api.workshops import WorkshopViewSet

__all__ = ["GroupViewSet", "ParticipantViewSet", "PersonViewSet", "WorkshopViewSet"]
