"""All that is stored of the themes of a workshop, to be compared before and after."""

from typing import Any

from django.db.models import Model

from apps.annotations.models import Annotation
from apps.themes.models import Theme
from apps.themes.services.holding import references
from apps.workshops.models import Workshop

# A version only ever counts up, so that a stale page is found out.
UNCOMPARED = {"version"}


def stored(workshop: Workshop) -> dict[str, dict[Any, dict[str, Any]]]:
    """Return every row that is a theme, a finding, or points at a theme, by its model and key."""
    models = {Theme, Annotation, *(reference.model for reference in references())}
    return {model._meta.label: dict(_rows(model, workshop)) for model in models}


def _rows(model: type[Model], workshop: Workshop) -> Any:
    themes = Theme.objects.filter(workshop=workshop).values_list("pk", flat=True)
    columns = [each.column for each in references() if each.model is model]
    for row in model._base_manager.all():
        held = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        if held.get("workshop_id", workshop.pk) != workshop.pk:
            continue
        if "workshop_id" not in held and not any(held[name] in set(themes) for name in columns):
            continue
        yield row.pk, {name: value for name, value in held.items() if name not in UNCOMPARED}
