"""What statements show, keep and tell elsewhere."""

import uuid
from collections.abc import Iterator, Mapping

from django.db.models import Model
from django.urls import reverse

from apps.core.contributions import NavEntry, Panel, contribute
from apps.core.holdings import Kept, Removal
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.statements.models import (
    Answered,
    AskingPlan,
    Proposal,
    Response,
    Round,
    RoundState,
    Statement,
    StatementEvidence,
)
from apps.statements.selectors import open_rounds_for, statements_visible_to
from apps.statements.selectors.answering import left_to_answer
from apps.statements.services.answering import ANSWERS
from apps.statements.services.screen import SCREEN
from apps.themes.contributions import THEMES
from apps.workshops.models import Workshop

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


@contribute("navigation", order=32)
def statements_entry(actor: Participant) -> Iterator[NavEntry]:
    """Lead to the statements."""
    url = reverse("statements:queue", args=[actor.workshop.slug])
    yield NavEntry("Statements", url, "statements", statements_visible_to(actor))


@contribute("navigation", order=14)
def answer_entry(actor: Participant) -> Iterator[NavEntry]:
    """Lead those who are asked to the statements, while some are open."""
    rounds = open_rounds_for(actor)
    url = reverse("statements:respond", args=[actor.workshop.slug])
    if allowed(actor, "statements.respond", actor.workshop):
        yield NavEntry("Answer", url, "respond", rounds, stays=False)


@contribute("workshops:rule-relied-on", order=55)
def relied_on(workshop: Workshop) -> Iterator[bool]:
    """Say that people have answered by the consensus rule."""
    yield AskingPlan.objects.filter(pk=workshop.pk, first_answer_at__isnull=False).exists()


@contribute("workshops:overview", order=6)
def offer(actor: Participant) -> Iterator[Panel]:
    """Offer those who are asked to answer; it stands there also empty, to hear of what is asked."""
    if allowed(actor, "statements.respond", actor.workshop):
        left, every = left_to_answer(actor)
        yield Panel("statements/offer.html", {"left": left, "every": every})


@contribute("people:forget", order=55)
def forget(participant: Participant) -> Iterator[Removal]:
    """Take answers of open rounds back, and let the others lead to nobody."""
    still_open = Response.objects.filter(
        participant_id=participant.pk, round__state=RoundState.OPEN
    )
    yield Removal(
        "answers in rounds that are open",
        remove=lambda: still_open.all().delete()[0],
        remaining=lambda: still_open.all().count(),
    )
    yield Removal(
        "traces of who answered what",
        remove=lambda: Response.objects.filter(participant=participant).update(participant=None),
        remaining=lambda: Response.objects.filter(participant_id=participant.pk).count(),
    )
    yield Removal(
        "marks of having answered",
        remove=lambda: Answered.objects.filter(participant=participant).delete()[0],
        remaining=lambda: Answered.objects.filter(participant_id=participant.pk).count(),
    )
    yield Removal(
        "proposed statements that nobody decided",
        remove=lambda: Proposal.objects.filter(author=participant).delete()[0],
        remaining=lambda: Proposal.objects.filter(author_id=participant.pk).count(),
    )


@contribute("purge", order=55)
def purge(workshop: Workshop) -> Iterator[Removal]:
    """Let no answer lead to anybody, and take what was proposed along."""
    yield Removal(
        "traces of who answered what",
        remove=lambda: Response.objects.filter(workshop=workshop, participant__isnull=False).update(
            participant=None
        ),
        remaining=lambda: Response.objects.filter(
            workshop=workshop, participant__isnull=False
        ).count(),
    )
    yield Removal(
        "proposed statements",
        remove=lambda: Proposal.objects.filter(workshop=workshop).delete()[0],
        remaining=lambda: Proposal.objects.filter(workshop=workshop).count(),
    )


@contribute("purge:kept", order=55)
def kept(workshop: Workshop) -> Iterator[Kept]:
    """What was asked, and what it came to, stays."""
    yield Kept(
        "statements and what the room answered",
        workshop.statements.count(),
        "They say how what was found is known; the answers lead to nobody.",
    )


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
        "round.opened": "opened {subject}",
        "round.closed": "closed {subject}",
        "round.revealed": "revealed what {subject} came to",
        "round.hands_counted": "entered the hands for {subject}",
        "round.hands_confirmed": "confirmed the hands for {subject}",
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
