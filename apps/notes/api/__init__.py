"""Notes, and thoughts on their way to being one, over the API."""

from apps.notes.api.notes import NoteOut, NoteViewSet
from apps.notes.api.thoughts import ThoughtViewSet

__all__ = ["NoteOut", "NoteViewSet", "ThoughtViewSet"]
