"""The kinds of entries, and taking them one after another."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError

from apps.core.exceptions import Conflict, DomainError, NotPermitted, as_refusal
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.themes.services.taking.corrections import take_correction
from apps.themes.services.taking.entries import Entry, State, Taken
from apps.themes.services.taking.notes import take_note
from apps.themes.services.taking.thoughts import take_thought

UNKNOWN_KIND = "This can’t be taken here. Reload the page, and send it again."
BROKEN = "Something went wrong on the server with this one. It is kept here; send it again later."

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """A kind of entry: the permission that whoever sends some needs in the workshop, and the
    service that takes one, or raises a refusal.
    """

    may: str
    take: Callable[..., Taken]


KINDS = {
    "note": Kind("notes.record", take_note),
    "correction": Kind("notes.correct", take_correction),
    "thought": Kind("notes.send_thoughts", take_thought),
}


def may_send(actor: Participant) -> bool:
    """Say whether `actor` may send entries of any kind."""
    return any(allowed(actor, kind.may, actor.workshop) for kind in KINDS.values())


def take(*, actor: Participant, entries: Sequence[Entry]) -> list[Taken]:
    """Take `entries` in order, each by itself, and return what became of each.

    An entry that is refused doesn't stop those behind it, but for those about the same note. What
    comes after one that `actor` may not send isn't looked at, and has no answer; raises
    `NotPermitted` when that is the first.
    """
    answers: list[Taken] = []
    stuck = set()
    for entry in entries:
        if entry.note in stuck:
            answers.append(Taken(State.HELD))
            continue
        try:
            taken = _take_one(actor, entry)
        except NotPermitted:
            if not answers:
                raise
            break
        if taken.state != State.SAVED:
            stuck.add(entry.note)
        answers.append(taken)
    return answers


def _take_one(actor: Participant, entry: Entry) -> Taken:
    kind = KINDS.get(entry.kind)
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
