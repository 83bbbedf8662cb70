"""Notes over the API."""

from apps.notes.api.notes import NoteOut, NoteViewSet

__all__ = ["NoteOut", "NoteViewSet"]
