"""Reading themes and comments: visibility is decided here and nowhere else."""

from apps.themes.selectors.comments import (
    ShownComment,
    comments_held,
    comments_visible_to,
    shown_comments,
)
from apps.themes.selectors.outline import Branch, Outline, themes_visible_to
from apps.themes.selectors.placement import placements
from apps.themes.selectors.unfiled import unfiled_notes

__all__ = [
    "Branch",
    "Outline",
    "ShownComment",
    "comments_held",
    "comments_visible_to",
    "placements",
    "shown_comments",
    "themes_visible_to",
    "unfiled_notes",
]
