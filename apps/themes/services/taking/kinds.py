"""The kinds of entries, and taking them one after another."""

import logging
from collections.abc import Sequence

from django.db import InterfaceError, OperationalError

from apps.core.contributions import contributed
from apps.core.exceptions import Conflict, DomainError, NotPermitted, as_refusal
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.themes.services.taking.corrections import take_correction
from apps.themes.services.taking.notes import take_note
from apps.themes.services.taking.thoughts import take_thought
from apps.workshops.devices import Entry, Kind, State, Taken

UNKNOWN_KIND = "This can’t be taken here. Reload the page, and send it again."
BROKEN = "Something went wrong on the server with this one. It is kept here; send it again later."

logger = logging.getLogger(__name__)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("note", "notes.record", take_note),
        Kind("correction", "notes.correct", take_correction),
        Kind("thought", "notes.send_thoughts", take_thought),
    )
}


def kinds() -> dict[str, Kind]:
    """Return the kinds of entries by name: those of notes, and what other apps take."""
    return {**KINDS, **{kind.name: kind for kind in contributed("queue:kinds")}}


def may_send(actor: Participant) -> bool:
    """Say whether `actor` may send entries of any kind."""
    return any(allowed(actor, kind.may, actor.workshop) for kind in kinds().values())


def take(*, actor: Participant, entries: Sequence[Entry]) -> list[Taken]:
    """Take `entries` in order, each by itself, and return what became of each.

    An entry that is refused doesn't stop those behind it, but for those about the same thing. What
    comes after one that `actor` may not send isn't looked at, and has no answer; raises
    `NotPermitted` when that is the first.
    """
    answers: list[Taken] = []
    stuck = set()
    for entry in entries:
        if entry.about in stuck:
            answers.append(Taken(State.HELD))
            continue
        try:
            taken = _take_one(actor, entry)
        except NotPermitted:
            if not answers:
                raise
            break
        if taken.state != State.SAVED:
            stuck.add(entry.about)
        answers.append(taken)
    return answers


def _take_one(actor: Participant, entry: Entry) -> Taken:
    kind = kinds().get(entry.kind)
    if kind is None:
        return Taken(State.REFUSED, why=UNKNOWN_KIND)
    try:
        return kind.take(actor=actor, entry=entry)
    except (OperationalError, InterfaceError):
        # The database is away: that isn't about this entry, and the device sends it again.
        raise
    except Exception as error:
        refusal = as_refusal(error)
        if isinstance(refusal, NotPermitted):
            raise
        if isinstance(refusal, Conflict):
            now = getattr(refusal.current, "text", None)
            return Taken(State.CONFLICT, why=str(refusal), current=now)
        if isinstance(refusal, DomainError):
            return Taken(State.REFUSED, why=str(refusal))
        # One entry that nobody foresaw mustn't keep those behind it from being saved.
        logger.exception("An entry of kind %s failed", entry.kind)
        return Taken(State.REFUSED, why=BROKEN)
