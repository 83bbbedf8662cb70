"""Reading themes and comments: visibility is decided here and nowhere else."""

from apps.themes.selectors.comments import (
    ShownComment,
    comments_held,
    comments_visible_to,
    shown_comments,
    supports_held,
)
from apps.themes.selectors.inbox import (
    Showing,
    by_theme,
    comments_asked_for,
    comments_to_answer,
    own_comments,
)
from apps.themes.selectors.outline import Branch, Outline, themes_visible_to
from apps.themes.selectors.placement import placements
from apps.themes.selectors.suggesting import proposals, suggested, suggestions_for
from apps.themes.selectors.supporting import Supported, supported
from apps.themes.selectors.unfiled import unfiled_notes

__all__ = [
    "Branch",
    "Outline",
    "Showing",
    "ShownComment",
    "Supported",
    "by_theme",
    "comments_asked_for",
    "comments_held",
    "comments_to_answer",
    "comments_visible_to",
    "own_comments",
    "placements",
    "proposals",
    "shown_comments",
    "suggested",
    "suggestions_for",
    "supported",
    "supports_held",
    "themes_visible_to",
    "unfiled_notes",
]
