"""Addresses of notes."""

from django.urls import path

from apps.notes import views

app_name = "notes"
urlpatterns = [
    path("<uuid:note_id>/", views.detail, name="detail"),
    path("<uuid:note_id>/edit/", views.edit, name="edit"),
    path("<uuid:note_id>/speaker/", views.speaker, name="speaker"),
]
