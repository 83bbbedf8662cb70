"""Writing themes, filings and comments."""

from apps.themes.services.comments import (
    comment_on_theme,
    decide_comment,
    edit_comment,
    reply_to_comment,
)
from apps.themes.services.deleting import delete_theme
from apps.themes.services.filing import capture_note, file_notes, unfile_notes
from apps.themes.services.merging import merge_themes
from apps.themes.services.moderating import hide_comment, show_comment
from apps.themes.services.outline import (
    add_theme,
    edit_theme,
    indent_theme,
    outdent_theme,
    place_theme,
    publish_theme,
    reparent_theme,
    shift_theme,
    unpublish_theme,
)
from apps.themes.services.passages import file_passage, take_off_passage
from apps.themes.services.sorting import sort_notes
from apps.themes.services.splitting import split_theme
from apps.themes.services.suggesting import suggest, take_group, take_suggestion
from apps.themes.services.supporting import support, withdraw_support
from apps.themes.services.undoing import undo_rearrangement

__all__ = [
    "add_theme",
    "capture_note",
    "comment_on_theme",
    "decide_comment",
    "delete_theme",
    "edit_comment",
    "edit_theme",
    "file_notes",
    "file_passage",
    "hide_comment",
    "indent_theme",
    "merge_themes",
    "outdent_theme",
    "place_theme",
    "publish_theme",
    "reparent_theme",
    "reply_to_comment",
    "shift_theme",
    "show_comment",
    "sort_notes",
    "split_theme",
    "suggest",
    "support",
    "take_group",
    "take_off_passage",
    "take_suggestion",
    "undo_rearrangement",
    "unfile_notes",
    "unpublish_theme",
    "withdraw_support",
]
