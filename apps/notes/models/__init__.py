"""Notes from the room; and, apart from them, who said them."""

from importlib import import_module

from apps.notes.models.imports import ImportDraft, ImportFormat, NoteImport
from apps.notes.models.notes import (
    MAX_LENGTH,
    Mark,
    Note,
    NoteCounter,
    NoteQuerySet,
    NoteRevision,
    Source,
    standing,
)
from apps.notes.models.thoughts import Thought, ThoughtState

# Django has to know the model. It isn't imported here, so that nothing else comes by it this way:
# `apps.notes.speakers` alone may, and import-linter sees who imports that.
import_module("apps.notes.models.speakers")

__all__ = [
    "MAX_LENGTH", "ImportDraft", "ImportFormat", "Mark", "Note", "NoteCounter", "NoteImport",
    "NoteQuerySet", "NoteRevision", "Source", "Thought", "ThoughtState", "standing",
]  # fmt: skip
