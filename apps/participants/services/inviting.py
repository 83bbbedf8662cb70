"""Inviting several people at once, each by a link of their own."""

from collections.abc import Iterable
from enum import Enum

from django.db import transaction

from apps.core.mail import mailbox
from apps.core.permissions import allowed, require
from apps.participants.models import Participant
from apps.participants.selectors.people import State, state_of
from apps.participants.services.links import send_invitation
from apps.workshops.actors import Actor
from apps.workshops.services import as_it_is_now


class Outcome(Enum):
    """What became of one of several who were to be invited."""

    SENT = "sent"
    # There is no address. A link to copy is made for one person at a time.
    TO_COPY = "to copy"
    IN_ALREADY = "in already"
    WAITING = "waiting"
    FOR_THE_OWNER = "for the owner"


@transaction.atomic
def invite_several(
    *, actor: Actor, people: Iterable[Participant], site: str
) -> list[tuple[Participant, Outcome]]:
    """Send each of `people` who hasn't come yet a link that invites them, and say what was done.

    Links that were made before work no more. Nothing is done for those without an address, for
    those who came or wait in the lobby, and, where a facilitator asks, for those of the team. The
    owner and facilitators may, until the workshop is archived. Raises `NotPermitted`.
    """
    as_it_is_now(actor)
    require(actor, "participants.admit", actor.workshop)
    chosen = Participant.objects.filter(
        workshop=actor.workshop_id, removed_at=None, pk__in=[person.pk for person in people]
    )
    # In an order that is the same for everybody: mail to one address is counted one after another.
    in_turn = sorted(chosen, key=lambda person: (mailbox(person.email), person.pk))
    done = {person.pk: _invite(actor, person, site) for person in in_turn}
    return [(person, done[person.pk]) for person in chosen]


def _invite(actor: Actor, person: Participant, site: str) -> Outcome:
    person.workshop = actor.workshop
    state = state_of(person)
    if state != State.EXPECTED:
        return Outcome.WAITING if state == State.WAITING else Outcome.IN_ALREADY
    if not allowed(actor, "participants.invite", person):
        return Outcome.FOR_THE_OWNER
    if not person.email:
        return Outcome.TO_COPY
    send_invitation(actor=actor, participant=person, site=site)
    return Outcome.SENT
