"""Writing rows and, in the same breath, how they were: what is rearranged can be undone."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from apps.notes.models import Note
from apps.participants.models import Participant
from apps.themes.models import Rearrangement, RearrangementKind, Step, Suggestion, Theme

SAID_LIMIT = 600


class Rearranging:
    """A rearrangement that is being made, in the transaction of a service."""

    def __init__(self, actor: Participant, kind: RearrangementKind) -> None:
        self.actor, self.kind = actor, kind
        self.steps: list[Step] = []

    def make(self, rows: Sequence[Model]) -> None:
        """Add `rows`, all of one model."""
        if rows:
            type(rows[0])._base_manager.bulk_create(rows)
        for row in rows:
            self._note(row, after=described(row))

    def move(self, moves: Iterable[tuple[Model, dict[str, Any]]]) -> None:
        """Set what each row, all of one model, is to hold by the names of its columns.

        A theme whose words or place change is another version of itself.
        """
        rows, names = [], set()
        for row, values in moves:
            changed = {name: value for name, value in values.items() if getattr(row, name) != value}
            if not changed:
                continue
            before = {name: plain(getattr(row, name)) for name in changed}
            self._note(row, before, {name: plain(value) for name, value in changed.items()})
            names |= set_values(row, changed)
            rows.append(row)
        write(rows, names)

    def moved(self, row: Model, before: dict[str, Any]) -> None:
        """Keep that `row`, which is written already, held what `before` says by its columns."""
        after = {name: plain(getattr(row, name)) for name in before}
        was = {name: plain(value) for name, value in before.items()}
        changed = [name for name in was if was[name] != after[name]]
        if changed:
            self._note(row, {n: was[n] for n in changed}, {n: after[n] for n in changed})

    def related(self, before: Sequence[Model], after: Sequence[Model]) -> None:
        """Keep that there were the rows `before`, and are the rows `after` now."""
        for row in before:
            if row not in after:
                self._note(row, before=described(row), after=None)
        for row in after:
            if row not in before:
                self._note(row, after=described(row))

    def remove(self, rows: Sequence[Model]) -> None:
        """Take `rows`, all of one model, away."""
        for row in rows:
            self._note(row, before=described(row), after=None)
        delete(rows)

    def keep(self, said: str) -> Rearrangement:
        """Store what was done, in words and row by row."""
        kept = Rearrangement.objects.create(
            workshop=self.actor.workshop,
            kind=self.kind,
            said=said[:SAID_LIMIT],
            made_by=self.actor,
        )
        for step in self.steps:
            step.rearrangement = kept
        Step.objects.bulk_create(self.steps)
        return kept

    def _note(
        self,
        row: Model,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        # What tells all that a row held goes when the note goes, and with its person.
        gone, whole = after is None, before is None or after is None
        self.steps.append(
            Step(
                number=len(self.steps),
                model=row._meta.label_lower,
                row=str(row.pk),
                before=before,
                after=after,
                note_id=_pointing_at(Note, row) if whole else None,
                person_id=_pointing_at(Participant, row) if gone else None,
            )
        )


def set_values(row: Model, values: dict[str, Any]) -> set[str]:
    """Set `values` on `row`, count its version up if need be, and return which columns changed."""
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, Theme) and values.keys() - {"order"}:
        row.version += 1
        return {*values, "version"}
    return set(values)


def write(rows: Sequence[Model], names: Iterable[str]) -> None:
    """Store what the columns `names` of `rows`, all of one model, hold."""
    if rows:
        type(rows[0])._base_manager.bulk_update(rows, sorted(names))


def delete(rows: Sequence[Model]) -> None:
    """Delete `rows`, all of one model, and nothing besides: the database refuses what is held."""
    if rows:
        if isinstance(rows[0], Theme):
            Suggestion.objects.filter(theme__in=[row.pk for row in rows]).delete()
        found = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows])
        found._raw_delete(found.db)


def described(row: Model) -> dict[str, Any]:
    """Return what `row` holds by the names of its columns, but for whose it is."""
    return {
        field.attname: plain(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.related_model is not Participant
    }


def plain(value: Any) -> Any:
    """Return `value` as JSON keeps it without loss."""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _pointing_at(model: type[Model], row: Model) -> Any:
    for field in row._meta.concrete_fields:
        if field.related_model is model:
            return getattr(row, field.attname)
    return None
