"""Addresses of notes."""

from django.urls import path

from apps.notes.views import history, notes

app_name = "notes"
urlpatterns = [
    path("notes/<uuid:note_id>/", notes.detail, name="detail"),
    path("notes/<uuid:note_id>/edit/", notes.edit, name="edit"),
    path("notes/<uuid:note_id>/history/", history.history, name="history"),
    path("notes/<uuid:note_id>/redact/", history.redact, name="redact"),
    path("notes/<uuid:note_id>/speaker/", notes.speaker, name="speaker"),
]
