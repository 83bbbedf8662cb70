"""Writing the audit log, one line a service, and telling open pages of what was done."""

import uuid
from collections.abc import Mapping
from typing import Any, Protocol

from django.db.models import Model

from apps.core import live
from apps.core.contributions import contributed
from apps.core.models import AuditEntry


class Acts(Protocol):
    """Whoever does something: anything with an id."""

    @property
    def id(self) -> uuid.UUID: ...


def record(
    verb: str,
    subject: Model,
    *,
    actor: Acts | None,
    scope_id: uuid.UUID | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Append to the audit log that `actor` did `verb` to `subject`, within the transaction.

    `before` and `after` hold the changed fields alone. `actor` is None for the system itself.
    Pages of the scope hear of the topics that the apps name for it at "live:changed".
    """
    if scope_id is not None:
        for topic in contributed("live:changed", verb=verb, subject=subject):
            live.publish(scope_id, topic)
    return AuditEntry.objects.create(
        verb=verb,
        actor_id=actor.id if actor else None,
        scope_id=scope_id,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        before=_plain(before),
        after=_plain(after),
        reason=reason,
    )


def changes(instance: Model, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what `values` would change of `instance`, as (before, after)."""
    changed = [name for name, value in values.items() if getattr(instance, name) != value]
    return {name: getattr(instance, name) for name in changed}, {n: values[n] for n in changed}


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        key: value.pk if isinstance(value, Model) else value
        for key, value in (values or {}).items()
    }
