"""What participants propose to be asked, and what became of it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.statements.models import AskingPlan, Proposal, ProposalState, Statement
from apps.statements.selectors.statements import statements_visible_to


def proposals_visible_to(actor: Participant) -> QuerySet[Proposal]:
    """Return what was proposed, for the team, without who did.

    In the order of random ids: when somebody wrote can be a name.
    """
    if not allowed(actor, "statements.read_proposals", actor.workshop):
        return Proposal.objects.none()
    rows = Proposal.objects.filter(workshop=actor.workshop_id).select_related("theme", "statement")
    return rows.order_by("pk")


def waiting_proposals(actor: Participant) -> QuerySet[Proposal]:
    """Return the proposals on which the team has to decide."""
    return proposals_visible_to(actor).filter(state=ProposalState.WAITING)


def anything_proposed(actor: Participant) -> bool:
    """Say whether there is something for the team to look at, or may be."""
    plan = AskingPlan.objects.filter(pk=actor.workshop_id, takes_proposals=True)
    return plan.exists() or proposals_visible_to(actor).exists()


@dataclass(frozen=True)
class Proposed:
    """Something that somebody proposed, and what became of it."""

    proposal: Proposal
    # Only where they may read it: it was, or is asked.
    statement: Statement | None

    @property
    def became(self) -> str:
        """What became of it, in words."""
        if self.proposal.state == ProposalState.WAITING:
            return "The team hasn’t decided yet."
        if self.proposal.state == ProposalState.DECLINED:
            return f"Not asked: {self._why()}."
        if self.proposal.statement_id is None:
            return "It was in the queue, and was withdrawn before anybody was asked."
        if self.statement is None:
            return "It is in the queue, and will be asked."
        if self.statement.words == self.proposal.text:
            return "The room was asked."
        return f"The room was asked in other words: “{self.statement.words}”"

    def _why(self) -> str:
        why = self.proposal.get_declined_display()
        return why[0].lower() + why[1:]


def proposed_by(actor: Participant, kept: Collection[uuid.UUID]) -> list[Proposed]:
    """Return what `actor` proposed, with what became of it; the latest first. Two queries.

    What the team has decided leads to nobody any more: it is found by the ids that the browser
    kept, which nobody else knows.
    """
    rows = Proposal.objects.filter(
        Q(author=actor) | Q(pk__in=kept), workshop=actor.workshop_id
    ).order_by("-created_at")
    found = list(rows)
    asked = statements_visible_to(actor).in_bulk([each.statement_id for each in found])
    return [Proposed(each, asked.get(each.statement_id)) for each in found]
