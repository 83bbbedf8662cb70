"""Who may hear what changes in a workshop, and whether they still may."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from apps.core.contributions import contributed
from apps.core.live.clients import Listener
from apps.participants.models import Participant
from apps.workshops.rules import TEAM

# All of a person on which it rests whether they are here, and as what.
DECISIVE = (
    "pk", "workshop_id", "role", "user_id", "admitted_at", "removed_at", "user__is_active",
    "user__password", "has_second_step", "workshop__phase",
)  # fmt: skip


@dataclass(frozen=True)
class Ticket:
    """On what it rested that somebody was let in: what their browser and their row said."""

    session_key: str
    participant_id: uuid.UUID
    said: str = ""


def listener_of(actor: Participant, session_key: str, *, is_capturing: bool) -> Listener:
    """Return what `actor` may hear, who was found to be here by the session `session_key`.

    Whether somebody `is_capturing` is told to others only of the team, as a number.
    """
    ticket = Ticket(session_key, actor.pk)
    return Listener(
        scope_id=actor.workshop_id,
        person_id=actor.pk,
        topics=frozenset(contributed("live:topics", actor=actor)),
        is_present=is_capturing and actor.role in TEAM,
        ticket=Ticket(session_key, actor.pk, _said([ticket]).get(ticket, "")),
    )


def outdated(listeners: Collection[Listener]) -> list[Listener]:
    """Return those of `listeners` for whom anything changed of what let them in.

    Two queries for all of them. Whether they come in again is decided at the door, in the one
    place where it is decided; so that of two changes that cancel out, neither is overlooked.
    """
    said = _said([listener.ticket for listener in listeners])
    return [
        listener
        for listener in listeners
        if said.get(Ticket(listener.ticket.session_key, listener.ticket.participant_id))
        != listener.ticket.said
    ]


def _said(tickets: Collection[Ticket]) -> dict[Ticket, str]:
    """Return, by session and participant, a digest of all that decides; nothing for those gone."""
    sessions = dict(
        Session.objects.filter(
            pk__in={ticket.session_key for ticket in tickets}, expire_date__gt=timezone.now()
        ).values_list("session_key", "session_data")
    )
    codes = Authenticator.objects.filter(user=OuterRef("user"), type=Authenticator.Type.TOTP)
    people: dict[uuid.UUID, tuple[Any, ...]] = {
        row[0]: row
        for row in Participant.objects.filter(pk__in={t.participant_id for t in tickets})
        .annotate(has_second_step=Exists(codes))
        .values_list(*DECISIVE)
    }
    return {
        Ticket(ticket.session_key, ticket.participant_id): sha256(
            repr((sessions[ticket.session_key], people[ticket.participant_id])).encode()
        ).hexdigest()
        for ticket in tickets
        if ticket.session_key in sessions and ticket.participant_id in people
    }
