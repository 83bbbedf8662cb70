"""Addresses of the memo, and of the workshop as a file."""

from django.urls import include, path

from apps.memos.views import memo, workshop_file

app_name = "memos"
of_the_memo = [
    path("", memo.memo, name="memo"),
    path("make/", memo.make, name="make"),
    path("settings/", memo.set_up, name="settings"),
    path("files/<uuid:file_id>/", memo.download, name="file"),
    path("files/<uuid:file_id>/state/", memo.file_state, name="file-state"),
    path("files/<uuid:file_id>/retry/", memo.retry, name="retry"),
]
urlpatterns = [
    path("new/from-a-file/", workshop_file.load, name="load_workshop"),
    path("w/<slug:slug>/file/", workshop_file.about, name="workshop_file"),
    path("w/<slug:slug>/file/workshop.json", workshop_file.take, name="take_workshop"),
    path("w/<slug:slug>/memo/", include(of_the_memo)),
]
