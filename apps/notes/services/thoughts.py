"""What participants send from their phones, and what the team makes of it.

The history tells what the team did with a thought, and nothing of its being sent or taken back: a
thought becomes a note of the same id, and an entry that nobody can delete would lead from the note
to who said it.
"""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.core import audit, live
from apps.core.contributions import contributed
from apps.core.exceptions import GONE, Conflict, Gone, RuleViolation
from apps.core.permissions import require
from apps.notes.models import Note, Source, Thought, ThoughtState
from apps.notes.services.changes import THOUGHTS
from apps.notes.services.notes import correct_note, record_note
from apps.notes.services.texts import checked_text
from apps.participants.models import Participant
from apps.participants.selectors.attribution import group_to_keep
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import Session
from apps.workshops.services.asking import require_now

CLOSED = "This session takes no thoughts any more. Keep what you wrote, or say it aloud."
OTHER_WORDS = "A thought with this id says something else. Send yours with an id of its own."


@transaction.atomic
def send_thought(
    *,
    actor: Participant,
    session: Session,
    text: str,
    id: uuid.UUID | None = None,  # noqa: A002 - the domain's word
    written_at: datetime | None = None,
) -> Thought | None:
    """Send a thought to those who take notes in `session`, and return it.

    Participants may, while the session takes thoughts. One whose `id` is there already is
    returned as it stands; None when it is a note by now. Under the anonymous rule nothing is kept
    of who sent it. Raises `NotPermitted`; `RuleViolation` for a session that takes none, or an
    empty or too long text; `Conflict` for other words under a known id, or an id of another's.
    """
    require_now(actor, "notes.send_thoughts", actor.workshop)
    text = checked_text(text)
    if id and _is_a_note(id, actor, text):
        return None
    known = Thought.objects.filter(pk=id).first() if id else None
    if known is not None:
        return _same(known, actor, text)
    session = Session.objects.get(pk=session.pk)
    if not session.takes_thoughts:
        raise RuleViolation(CLOSED, fields={"session": CLOSED})
    keeps = keeps_groups(actor.workshop, session)
    thought = Thought.objects.create(
        id=id or uuid.uuid4(),
        workshop=actor.workshop,
        session=session,
        text=text,
        author=actor if keeps else None,
        group=group_to_keep(actor) if keeps else None,
        written_at=written_at or timezone.now(),
    )
    live.publish(thought.workshop_id, THOUGHTS)
    return thought


@transaction.atomic
def take_back_thought(*, actor: Participant, thought: Thought) -> None:
    """Take back a thought that nobody let in; it is gone.

    Its author may, in every phase. Raises `NotPermitted`, and `Gone` when it was let in meanwhile.
    """
    require(actor, "notes.take_back_thought", thought)
    row = _locked(thought)
    # A device that never heard that it was sent sends it again.
    contributed("notes:taken-back", thought=row)
    row.delete()
    live.publish(thought.workshop_id, THOUGHTS)


@transaction.atomic
def let_in_thought(*, actor: Participant, thought: Thought, text: str | None = None) -> Note:
    """Make `thought` a note of the same id, and return it; with another `text`, correct it so.

    The note has the author's group, and who said it is kept apart, as far as the rule lets them
    be; nothing else of the thought stays, nor when it was sent: a time can be a name. The
    facilitation team may. Raises `NotPermitted`, `Gone` when somebody was quicker, and
    `RuleViolation` for an empty or too long text.
    """
    require_now(actor, "notes.decide_thoughts", thought)
    row = _locked(thought)
    note = record_note(
        actor=actor,
        session=row.session,
        text=row.text,
        id=row.pk,
        group=row.group,
        source=Source.PHONE,
    )
    if text is not None:
        note = correct_note(actor=actor, note=note, text=text)
    if row.author is not None:
        contributed("notes:let-in", note=note, author=row.author)
    row.delete()
    audit.record("thought.let_in", note, actor=actor, scope_id=note.workshop_id)
    live.publish(note.workshop_id, THOUGHTS)
    return note


@transaction.atomic
def set_aside_thought(*, actor: Participant, thought: Thought) -> Thought:
    """Put `thought` aside: it waits no more, and isn't lost.

    The facilitation team may. Raises `NotPermitted`, and `Gone` when somebody was quicker.
    """
    return _put(actor, thought, ThoughtState.SET_ASIDE, "thought.set_aside")


@transaction.atomic
def bring_back_thought(*, actor: Participant, thought: Thought) -> Thought:
    """Let a `thought` that was set aside wait again. Raises as `set_aside_thought`."""
    return _put(actor, thought, ThoughtState.WAITING, "thought.brought_back")


def _put(actor: Participant, thought: Thought, state: ThoughtState, verb: str) -> Thought:
    require_now(actor, "notes.decide_thoughts", thought)
    row = _locked(thought)
    if row.state != state:
        row.state = state
        row.save(update_fields=["state"])
        audit.record(verb, row, actor=actor, scope_id=row.workshop_id)
        live.publish(row.workshop_id, THOUGHTS)
    return row


def _locked(thought: Thought) -> Thought:
    rows = Thought.objects.select_for_update(of=("self",)).select_related("session", "group")
    found = rows.filter(pk=thought.pk).first()
    if found is None:
        raise Gone(GONE)
    return found


def _same(thought: Thought, actor: Participant, text: str) -> Thought:
    own = thought.author_id == actor.pk
    may_be_own = thought.author_id is None and thought.workshop_id == actor.workshop_id
    if thought.text == text and (own or may_be_own):
        return thought
    raise Conflict(OTHER_WORDS, current=thought if own else None)


def _is_a_note(thought_id: uuid.UUID, actor: Participant, text: str) -> bool:
    """Say whether a thought of this id and these words was let in; refuse other words.

    Whose it was isn't known any more. That nobody learns by the id of a note whether it was sent
    or typed, one that was typed is answered for by the words that all can read, too. Of what was
    redacted nothing is there to be compared.
    """
    note = Note.objects.filter(pk=thought_id).first()
    if note is None:
        return False
    if note.workshop_id == actor.workshop_id:
        first = note.revisions.last() if note.source == Source.PHONE else None
        said = {note.text} | ({first.text} if first else set())
        if note.redacted_at is not None or text in said:
            return True
    raise Conflict(OTHER_WORDS, current=None)
