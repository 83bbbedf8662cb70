"""Themes, what is filed under them, what is said of them, and how they were rearranged."""

from apps.themes.models.rearranging import Descent, Lineage, Rearrangement, RearrangementKind, Step
from apps.themes.models.themes import (
    MENDABLE,
    Comment,
    CommentKind,
    CommentQuerySet,
    CommentState,
    CommentSupport,
    Filing,
    Placement,
    Receipt,
    Suggestion,
    SuggestionRun,
    Theme,
    ThemeQuerySet,
)

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
    "Theme",
    "ThemeQuerySet",
]
