"""Deleting themes: those that hold nothing, or when it is said who takes over what they hold."""

from collections.abc import Iterator

from django.db import transaction

from apps.core import audit
from apps.core.exceptions import RuleViolation
from apps.participants.models import Participant
from apps.themes.models import (
    Descent,
    Lineage,
    Rearrangement,
    RearrangementKind,
    Theme,
    ThemeSupport,
)
from apps.themes.services.holding import references
from apps.themes.services.merging import take_in
from apps.themes.services.rearranging import Rearranging
from apps.themes.services.tree import locked_tree
from apps.workshops.services.asking import require_now

# What points at a theme is called what it is; these are called what they stand for.
WORDS = {"filings": ("note", "notes"), "children": ("theme under it", "themes under it")}
# What is said of a theme itself goes with it: the questions it speaks to, where it came from, and
# how many support it.
OF_ITSELF = (Theme.questions.through, Lineage, ThemeSupport)
ITSELF = "What a theme holds can't stay with it when it goes."
GONE = "That theme isn't in this outline any more."


@transaction.atomic
def delete_theme(*, actor: Participant, theme: Theme, to: Theme | None = None) -> Rearrangement:
    """Delete `theme`; what it holds goes under `to`. Return what undoes it.

    The facilitation team may. Raises `NotPermitted`; `RuleViolation` naming what it holds when
    nothing is said of where that goes, or for a `to` that can't take it.
    """
    require_now(actor, "themes.edit", theme)
    tree = locked_tree(actor.workshop)
    row = tree[theme.pk]
    change = Rearranging(actor, RearrangementKind.DELETED)
    if to is None:
        _remove(change, row)
        said = f"Deleted “{row.title}”"
    else:
        if to.pk not in tree or to.pk == row.pk:
            sentence = ITSELF if to.pk == row.pk else GONE
            raise RuleViolation(sentence, fields={"to": sentence})
        other = tree[to.pk]
        take_in(change, tree, row, other, Descent.DELETED)
        audit.record("theme.took_in", other, actor=actor, scope_id=other.workshop_id)
        said = f"Deleted “{row.title}”; what it held went to “{other.title}”"
    audit.record(
        "theme.deleted", row, actor=actor, scope_id=row.workshop_id, before={"title": row.title}
    )
    return change.keep(said)


def _remove(change: Rearranging, row: Theme) -> None:
    held = list(_held(row))
    if held:
        raise RuleViolation(
            f"“{row.title}” still holds {_listed(held)}. Say where that goes, or remove it first."
        )
    for reference in references():
        if reference.model in OF_ITSELF:
            change.remove(list(reference.rows(row).order_by("pk")))
    change.remove([row])


def _held(theme: Theme) -> Iterator[str]:
    """Whatever app it belongs to: all that points at a theme says so to its model."""
    for relation in Theme._meta.related_objects:
        model = relation.related_model
        if model in OF_ITSELF:
            continue
        rows = model._base_manager.filter(**{relation.field.name: theme})
        count = rows.count()
        if count:
            name = str(relation.get_accessor_name())
            words = (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
            one, many = WORDS.get(name, words)
            yield f"{count} {one if count == 1 else many}"


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
