"""Edits that people make at the same time: the second one is told, and loses nothing."""

from collections.abc import Collection, Container, Mapping
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from apps.core import audit
from apps.core.exceptions import GONE, Conflict, Gone, RuleViolation
from apps.core.models import Versioned

VersionedType = TypeVar("VersionedType", bound=Versioned)

CHANGED = "Someone else changed this while you were writing. Nothing of yours is lost."


def lock_version(queryset: Any, pk: object, version: int | None) -> Any:
    """Lock and return the row `pk` of `queryset`, if it still has `version`.

    `version` None means that the caller didn't read the row before. Raises `Conflict` otherwise,
    with the row as it is now, and `Gone` when there is no such row any more.
    """
    row = queryset.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise Gone(GONE)
    if version is not None and version != row.version:
        raise Conflict(CHANGED, current=row)
    return row


def apply_changes(
    row: Any,
    values: Mapping[str, Any],
    *,
    verb: str,
    actor: audit.Acts | None,
    reason: str = "",
    unlogged: Container[str] = (),
    relations: Mapping[str, Collection[Model]] | None = None,
) -> bool:
    """Set `values` on a locked, versioned `row` of a workshop, or the workshop: count up and log.

    `relations` are what its many-to-many fields hold from now on; `unlogged` names fields whose
    values stay out of the log: None before and after says that they changed. Returns False, and
    writes nothing, when nothing changes. Raises `RuleViolation` when the row would break a rule of
    its model.
    """
    before, after = audit.changes(row, values)
    related = _changed_relations(row, relations or {})
    if not after and not related:
        return False
    for name, value in after.items():
        setattr(row, name, value)
    row.version += 1
    check(row, fields=after)
    row.save(update_fields=[*after, "version"])
    for name, (old, new) in related.items():
        getattr(row, name).set(new)
        before[name], after[name] = old, new
    audit.record(
        verb,
        row,
        actor=actor,
        scope_id=getattr(row, "workshop_id", row.pk),
        before={name: None if name in unlogged else value for name, value in before.items()},
        after={name: None if name in unlogged else value for name, value in after.items()},
        reason=reason,
    )
    return True


def _changed_relations(
    row: Model, relations: Mapping[str, Collection[Model]]
) -> dict[str, tuple[list[Any], list[Any]]]:
    """Return the ids that each changed many-to-many field holds and would hold."""
    held = {
        name: sorted(getattr(row, name).order_by("pk").values_list("pk", flat=True))
        for name in relations
    }
    wanted = {name: sorted({each.pk for each in members}) for name, members in relations.items()}
    return {name: (held[name], wanted[name]) for name in held if held[name] != wanted[name]}


def check(row: Model, *, fields: Container[str] | None = None) -> None:
    """Raise `RuleViolation`, in the words of the model, if `row` breaks a rule of its model.

    `fields` are those that changed (None: all). The database would refuse it as well, in words
    that are nobody's.
    """
    unchanged = {
        field.name for field in row._meta.fields if fields is not None and field.name not in fields
    }
    try:
        row.clean_fields(exclude=unchanged)
        row.validate_constraints()
    except ValidationError as error:
        found = {
            "" if name == NON_FIELD_ERRORS else name: " ".join(messages)
            for name, messages in error.message_dict.items()
        }
        raise RuleViolation(" ".join(found.values()), fields=found) from error
