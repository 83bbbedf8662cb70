"""Many-to-many links, all of one kind at once."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model


def link(model: type[Model], field: str, pairs: Iterable[tuple[Model, Model]]) -> None:
    """Link the instances of `model` to others by their many-to-many `field`."""
    relation: Any = model._meta.get_field(field)
    through: Any = relation.remote_field.through
    source, target = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    through._default_manager.bulk_create(
        through(**{f"{source}_id": one.pk, f"{target}_id": other.pk}) for one, other in pairs
    )
