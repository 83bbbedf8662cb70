"""Writing the rows that were made of a document."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from apps.core.documents.reading import Reading
from apps.core.documents.sections import Section


def save(reading: Reading, sections: Iterable[Section]) -> None:
    """Write the rows of `sections`, their links, and the rows of tables between."""
    for section in sections:
        for each in section.everything():
            each.model._default_manager.bulk_create(reading.rows(each.name))
    for (model, attribute), pairs in reading.links.items():
        relation: Any = model._meta.get_field(attribute)
        through: Any = relation.remote_field.through
        source, target = relation.m2m_field_name(), relation.m2m_reverse_field_name()
        through._default_manager.bulk_create(
            through(**{f"{source}_id": one.pk, f"{target}_id": other.pk}) for one, other in pairs
        )
    kinds: dict[type[Model], list[Model]] = {}
    for row in reading.also:
        kinds.setdefault(type(row), []).append(row)
    for model, rows in kinds.items():
        model._default_manager.bulk_create(rows)
