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
from apps.themes.selectors.outline import (
    Branch,
    Outline,
    on_themes_visible_to,
    outline_for,
    place_in_words,
    themes_visible_to,
)
from apps.themes.selectors.placement import placements
from apps.themes.selectors.rearrangements import (
    Relative,
    ShownRearrangement,
    rearrangements_visible_to,
    relatives_of,
    shown_rearrangements,
    successor_of,
)
from apps.themes.selectors.suggesting import proposals, suggested, suggestions_for
from apps.themes.selectors.supporting import Supported, supported
from apps.themes.selectors.unfiled import unfiled_notes

__all__ = [
    "Branch",
    "Outline",
    "Relative",
    "Showing",
    "ShownComment",
    "ShownRearrangement",
    "Supported",
    "by_theme",
    "comments_asked_for",
    "comments_held",
    "comments_to_answer",
    "comments_visible_to",
    "on_themes_visible_to",
    "outline_for",
    "own_comments",
    "place_in_words",
    "placements",
    "proposals",
    "rearrangements_visible_to",
    "relatives_of",
    "shown_comments",
    "shown_rearrangements",
    "successor_of",
    "suggested",
    "suggestions_for",
    "supported",
    "supports_held",
    "themes_visible_to",
    "unfiled_notes",
]
