"""Ids of what the person who asks may see; anything else "does not exist"."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.annotations.models import Annotation
from apps.annotations.selectors import annotations_visible_to


@extend_schema_field({"type": "string", "format": "uuid"})
class VisibleAnnotation(serializers.PrimaryKeyRelatedField):  # type: ignore[type-arg]
    """The id of a finding."""

    queryset = Annotation.objects.none()

    def get_queryset(self) -> Any:
        """Narrow the choice to findings that the one who asks may see."""
        return annotations_visible_to(self.context["view"].actor)
