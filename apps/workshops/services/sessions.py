"""Writing the sessions of a workshop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.core import audit, ordering
from apps.core.editing import apply_changes, check, lock_version
from apps.core.exceptions import RuleViolation
from apps.core.ordering import next_order
from apps.core.texts import all_cleaned
from apps.workshops.actors import Actor
from apps.workshops.models import Session, SessionKind, Workshop
from apps.workshops.selectors import (
    beside,
    clock_decides,
    in_order_of_the_day,
    why_session_stays,
)
from apps.workshops.services.asking import require_now
from apps.workshops.services.attribution import check_session_rule

BY_THE_CLOCK = "Sessions stand in the order of the clock. To move this one, change when it starts."
PARTS_OF_PARTS = "A session has parallel ones under it, and those have none."


@dataclass(frozen=True)
class PlannedSession:
    """A session that is to be added; `under` is the place of its round in the same plan."""

    title: str
    kind: str = SessionKind.PLENARY
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str = ""
    under: int | None = None


@transaction.atomic
def add_session(*, actor: Actor, title: str, **values: Any) -> Session:
    """Add a session to the actor's workshop, in its place by the clock, and return it.

    `values` are `kind`, `parent`, `starts_at`, `ends_at`, `room`, `reported` and
    `attribution_rule`. The owner may, until it is published. Raises `NotPermitted`, and
    `RuleViolation` for one that ends before it starts, for one under a session that is itself
    under another, and for an attribution rule that is looser than the workshop's.
    """
    require_now(actor, "workshops.set_up", actor.workshop)
    return make_session(workshop=actor.workshop, actor=actor, title=title, **values)


def make_session(*, workshop: Workshop, actor: audit.Acts, title: str, **values: Any) -> Session:
    """Make a session of `workshop` without asking who may: for services that asked."""
    _lock(workshop)
    session = _made(workshop, actor, title=title, **values)
    _put_in_order(workshop)
    return session


@transaction.atomic
def add_sessions(
    *, actor: Actor, planned: Sequence[PlannedSession], instead_of: Session | None = None
) -> list[Session]:
    """Add the `planned` sessions to the actor's workshop, all or none, and return those added.

    What is there already (same title, start and round) isn't added again, so that the same plan
    sent twice is there once. `instead_of` is removed, if it can be. The owner may, until the
    workshop is published. Raises as `add_session`.
    """
    require_now(actor, "workshops.set_up", actor.workshop)
    workshop = actor.workshop
    there = {_told(s): s for s in Session.objects.filter(workshop=workshop)}
    made: list[Session] = []
    by_place: dict[int, Session] = {}
    # Rounds first, whatever place they have: what is in them points at them.
    for place in sorted(range(len(planned)), key=lambda n: planned[n].under is not None):
        plan = planned[place]
        parent = by_place[plan.under] if plan.under is not None else None
        values = {
            "title": plan.title,
            "kind": plan.kind,
            "parent": parent,
            "starts_at": plan.starts_at,
            "ends_at": plan.ends_at,
            "room": plan.room,
        }
        told = _told(Session(workshop=workshop, **values))
        if told not in there:
            there[told] = _made(workshop, actor, **values)
            made.append(there[told])
        by_place[place] = there[told]
    if instead_of is not None and made and not why_session_stays(instead_of):
        _remove(Session.objects.get(pk=instead_of.pk), actor)
    _put_in_order(workshop)
    return made


@transaction.atomic
def change_session(
    *, actor: Actor, session: Session, version: int | None = None, **values: Any
) -> Session:
    """Change a session; what is left out stays, and its place follows the clock.

    The owner may, until the workshop is published. Raises `NotPermitted`, `Conflict` when
    `version` isn't the session's any more, and `RuleViolation` as `add_session`, also for a rule
    that is looser than the one that people relied on.
    """
    require_now(actor, "workshops.set_up", session)
    row: Session = lock_version(Session.objects.all(), session.pk, version)
    values = all_cleaned(values)
    _check_parent(row, values.get("parent", row.parent))
    check_session_rule(actor.workshop, values.get("attribution_rule", row.attribution_rule), row)
    if apply_changes(row, values, verb="session.changed", actor=actor):
        _put_in_order(row.workshop)
    return row


@transaction.atomic
def move_session(*, actor: Actor, session: Session, by: int) -> bool:
    """Move `session` up (-1) or down (1) among those beside it; False at the end of them.

    The owner may, until the workshop is published. Raises `NotPermitted`, and `RuleViolation`
    where the clock decides.
    """
    require_now(actor, "workshops.set_up", session)
    siblings = list(beside(session))
    place = siblings.index(session) + by
    if 0 <= place < len(siblings) and clock_decides(session, siblings[place]):
        raise RuleViolation(BY_THE_CLOCK)
    if not ordering.move(beside(session), session, by):
        return False
    _put_in_order(session.workshop)
    audit.record("session.moved", session, actor=actor, scope_id=session.workshop_id)
    return True


@transaction.atomic
def remove_session(*, actor: Actor, session: Session, version: int | None = None) -> None:
    """Remove `session`; parallel ones under it then stand for themselves.

    The owner may, until the workshop is published. Raises `NotPermitted`, `Conflict` when it
    changed since `version`, and `RuleViolation` when notes were taken in it, or no other is left.
    """
    require_now(actor, "workshops.set_up", session)
    row: Session = lock_version(Session.objects.all(), session.pk, version)
    if reason := why_session_stays(row):
        raise RuleViolation(reason)
    workshop = row.workshop
    _remove(row, actor)
    _put_in_order(workshop)


def _made(workshop: Workshop, actor: audit.Acts, **values: Any) -> Session:
    _check_parent(None, values.get("parent"))
    check_session_rule(workshop, values.get("attribution_rule", ""))
    order = next_order(Session.objects.filter(workshop=workshop))
    session = Session(workshop=workshop, order=order, **all_cleaned(values))
    check(session)
    session.save(force_insert=True)
    audit.record(
        "session.added", session, actor=actor, scope_id=workshop.pk, after={"title": session.title}
    )
    return session


def _remove(session: Session, actor: audit.Acts) -> None:
    audit.record(
        "session.removed",
        session,
        actor=actor,
        scope_id=session.workshop_id,
        before={"title": session.title, "starts_at": session.starts_at},
    )
    session.delete()


def _told(session: Session) -> tuple[Any, ...]:
    """Return what makes two sessions the same one to a reader."""
    return (session.title.casefold(), session.starts_at, session.parent_id)


def _check_parent(session: Session | None, parent: Session | None) -> None:
    if parent is None:
        return
    has_parts = session is not None and session.children.exists()
    if parent.parent_id is not None or parent == session or has_parts:
        raise RuleViolation(PARTS_OF_PARTS, fields={"parent": PARTS_OF_PARTS})


def _lock(workshop: Workshop) -> None:
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)


def _put_in_order(workshop: Workshop) -> None:
    """Number the sessions in the order of the day."""
    sessions = list(Session.objects.filter(workshop=workshop).order_by("order", "created_at"))
    for order, session in enumerate(in_order_of_the_day(sessions)):
        if session.order != order:
            Session.objects.filter(pk=session.pk).update(order=order)
