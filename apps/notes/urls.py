"""Addresses of notes."""

from django.urls import path

from apps.notes.views import notes

app_name = "notes"
urlpatterns = [
    path("<uuid:note_id>/", notes.detail, name="detail"),
    path("<uuid:note_id>/edit/", notes.edit, name="edit"),
    path("<uuid:note_id>/speaker/", notes.speaker, name="speaker"),
]
