"""Writing themes, filings and comments."""

from apps.themes.services.comments import (
    comment_on_theme,
    decide_comment,
    edit_comment,
    reply_to_comment,
)
from apps.themes.services.deleting import delete_theme
from apps.themes.services.filing import capture_note, file_notes, unfile_notes
from apps.themes.services.moderating import hide_comment, show_comment
from apps.themes.services.outline import (
    add_theme,
    edit_theme,
    place_theme,
    publish_theme,
    reparent_theme,
    shift_theme,
    unpublish_theme,
)
from apps.themes.services.suggesting import suggest, take_group, take_suggestion
from apps.themes.services.supporting import support_comment, withdraw_comment_support

__all__ = [
    "add_theme",
    "capture_note",
    "comment_on_theme",
    "decide_comment",
    "delete_theme",
    "edit_comment",
    "edit_theme",
    "file_notes",
    "hide_comment",
    "place_theme",
    "publish_theme",
    "reparent_theme",
    "reply_to_comment",
    "shift_theme",
    "show_comment",
    "suggest",
    "support_comment",
    "take_group",
    "take_suggestion",
    "unfile_notes",
    "unpublish_theme",
    "withdraw_comment_support",
]
