"""Deleting themes that hold nothing."""

from collections.abc import Iterator

from django.db import transaction

from apps.core import audit
from apps.core.exceptions import RuleViolation
from apps.participants.models import Participant
from apps.themes.models import Theme
from apps.workshops.services.asking import require_now

# What points at a theme is called what it is; these are called what they stand for.
WORDS = {"filings": ("note", "notes"), "children": ("theme under it", "themes under it")}


@transaction.atomic
def delete_theme(*, actor: Participant, theme: Theme) -> None:
    """Delete `theme`, which nothing may stand under or point at any more.

    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` naming what it holds.
    """
    require_now(actor, "themes.edit", theme)
    # Whoever wants to put something under it waits for this lock, and finds it gone.
    row = Theme.objects.select_for_update().get(pk=theme.pk)
    held = list(_held(row))
    if held:
        raise RuleViolation(
            f"“{row.title}” still holds {_listed(held)}. Move or remove what it holds first."
        )
    audit.record(
        "theme.deleted", row, actor=actor, scope_id=row.workshop_id, before={"title": row.title}
    )
    row.delete()


def _held(theme: Theme) -> Iterator[str]:
    """Whatever app it belongs to: all that points at a theme says so to its model."""
    for relation in Theme._meta.related_objects:
        model = relation.related_model
        rows = model._base_manager.filter(**{relation.field.name: theme})
        count = rows.count()
        if count:
            name = str(relation.get_accessor_name())
            words = (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
            one, many = WORDS.get(name, words)
            yield f"{count} {one if count == 1 else many}"


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
