"""How long texts may be: the model says."""

from typing import Any

from apps.workshops.models import Workshop


def length(field: str, model: Any = Workshop) -> int:
    """Return how long a text of the model may be."""
    return int(model._meta.get_field(field).max_length)
