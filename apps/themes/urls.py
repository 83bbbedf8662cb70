"""Addresses of the day's notes, of themes and of comments."""

from django.urls import path

from apps.themes.views import (
    comments,
    detail,
    editing,
    exporting,
    importing,
    inbox,
    moderating,
    outline,
    passages,
    rearranging,
    sorting,
    suggesting,
    supporting,
)
from apps.themes.views.capturing import catalogue, rows
from apps.themes.views.capturing import page as capture
from apps.themes.views.capturing.queue import queue

app_name = "themes"
urlpatterns = [
    path("capture/", capture.capture, name="capture"),
    path("capture/queue/", queue, name="queue"),
    path("capture/rows", rows.rows, name="capture_rows"),
    path("capture/catalogue", catalogue.catalogue, name="capture_catalogue"),
    path("capture/import/", importing.import_notes, name="import_notes"),
    path("capture/import/<uuid:text_id>/", importing.check_notes, name="check_notes"),
    path("capture/import/<uuid:text_id>/drop/", importing.drop_notes, name="drop_notes"),
    path("capture/imports/<uuid:import_id>/undo/", importing.undo_import, name="undo_import"),
    path("capture/export/", exporting.export, name="export"),
    path("capture/export/sessions.md", exporting.by_session, name="export_by_session"),
    path("capture/export/themes.md", exporting.by_theme, name="export_by_theme"),
    path("capture/export/notes.csv", exporting.as_table, name="export_table"),
    path("capture/export/notes.json", exporting.as_json, name="export_json"),
    path("themes/", outline.outline, name="outline"),
    path("themes/add/", outline.add, name="add"),
    path("themes/passages/<uuid:note_id>/", passages.mark, name="mark_passage"),
    path("themes/board/", sorting.board, name="board"),
    path("themes/file/", sorting.file, name="file"),
    path("themes/rearrangements/", rearranging.rearrangements, name="rearrangements"),
    path("themes/rearrangements/<uuid:rearrangement_id>/undo/", rearranging.undo, name="undo"),
    path("themes/comments/<uuid:comment_id>/answer/", comments.answer, name="answer"),
    path("themes/comments/<uuid:comment_id>/edit/", comments.edit, name="edit_comment"),
    path("themes/comments/<uuid:comment_id>/hide/", moderating.hide, name="hide_comment"),
    path("themes/comments/<uuid:comment_id>/show/", moderating.show, name="show_comment"),
    path("themes/comments/<uuid:comment_id>/support/", comments.support, name="support_comment"),
    path("themes/suggested/<uuid:suggestion_id>/", suggesting.take, name="take_suggestion"),
    path("themes/suggested/group/", suggesting.make_theme, name="take_group"),
    path("comments/", inbox.inbox, name="inbox"),
    path("comments/yours/", inbox.yours, name="own_comments"),
    path("themes/<uuid:theme_id>/", detail.detail, name="detail"),
    path("themes/<uuid:theme_id>/comments/", comments.comment, name="comment"),
    path("themes/<uuid:theme_id>/notes/", detail.refile, name="refile"),
    path("themes/<uuid:theme_id>/passages/", passages.take_off, name="take_off_passage"),
    path("themes/<uuid:theme_id>/place/", detail.place, name="place"),
    path("themes/<uuid:theme_id>/publish/", detail.publish, name="publish"),
    path("themes/<uuid:theme_id>/unpublish/", detail.unpublish, name="unpublish"),
    path("themes/<uuid:theme_id>/support/", supporting.support, name="support"),
    path("themes/<uuid:theme_id>/edit/", editing.edit, name="edit"),
    path("themes/<uuid:theme_id>/delete/", editing.delete, name="delete"),
    path("themes/<uuid:theme_id>/merge/", rearranging.merge, name="merge"),
    path("themes/<uuid:theme_id>/split/", rearranging.split, name="split"),
    path("themes/<uuid:theme_id>/shift/", outline.shift, name="shift"),
    path("themes/<uuid:theme_id>/reparent/", outline.reparent, name="reparent"),
]
