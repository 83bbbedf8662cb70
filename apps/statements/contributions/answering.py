"""How people come to answer, and what their devices send."""

from collections.abc import Iterator

from django.urls import reverse

from apps.core.contributions import NavEntry, Panel, contribute
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.statements.selectors import open_rounds_for
from apps.statements.selectors.answering import left_to_answer
from apps.statements.services.taking import take_response
from apps.workshops.devices import Kind


@contribute("navigation", order=14)
def answer_entry(actor: Participant) -> Iterator[NavEntry]:
    """Lead those who are asked to the statements, while some are open."""
    rounds = open_rounds_for(actor)
    url = reverse("statements:respond", args=[actor.workshop.slug])
    if allowed(actor, "statements.respond", actor.workshop):
        yield NavEntry("Answer", url, "respond", rounds, stays=False)


@contribute("workshops:overview", order=6)
def offer(actor: Participant) -> Iterator[Panel]:
    """Offer those who are asked to answer; it stands there also empty, to hear of what is asked."""
    if allowed(actor, "statements.respond", actor.workshop):
        left, every = left_to_answer(actor)
        yield Panel("statements/offer.html", {"left": left, "every": every})


@contribute("queue:kinds", order=10)
def answers() -> Iterator[Kind]:
    """Take the answers that devices kept."""
    yield Kind("response", "statements.respond", take_response)
