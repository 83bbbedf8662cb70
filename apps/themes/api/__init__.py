"""Themes and comments over the API."""

from apps.themes.api.comments import CommentViewSet
from apps.themes.api.rearrangements import RearrangementViewSet
from apps.themes.api.themes import ThemeViewSet

__all__ = ["CommentViewSet", "RearrangementViewSet", "ThemeViewSet"]
