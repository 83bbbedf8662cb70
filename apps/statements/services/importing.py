"""Taking a conversation from elsewhere: its statements, and what people voted."""

import hashlib
import uuid
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.core import audit
from apps.core.texts import as_line
from apps.participants.models import Participant
from apps.statements.importing import Comment, Conversation
from apps.statements.models import (
    MAX_LENGTH,
    Response,
    Round,
    RoundState,
    Statement,
    Wording,
)
from apps.statements.services.plans import mark_first_answer
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.services.asking import require_now

AT_ONCE = 5_000


@dataclass(frozen=True)
class Imported:
    """What was taken: numbers of statements, people and votes, and of texts that were cut."""

    statements: int
    people: int
    votes: int
    cut: int


@transaction.atomic
def import_conversation(*, actor: Participant, conversation: Conversation) -> Imported:
    """Take the statements of `conversation`, each with one closed round that holds its votes.

    Nobody of the workshop voted so: the answers belong to keys that lead to nobody, and how many
    could have voted isn't known. Rejected statements come withdrawn. What it came to is revealed
    like anything else. The facilitation team may, until the workshop is published. Raises
    `NotPermitted`.
    """
    require_now(actor, "statements.edit", actor.workshop)
    comments = [each for each in conversation.comments if as_line(each.text)]
    rows = _put(actor, comments)
    rounds = Round.objects.bulk_create(
        Round(
            workshop=actor.workshop, statement=row, wording=wording, number=1,
            state=RoundState.OPEN, opened_at=timezone.now(),
        )
        for row, wording in rows
    )  # fmt: skip
    salt, apart = uuid.uuid4().hex, leaves_no_trace(actor.workshop)
    answers = (
        Response(
            workshop=actor.workshop,
            round=asked,
            key=_key(salt, person, asked if apart else None),
            value=vote,
        )
        for comment, asked in zip(comments, rounds, strict=True)
        for person, vote in conversation.votes.get(comment.number, {}).items()
    )
    while some := list(islice(answers, AT_ONCE)):
        Response.objects.bulk_create(some)
    if conversation.vote_count:
        mark_first_answer(actor.workshop_id)
    closed = {"state": RoundState.CLOSED, "closed_at": timezone.now()}
    Round.objects.filter(pk__in=[each.pk for each in rounds]).update(**closed)
    imported = Imported(
        statements=len(comments),
        people=len(conversation.people),
        votes=conversation.vote_count,
        cut=sum(len(as_line(each.text)) > MAX_LENGTH for each in comments),
    )
    audit.record(
        "conversation.imported",
        actor.workshop,
        actor=actor,
        scope_id=actor.workshop_id,
        after={"statements": imported.statements, "votes": imported.votes},
    )
    return imported


def _put(actor: Participant, comments: list[Comment]) -> list[tuple[Statement, Wording]]:
    there = Statement.objects.filter(workshop=actor.workshop)
    first = (there.aggregate(last=Max("order"))["last"] or 0) + 1
    now = timezone.now()
    statements = Statement.objects.bulk_create(
        Statement(
            workshop=actor.workshop,
            text=_cut(as_line(comment.text)),
            order=first + place,
            withdrawn_at=now if comment.rejected else None,
        )
        for place, comment in enumerate(comments)
    )
    wordings = Wording.objects.bulk_create(
        Wording(workshop=actor.workshop, statement=each, number=1, text=each.text)
        for each in statements
    )
    return list(zip(statements, wordings, strict=True))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_LENGTH else f"{text[: MAX_LENGTH - 1]}…"


def _key(salt: str, person: str, asked: Round | None) -> str:
    """Return a key that leads to nobody: one a person, or anonymously one an answer."""
    return hashlib.sha256(f"{salt} {person} {asked.pk if asked else ''}".encode()).hexdigest()
