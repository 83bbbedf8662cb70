"""Addresses of the memo."""

from django.urls import path

from apps.memos import views

app_name = "memos"
urlpatterns = [
    path("", views.memo, name="memo"),
    path("make/", views.make, name="make"),
    path("settings/", views.set_up, name="settings"),
    path("files/<uuid:file_id>/", views.download, name="file"),
    path("files/<uuid:file_id>/state/", views.file_state, name="file-state"),
    path("files/<uuid:file_id>/retry/", views.retry, name="retry"),
]
