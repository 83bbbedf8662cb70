"""What statements show, keep and tell elsewhere."""

import uuid
from collections.abc import Iterator, Mapping

from django.db.models import Model

from apps.core.contributions import contribute
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.statements.models import (
    Round,
    Statement,
    StatementEvidence,
)
from apps.statements.services.answering import ANSWERS
from apps.statements.services.screen import SCREEN
from apps.themes.contributions import THEMES

# What open pages hear of: what is asked, and what was revealed.
STATEMENTS = "statements"


@contribute("live:topics", order=55)
def hear(actor: Participant) -> Iterator[str]:
    """Tell everybody what is asked and shown; how many answered only those who ask."""
    yield STATEMENTS
    yield SCREEN
    if allowed(actor, "statements.see_all", actor.workshop):
        yield ANSWERS


@contribute("live:changed", order=55)
def changed(subject: Model, **_: str) -> Iterator[str]:
    """Say that what is asked changed, or what it tests."""
    if isinstance(subject, (Statement, Round, StatementEvidence)):
        yield STATEMENTS
    if isinstance(subject, StatementEvidence):
        yield THEMES


@contribute("history:verbs", order=55)
def told() -> Iterator[dict[str, str]]:
    """Say what was done with statements and their rounds; who answered is told nowhere."""
    yield {
        "statement.put": "put the statement {subject}",
        "statement.revised": "revised the statement {subject}",
        "statement.moved": "moved the statement {subject} in the queue",
        "statement.withdrawn": "withdrew the statement {subject}",
        "statement.brought_back": "brought the statement {subject} back",
        "statement.linked": "let a statement test a finding",
        "statement.unlinked": "let a statement no longer test a finding",
        "round.begun": "began another round of {subject}",
        "round.means_chosen": "chose how {subject} is answered",
        "round.opened": "opened {subject}",
        "round.closed": "closed {subject}",
        "round.revealed": "revealed what {subject} came to",
        "round.hands_counted": "entered the hands for {subject}",
        "round.hands_confirmed": "confirmed the hands for {subject}",
        "conversation.imported": "took a conversation from Polis",
        "opinions.looked_for": "had groups of like opinion looked for",
        "answers.exported": "had all answers written to a file",
        "asking_plan.changed": "settled how the room is asked",
    }


@contribute("history:names", order=55)
def names(viewer: Participant, ids: Mapping[str, set[uuid.UUID]]) -> Iterator[dict[uuid.UUID, str]]:
    """Call statements, and rounds of them, by their words."""
    here = {"workshop": viewer.workshop_id}
    statements = Statement.objects.filter(pk__in=ids.get("statements.statement", ()), **here)
    yield {row.pk: f"“{row}”" for row in statements}
    rounds = Round.objects.filter(pk__in=ids.get("statements.round", ()), **here)
    yield {
        row.pk: f"round {row.number} of “{row.wording.text}”"
        for row in rounds.select_related("wording")
    }
