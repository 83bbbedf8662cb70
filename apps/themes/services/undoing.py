"""Undoing what was rearranged: exactly, where nothing else happened, and past others' work."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from apps.core import audit
from apps.core.exceptions import RuleViolation
from apps.notes.models import Note
from apps.notes.services import count_change
from apps.participants.models import Participant
from apps.themes.models import Filing, Lineage, Rearrangement, Step, Theme
from apps.themes.services.holding import Reference, along_with, references
from apps.themes.services.merging import is_double, taken
from apps.themes.services.rearranging import delete, plain, set_values, write
from apps.themes.services.tree import Tree, check_parent, last_under, locked_tree
from apps.workshops.services.asking import require_now

LATER = "A theme that this needs went later. Undo first what came after it."


@dataclass(frozen=True)
class Undone:
    """What was undone; `kept` says that something stays, for others had changed it since."""

    rearrangement: Rearrangement
    kept: bool


@transaction.atomic
def undo_rearrangement(*, actor: Participant, rearrangement: Rearrangement) -> Undone:
    """Take `rearrangement` back, and say whether something of it stays.

    What nobody touched since is as it was before. What others did meanwhile stays: notes filed,
    comments written, titles changed; what was answered goes where its comment goes. What is undone
    already stays so. The facilitation team may. Raises `NotPermitted`, and `RuleViolation` while a
    theme that it needs is gone by something later.
    """
    require_now(actor, "themes.edit", actor.workshop)
    tree = locked_tree(actor.workshop)
    row: Rearrangement = Rearrangement.objects.select_for_update().get(
        pk=rearrangement.pk, workshop=actor.workshop
    )
    if row.undone_at is not None:
        return Undone(row, kept=False)
    kept = _Undoing(row, tree).run()
    row.undone_at, row.undone_by = timezone.now(), actor
    row.save(update_fields=["undone_at", "undone_by"])
    audit.record("rearrangement.undone", row, actor=actor, scope_id=row.workshop_id)
    return Undone(row, kept)


class _Undoing:
    """Goes through the steps of a rearrangement, the last first."""

    def __init__(self, rearrangement: Rearrangement, tree: Tree) -> None:
        self.tree = tree
        self.steps = list(rearrangement.steps.order_by("-number"))
        self.refers: dict[type[Model], list[Reference]] = {}
        for each in references():
            self.refers.setdefault(each.model, []).append(each)
        self.notes: set[uuid.UUID] = set()
        self.stays = 0

    def run(self) -> bool:
        """Undo all steps; say whether something stays as it is."""
        self._check_themes()
        removed = [step for step in self.steps if step.after is None]
        for step in removed:
            if _model(step) is Theme:
                self._bring_back_theme(step)
        self._move_back([step for step in self.steps if step.after and step.before])
        for step in removed:
            if _model(step) is not Theme:
                self._bring_back(step)
        made = [step for step in self.steps if step.before is None]
        for step in sorted(made, key=lambda step: _model(step) is Theme):
            self._take_away(step)
        count_change(Note.objects.filter(pk__in=self.notes))
        return self.stays > 0

    def _check_themes(self) -> None:
        """Refuse while a theme isn't there that this rearrangement found there, or made."""
        known = {str(theme_id) for theme_id in self.tree}
        back = {step.row for step in self.steps if _model(step) is Theme and step.after is None}
        needed = {theme for step in self.steps for theme in self._themes_in(step)}
        if needed - known - back:
            raise RuleViolation(LATER)

    def _themes_in(self, step: Step) -> Iterator[str]:
        model = _model(step)
        columns = [each.column for each in self.refers.get(model, [])]
        for column in ["parent_id"] if model is Theme else columns:
            for values in (step.before, step.after):
                if values and values.get(column):
                    yield values[column]
        if model is Theme and step.after is not None:
            yield step.row

    def _bring_back_theme(self, step: Step) -> None:
        theme: Any = _remade(step)
        parent = self.tree.get(theme.parent_id)
        self.tree[theme.pk] = theme
        if parent is not None and not self._fits(theme, parent):
            self.stays += 1
            theme.parent_id, theme.order = None, last_under(self.tree, None)
        Theme._base_manager.bulk_create([theme])

    def _fits(self, theme: Theme, parent: Theme) -> bool:
        try:
            check_parent(self.tree, theme, parent)
        except RuleViolation:
            return False
        return True

    def _move_back(self, steps: list[Step]) -> None:
        """Give rows back what they held; where they point decides for the rest of what they say."""
        going: dict[uuid.UUID, dict[Reference, dict[Any, dict[str, Any]]]] = {}
        for model in dict.fromkeys(_model(step) for step in steps):
            of_model = [step for step in steps if _model(step) is model]
            rows = {str(pk): row for pk, row in self._rows(model, of_model).items()}
            for step in of_model:
                row = rows.get(step.row)
                values = self._given_back(step, row) if row is not None else {}
                if row is None or not values:
                    self.stays += 1
                elif isinstance(row, Theme):
                    self._give_back(row, values)
                else:
                    its = next(each for each in self.refers[model] if each.column in values)
                    theme = values[its.column]
                    going.setdefault(theme, {}).setdefault(its, {})[row.pk] = values
        for theme, by_reference in going.items():
            self._under(self.tree[theme], by_reference)

    def _rows(self, model: type[Model], steps: Iterable[Step]) -> dict[Any, Model]:
        if model is Theme:
            return dict(self.tree.items())
        return model._base_manager.in_bulk([_key(model, step.row) for step in steps])

    def _given_back(self, step: Step, row: Model) -> dict[str, Any]:
        """Return what `row` gets back, by its columns: nothing of what somebody changed since."""
        before, after = step.before or {}, step.after or {}
        same = {name for name, value in after.items() if plain(getattr(row, name)) == value}
        places = {name for name in after if name.endswith("_id")}
        if not places <= same:
            return {}
        names = same | (places and {"order"} & after.keys())
        self.stays += bool(after.keys() - names)
        return _read(type(row), {name: before[name] for name in names})

    def _give_back(self, theme: Theme, values: dict[str, Any]) -> None:
        parent = self.tree.get(values.get("parent_id") or theme.pk)
        if values.get("parent_id") and parent is not None and not self._fits(theme, parent):
            self.stays += 1
            return
        write([theme], set_values(theme, values))

    def _under(self, theme: Theme, rows: Mapping[Reference, Mapping[Any, dict[str, Any]]]) -> None:
        """Put `rows`, and what can't stay behind, under the theme where they were."""
        known: dict[type[Model], set[Any]] = {}
        for its, own in rows.items():
            known.setdefault(its.model, set()).update(own)
        for its, own in rows.items():
            self._put(its, theme, set(own), own)
        for model, ids in along_with(known).items():
            rest = ids - known.get(model, set())
            if rest:
                self._put(self.refers[model][0], theme, rest, {})

    def _put(
        self, its: Reference, theme: Theme, ids: set[Any], own: Mapping[Any, dict[str, Any]]
    ) -> None:
        there = taken(its, theme)
        for row in its.model._base_manager.filter(pk__in=ids).exclude(**{its.field: theme}):
            if isinstance(row, Filing):
                self.notes.add(row.note_id)
            if is_double(its, row, there, theme):
                delete([row])
            else:
                write([row], set_values(row, {its.column: theme.pk, **own.get(row.pk, {})}))

    def _bring_back(self, step: Step) -> None:
        row: Any = _remade(step)
        double = any(
            is_double(its, row, taken(its, self.tree[theme]), self.tree[theme])
            for its in self.refers[type(row)]
            if (theme := getattr(row, its.column)) is not None
        )
        if double or not _has_its_own(row):
            self.stays += 1
            return
        type(row)._base_manager.bulk_create([row])
        if isinstance(row, Filing):
            self.notes.add(row.note_id)

    def _take_away(self, step: Step) -> None:
        model = _model(step)
        row: Any = model._base_manager.filter(pk=_key(model, step.row)).first()
        if row is None:
            self.stays += 1
        elif model is Theme:
            self._take_away_theme(row)
        elif any(
            plain(getattr(row, each.column)) != (step.after or {}).get(each.column)
            for each in self.refers[model]
        ):
            self.stays += 1
        else:
            if isinstance(row, Filing):
                self.notes.add(row.note_id)
            delete([row])

    def _take_away_theme(self, theme: Theme) -> None:
        """Take a theme away that was made, unless others put something under it meanwhile."""
        held = any(
            reference.rows(theme).exists()
            for reference in references()
            if reference.model is not Lineage
        )
        if held or any(other.parent_id == theme.pk for other in self.tree.values()):
            self.stays += 1
            return
        delete(list(Lineage.objects.filter(into=theme)))
        delete([theme])
        del self.tree[theme.pk]


def _model(step: Step) -> type[Model]:
    return apps.get_model(step.model)


def _key(model: type[Model], row: str) -> Any:
    return model._meta.pk.to_python(row)


def _read(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """Return `values`, by the names of columns, as the fields of `model` hold them."""
    return {
        name: None if value is None else _field(model, name).to_python(value)
        for name, value in values.items()
    }


def _field(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name)


def _remade(step: Step) -> Model:
    model = _model(step)
    values = _read(model, step.before or {})
    for field in model._meta.concrete_fields:
        if field.related_model is Participant:
            values[field.attname] = step.person_id
    return model(**values)


def _has_its_own(row: Model) -> bool:
    """Say whether all that `row` points at is there."""
    for field in row._meta.concrete_fields:
        points_at, pk = field.related_model, getattr(row, field.attname)
        if points_at is None or pk is None or points_at is Participant:
            continue
        if not points_at._base_manager.filter(pk=pk).exists():
            return False
    return True
