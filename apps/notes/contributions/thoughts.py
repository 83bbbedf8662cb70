"""Where thoughts and the feed stand on the pages of others."""

from collections.abc import Iterator

from django.urls import reverse

from apps.core.contributions import NavEntry, Panel, Step, contribute
from apps.core.permissions import allowed
from apps.notes.selectors import (
    sessions_taking_thoughts,
    sessions_with_feed,
    thoughts_by_state,
    waiting_thoughts,
)
from apps.participants.models import Participant
from apps.workshops.rules import TEAM


@contribute("navigation", order=15)
def send_thoughts(actor: Participant) -> Iterator[NavEntry]:
    """Lead participants to where they send thoughts, while a session takes some."""
    if _may_send(actor):
        url = reverse("notes:thoughts", args=[actor.workshop.slug])
        yield NavEntry("Send a thought", url, "send-thought")


@contribute("navigation", order=16)
def read_along(actor: Participant) -> Iterator[NavEntry]:
    """Lead those who don't take notes to the feed, while a session has one."""
    if actor.role not in TEAM and sessions_with_feed(actor):
        yield NavEntry("Read along", reverse("notes:feed", args=[actor.workshop.slug]), "feed")


@contribute("navigation", order=25)
def decide_thoughts(actor: Participant) -> Iterator[NavEntry]:
    """Lead the team to the thoughts, if any wait or can come."""
    if allowed(actor, "notes.read_thoughts", actor.workshop):
        url = reverse("notes:waiting_thoughts", args=[actor.workshop.slug])
        can_come = sessions_taking_thoughts(actor.workshop)
        yield NavEntry("Thoughts", url, "thoughts", waiting_thoughts(actor), stays=can_come)


@contribute("workshops:overview", order=8)
def offer(actor: Participant) -> Iterator[Panel]:
    """Offer participants to send a thought, and to read along."""
    may_send = _may_send(actor)
    may_read = actor.role not in TEAM and bool(sessions_with_feed(actor))
    if may_send or may_read:
        yield Panel("notes/offer.html", {"may_send": may_send, "may_read": may_read})


@contribute("workshops:next", order=15)
def thoughts_wait(actor: Participant) -> Iterator[Step]:
    """Ask the team to look at what participants sent."""
    if allowed(actor, "notes.decide_thoughts", actor.workshop):
        count = waiting_thoughts(actor).count()
        if count:
            url = reverse("notes:waiting_thoughts", args=[actor.workshop.slug])
            text = "1 thought waits" if count == 1 else f"{count} thoughts wait"
            yield Step(text, url, action="Look at the thoughts")


@contribute("capture:beside", order=10)
def thoughts_beside(actor: Participant) -> Iterator[Panel]:
    """Show the queue of thoughts beside the notes, if there is one."""
    found = thoughts_by_state(actor)
    if any(found.values()) or sessions_taking_thoughts(actor.workshop).exists():
        yield Panel("notes/queue.html", found)


def _may_send(actor: Participant) -> bool:
    may = allowed(actor, "notes.send_thoughts", actor.workshop)
    return may and sessions_taking_thoughts(actor.workshop).exists()
