"""Writing the sessions of a workshop."""

from datetime import datetime
from typing import Any

from django.db import transaction

from apps.core import audit
from apps.core.editing import apply_changes, check, lock_version
from apps.core.permissions import require
from apps.workshops.actors import Actor
from apps.workshops.models import Session, SessionKind, Workshop
from apps.workshops.services.attribution import check_session_rule


@transaction.atomic
def add_session(
    *,
    actor: Actor,
    title: str,
    kind: str = SessionKind.PLENARY,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    room: str = "",
    attribution_rule: str = "",
) -> Session:
    """Add a session to the actor's workshop, in its place by the clock, and return it.

    The owner may, until it is published. Raises `NotPermitted`, and `RuleViolation` for one that
    ends before it starts, and for an attribution rule that is looser than the workshop's.
    """
    require(actor, "workshops.set_up", actor.workshop)
    return make_session(
        workshop=actor.workshop,
        actor=actor,
        title=title,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        room=room,
        attribution_rule=attribution_rule,
    )


def make_session(*, workshop: Workshop, actor: audit.Acts, title: str, **values: Any) -> Session:
    """Make a session of `workshop` without asking who may: for services that asked."""
    now = Workshop.objects.select_for_update().get(pk=workshop.pk)
    check_session_rule(now, values.get("attribution_rule", ""))
    last = Session.objects.filter(workshop=workshop).order_by("order").last()
    session = Session(workshop=workshop, title=title, order=last.order + 1 if last else 0, **values)
    check(session)
    session.save(force_insert=True)
    _put_in_order(workshop)
    audit.record(
        "session.added", session, actor=actor, scope_id=workshop.pk, after={"title": title}
    )
    return session


@transaction.atomic
def change_session(
    *, actor: Actor, session: Session, version: int | None = None, **values: Any
) -> Session:
    """Change a session; what is left out stays, and its place follows the clock.

    The owner may, until the workshop is published. Raises `NotPermitted`, `Conflict` when
    `version` isn't the session's any more, and `RuleViolation` as `add_session`, also for a rule
    that is looser than the one under which notes were taken.
    """
    require(actor, "workshops.set_up", session)
    workshop = Workshop.objects.select_for_update().get(pk=session.workshop_id)
    row: Session = lock_version(Session.objects.all(), session.pk, version)
    check_session_rule(workshop, values.get("attribution_rule", row.attribution_rule), row)
    if apply_changes(row, values, verb="session.changed", actor=actor):
        _put_in_order(row.workshop)
    return row


def _put_in_order(workshop: Workshop) -> None:
    """Order the sessions by the clock; one without a time stays behind the one before it."""
    placed: list[tuple[datetime | None, Session]] = []
    clock: datetime | None = None
    for session in Session.objects.filter(workshop=workshop).order_by("order", "created_at"):
        clock = session.starts_at or clock
        placed.append((clock, session))
    placed.sort(key=lambda pair: (pair[0] is not None, pair[0]))
    for order, (_, session) in enumerate(placed):
        if session.order != order:
            Session.objects.filter(pk=session.pk).update(order=order)
