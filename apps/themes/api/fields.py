"""Ids of what the person who asks may see; anything else "does not exist"."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.notes.models import Note
from apps.notes.selectors import notes_visible_to
from apps.themes.models import Comment, Theme
from apps.themes.selectors import comments_visible_to, themes_visible_to


@extend_schema_field({"type": "string", "format": "uuid"})
class VisibleTheme(serializers.PrimaryKeyRelatedField):  # type: ignore[type-arg]
    """The id of a theme."""

    queryset = Theme.objects.none()

    def get_queryset(self) -> Any:
        """Narrow the choice to themes that the one who asks may see."""
        return themes_visible_to(self.context["view"].actor)


@extend_schema_field({"type": "string", "format": "uuid"})
class VisibleNote(serializers.PrimaryKeyRelatedField):  # type: ignore[type-arg]
    """The id of a note."""

    queryset = Note.objects.none()

    def get_queryset(self) -> Any:
        """Narrow the choice to notes that the one who asks may see."""
        return notes_visible_to(self.context["view"].actor)


@extend_schema_field({"type": "string", "format": "uuid"})
class VisibleComment(serializers.PrimaryKeyRelatedField):  # type: ignore[type-arg]
    """The id of a comment."""

    queryset = Comment.objects.none()

    def get_queryset(self) -> Any:
        """Narrow the choice to comments that the one who asks may see."""
        return comments_visible_to(self.context["view"].actor)
