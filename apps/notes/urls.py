"""Addresses of notes, of thoughts on their way to being one, and of the feed."""

from django.urls import path

from apps.notes.views import feed, history, notes, thoughts

app_name = "notes"
urlpatterns = [
    path("notes/<uuid:note_id>/", notes.detail, name="detail"),
    path("notes/<uuid:note_id>/edit/", notes.edit, name="edit"),
    path("notes/<uuid:note_id>/history/", history.history, name="history"),
    path("notes/<uuid:note_id>/redact/", history.redact, name="redact"),
    path("notes/<uuid:note_id>/speaker/", notes.speaker, name="speaker"),
    path("thoughts/", thoughts.thoughts, name="thoughts"),
    path("thoughts/waiting/", thoughts.waiting, name="waiting_thoughts"),
    path("thoughts/<uuid:thought_id>/take-back/", thoughts.take_back, name="take_back_thought"),
    path("thoughts/<uuid:thought_id>/let-in/", thoughts.let_in, name="let_in_thought"),
    path("thoughts/<uuid:thought_id>/set-aside/", thoughts.set_aside, name="set_aside_thought"),
    path("thoughts/<uuid:thought_id>/bring-back/", thoughts.bring_back, name="bring_back_thought"),
    path("feed/", feed.feed, name="feed"),
]
