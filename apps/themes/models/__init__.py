"""Themes, what is filed under them, what is said of them, and how they were rearranged."""

from apps.themes.models.comments import (
    MENDABLE,
    Comment,
    CommentKind,
    CommentQuerySet,
    CommentState,
    CommentSupport,
)
from apps.themes.models.rearranging import Descent, Lineage, Rearrangement, RearrangementKind, Step
from apps.themes.models.suggestions import Suggestion, SuggestionRun
from apps.themes.models.supporting import Support, ThemeSupport, supported_once
from apps.themes.models.themes import Filing, Placement, Receipt, Theme, ThemeQuerySet

__all__ = [
    "MENDABLE",
    "Comment",
    "CommentKind",
    "CommentQuerySet",
    "CommentState",
    "CommentSupport",
    "Descent",
    "Filing",
    "Lineage",
    "Placement",
    "Rearrangement",
    "RearrangementKind",
    "Receipt",
    "Step",
    "Suggestion",
    "SuggestionRun",
    "Support",
    "Theme",
    "ThemeQuerySet",
    "ThemeSupport",
    "supported_once",
]
