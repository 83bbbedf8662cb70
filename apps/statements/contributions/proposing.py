"""What participants propose to be asked, told to the team."""

from collections.abc import Iterator

from django.urls import reverse

from apps.core.contributions import Step, contribute
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.statements.selectors.proposals import waiting_proposals
from apps.statements.services.proposals import PROPOSALS


@contribute("live:topics", order=56)
def hear(actor: Participant) -> Iterator[str]:
    """Tell the team that something was proposed, or decided."""
    if allowed(actor, "statements.read_proposals", actor.workshop):
        yield PROPOSALS


@contribute("workshops:next", order=16)
def proposals_wait(actor: Participant) -> Iterator[Step]:
    """Ask the team to look at what participants propose."""
    if allowed(actor, "statements.decide_proposals", actor.workshop):
        count = waiting_proposals(actor).count()
        if count:
            url = reverse("statements:proposals", args=[actor.workshop.slug])
            text = (
                "1 proposed statement waits" if count == 1 else f"{count} proposed statements wait"
            )
            yield Step(text, url, action="Look at what is proposed")


@contribute("history:verbs", order=56)
def told() -> Iterator[dict[str, str]]:
    """Say what was decided; who proposed it is told nowhere, nor what wasn't asked."""
    yield {"proposal.declined": "declined a proposed statement"}
