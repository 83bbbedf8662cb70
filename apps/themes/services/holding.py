"""What hangs on a theme, whatever app it is of: asked of the models, so nothing is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, ManyToOneRel, Model, UniqueConstraint

from apps.core.constraints import SameParent
from apps.themes.models import Suggestion, Theme

Rows = dict[type[Model], set[Any]]


@dataclass(frozen=True)
class Reference:
    """A foreign key to a theme."""

    model: type[Model]
    field: str

    def rows(self, theme: Theme) -> Any:
        """Return the rows that point at `theme` by it."""
        return self.model._base_manager.filter(**{self.field: theme})

    @property
    def column(self) -> str:
        """The attribute that holds the theme's id."""
        return f"{self.field}_id"

    @property
    def is_ordered(self) -> bool:
        """Its rows have a place among those of their theme."""
        return any(field.name == "order" for field in self.model._meta.fields)

    @property
    def once(self) -> list[tuple[tuple[str, ...], bool]]:
        """The sets of other fields whose values may be there once a theme, and whether nothing is
        such a value.
        """
        found = [
            (constraint.fields, constraint.nulls_distinct is False)
            for constraint in self.model._meta.constraints
            if isinstance(constraint, UniqueConstraint)
        ]
        together = [(fields, False) for fields in self.model._meta.unique_together]
        return [
            (tuple(name for name in fields if name != self.field), counts_nothing)
            for fields, counts_nothing in [*found, *together]
            if self.field in fields
        ]


@dataclass(frozen=True)
class Tie:
    """Rows of `model` have the theme of the `other` row at which `via` points: both go together."""

    model: type[Model]
    via: str
    other: type[Model]


@cache
def references() -> list[Reference]:
    """Return every foreign key to a theme, but the one by which themes form a tree.

    What is suggested is worked out anew whenever something changes: it is neither kept nor moved.
    """
    return [
        Reference(relation.related_model, relation.field.name)
        for relation in Theme._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and relation.related_model not in {Theme, Suggestion}
    ]


@cache
def ties() -> list[Tie]:
    """Return what the database holds together under one theme."""
    return [tie for reference in references() for tie in _ties_of(reference)]


def along_with(rows: Rows) -> Rows:
    """Return `rows` and all that can't stay behind when they go under another theme.

    Answers follow their comment, comments on a finding the finding.
    """
    found: Rows = {model: set(ids) for model, ids in rows.items()}
    while more := list(_missing(found)):
        for model, ids in more:
            found.setdefault(model, set()).update(ids)
    return found


def _missing(rows: Rows) -> Iterator[tuple[type[Model], set[Any]]]:
    for tie in ties():
        here, there = rows.get(tie.model, set()), rows.get(tie.other, set())
        table = tie.model._base_manager
        if there:
            tied = table.filter(**{f"{tie.via}__in": there}).values_list("pk", flat=True)
            yield from _new(tie.model, set(tied) - here)
        if here:
            above = table.filter(pk__in=here).values_list(tie.via, flat=True)
            yield from _new(tie.other, set(above) - {None} - there)


def _new(model: type[Model], ids: set[Any]) -> Iterator[tuple[type[Model], set[Any]]]:
    if ids:
        yield model, ids


def _ties_of(reference: Reference) -> Iterator[Tie]:
    for constraint in reference.model._meta.constraints:
        if not isinstance(constraint, SameParent) or reference.field not in constraint.fields:
            continue
        other = apps.get_model(constraint.to)
        pairs = dict(zip(constraint.fields, constraint.to_fields, strict=True))
        theirs: Any = other._meta.get_field(pairs.pop(reference.field))
        # That a row is of its theme's workshop ties it to no other row.
        if isinstance(theirs, ForeignKey) and theirs.related_model is Theme and other is not Theme:
            yield Tie(reference.model, next(iter(pairs)), other)
