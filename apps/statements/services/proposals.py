"""Proposing statements, and deciding what becomes of them."""

import uuid
from typing import Any

from django.db import transaction

from apps.annotations.services.given import refuse
from apps.core import audit, live
from apps.core.exceptions import Conflict, Gone
from apps.participants.models import Participant
from apps.statements.models import Declined, Proposal, ProposalState, Statement
from apps.statements.services.given import check_places, checked_words
from apps.statements.services.statements import put_statement
from apps.themes.models import Theme
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.services.asking import require_now

# What the pages of proposals hear of.
PROPOSALS = "proposals"
# More than anybody has in earnest, so that nobody buries those of the others.
AT_ONCE, IN_ALL = 20, 500
ENOUGH = "So many wait to be looked at that no more are taken. Try again later."
OTHER_WORDS = "You proposed this with other words already."
DECIDED = "Somebody decided on this already."
NO_REASON = "Choose why it isn’t asked."


@transaction.atomic
def propose_statement(
    *,
    actor: Participant,
    text: str,
    theme: Theme | None = None,
    id: uuid.UUID | None = None,  # noqa: A002 - the domain's word
) -> Proposal:
    """Propose a statement to the team, and return the proposal; the same `id` sent twice is one.

    Participants may while the plan takes proposals. Who proposed it is kept until the team decides,
    and under the anonymous rule not at all; the history doesn't tell. Raises `NotPermitted`;
    `RuleViolation` for words that are empty or too long, a theme of another workshop, or when too
    many wait; `Conflict` for other words under a known id.
    """
    require_now(actor, "statements.propose", actor.workshop)
    check_places(actor.workshop, theme=theme)
    text = checked_words(text)
    known = Proposal.objects.filter(pk=id).first() if id else None
    if known is not None:
        if (known.workshop_id, known.text) != (actor.workshop_id, text):
            raise Conflict(OTHER_WORDS, current=None)
        return known
    waiting = Proposal.objects.filter(workshop=actor.workshop_id, state=ProposalState.WAITING)
    if waiting.count() >= IN_ALL or waiting.filter(author=actor).count() >= AT_ONCE:
        raise refuse("", ENOUGH)
    proposal = Proposal.objects.create(
        id=id or uuid.uuid4(),
        workshop=actor.workshop,
        text=text,
        theme=theme,
        author=None if leaves_no_trace(actor.workshop) else actor,
    )
    live.publish(actor.workshop_id, PROPOSALS)
    return proposal


@transaction.atomic
def accept_proposal(*, actor: Participant, proposal: Proposal, text: str = "") -> Statement:
    """Put what `proposal` says, or `text`, in the queue under its theme; return the statement.

    Nothing leads to who proposed it from then on. The facilitation team may, until the workshop is
    published. Raises `NotPermitted`, `Gone` when somebody decided already, and `RuleViolation` as
    `put_statement`.
    """
    row = _waiting(actor, proposal)
    statement = put_statement(actor=actor, text=text or row.text, theme=row.theme)
    _decide(row, state=ProposalState.ACCEPTED, statement=statement)
    return statement


@transaction.atomic
def decline_proposal(*, actor: Participant, proposal: Proposal, why: str) -> None:
    """Say that `proposal` isn't asked, for one of the reasons that were told beforehand.

    Nothing leads to who proposed it from then on. The facilitation team may, until the workshop is
    published. Raises `NotPermitted`, `Gone` when somebody decided already, and `RuleViolation`
    without one of the reasons.
    """
    row = _waiting(actor, proposal)
    if why not in Declined.values:
        raise refuse("why", NO_REASON)
    _decide(row, state=ProposalState.DECLINED, declined=why)
    audit.record(
        "proposal.declined", row, actor=actor, scope_id=row.workshop_id, after={"declined": why}
    )


def _waiting(actor: Participant, proposal: Proposal) -> Proposal:
    require_now(actor, "statements.decide_proposals", proposal)
    row = (
        Proposal.objects.select_for_update(of=("self",)).select_related("theme").get(pk=proposal.pk)
    )
    if row.state != ProposalState.WAITING:
        raise Gone(DECIDED)
    return row


def _decide(row: Proposal, **values: Any) -> None:
    values["author"] = None
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    live.publish(row.workshop_id, PROPOSALS)
