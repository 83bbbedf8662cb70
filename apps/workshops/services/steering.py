"""Steering the room: in which session it is, and what is open there."""

from django.db import transaction

from apps.core import audit
from apps.workshops.actors import Actor
from apps.workshops.models import Session
from apps.workshops.services.asking import require_now


@transaction.atomic
def go_to_session(*, actor: Actor, session: Session) -> Session:
    """Let the room be in `session` from now on: whatever follows the day shows it.

    The facilitation team may, until the workshop is published. A room that is there already
    stays. Raises `NotPermitted`. Nobody who edits the session meanwhile is in its way: it isn't
    a change of what the programme says.
    """
    require_now(actor, "workshops.steer", session)
    there = Session.objects.filter(workshop=session.workshop_id, is_current=True)
    left = there.exclude(pk=session.pk).first()
    if there.filter(pk=session.pk).exists():
        return session
    there.update(is_current=False)
    Session.objects.filter(pk=session.pk).update(is_current=True)
    session.is_current = True
    audit.record(
        "session.entered",
        session,
        actor=actor,
        scope_id=session.workshop_id,
        before={"session": left},
        after={"session": session},
    )
    return session


@transaction.atomic
def open_session(
    *,
    actor: Actor,
    session: Session,
    takes_thoughts: bool | None = None,
    has_feed: bool | None = None,
) -> Session:
    """Open `session` to participants, or close it: what is left out stays as it is.

    Where it takes thoughts they can send some from their phones; where it has a feed they can
    read along, without speakers. The facilitation team may, until the workshop is published.
    Raises `NotPermitted`.
    """
    require_now(actor, "workshops.steer", session)
    row = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    given = {"takes_thoughts": takes_thoughts, "has_feed": has_feed}
    before, after = audit.changes(row, {k: v for k, v in given.items() if v is not None})
    if after:
        Session.objects.filter(pk=row.pk).update(**after)
        row.refresh_from_db()
        audit.record(
            "session.opened",
            row,
            actor=actor,
            scope_id=row.workshop_id,
            before=before,
            after=after,
        )
    return row
