"""What ends a personal link, and what doesn't."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.participants.models import Participant, PersonalLink
from apps.participants.services import (
    change_person,
    invite,
    renew_join_code,
    send_invitation,
)
from apps.workshops.models import AttributionRule, Phase, Role
from apps.workshops.services import move_phase
from tests.factories import (
    JoinCodeFactory,
    ParticipantFactory,
    UserFactory,
)
from tests.participants.links.browsing import accept

pytestmark = pytest.mark.django_db
SITE = "https://rapporteur.example.edu"


def its_time_is_over(ada: Participant, owner: Participant) -> None:
    PersonalLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def a_new_one_was_made(ada: Participant, owner: Participant) -> None:
    invite(actor=owner, participant=ada)


def a_new_one_was_sent(ada: Participant, owner: Participant) -> None:
    send_invitation(actor=owner, participant=ada, site=SITE)


def they_were_removed(ada: Participant, owner: Participant) -> None:
    Participant.objects.filter(pk=ada.pk).update(removed_at=timezone.now())


def they_were_removed_and_taken_back(ada: Participant, owner: Participant) -> None:
    they_were_removed(ada, owner)
    Participant.objects.filter(pk=ada.pk).update(removed_at=None)


def their_role_changed(ada: Participant, owner: Participant) -> None:
    Participant.objects.filter(pk=ada.pk).update(role=Role.FACILITATOR)


def their_address_was_corrected(ada: Participant, owner: Participant) -> None:
    change_person(actor=owner, participant=ada, email="countess@example.org")


def their_account_was_attached(ada: Participant, owner: Participant) -> None:
    Participant.objects.filter(pk=ada.pk).update(user=UserFactory())


def the_person_is_gone(ada: Participant, owner: Participant) -> None:
    Participant.objects.filter(pk=ada.pk).delete()


def the_workshop_was_archived(ada: Participant, owner: Participant) -> None:
    type(owner.workshop).objects.update(phase=Phase.ARCHIVED)


def the_workshop_was_archived_and_opened(ada: Participant, owner: Participant) -> None:
    the_workshop_was_archived(ada, owner)
    owner.workshop.refresh_from_db()
    move_phase(
        actor=owner, workshop=owner.workshop, phase=Phase.PUBLISHED, reason="One more question"
    )


def the_workshop_was_purged(ada: Participant, owner: Participant) -> None:
    type(owner.workshop).objects.update(purged_at=timezone.now(), phase=Phase.ARCHIVED)


ENDS = [
    its_time_is_over,
    a_new_one_was_made,
    a_new_one_was_sent,
    they_were_removed,
    they_were_removed_and_taken_back,
    their_role_changed,
    their_address_was_corrected,
    their_account_was_attached,
    the_person_is_gone,
    the_workshop_was_archived,
    the_workshop_was_archived_and_opened,
    the_workshop_was_purged,
]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
@pytest.mark.parametrize("opened", ["before", "after"])
def test_it_lets_nobody_in_after(ada, owner, link, end: Callable[..., None], opened):
    client = Client()
    if opened == "before":
        client.get(link)
    end(ada, owner)
    if opened == "after":
        client.get(link)
    answer = client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE})
    assert answer.status_code == 410
    assert "This link works no more" in answer.content.decode()
    assert client.get("/w/harbours/").status_code in {302, 404}


def the_join_code_was_renewed(ada: Participant, owner: Participant) -> None:
    JoinCodeFactory(workshop=owner.workshop)
    renew_join_code(actor=owner)


def their_name_was_corrected(ada: Participant, owner: Participant) -> None:
    Participant.objects.filter(pk=ada.pk).update(display_name="Ada L.")


def an_address_was_added(ada: Participant, owner: Participant) -> None:
    grace = ParticipantFactory(workshop=owner.workshop, user=None, email="")
    token = invite(actor=owner, participant=grace)
    change_person(actor=owner, participant=grace, email="grace@example.org")
    assert accept(Client(), token).status_code == 302


def the_phase_moved_on(ada: Participant, owner: Participant) -> None:
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.REVIEW)


def somebody_else_was_invited(ada: Participant, owner: Participant) -> None:
    invite(actor=owner, participant=ParticipantFactory(workshop=owner.workshop, user=None))


@pytest.mark.parametrize(
    "event",
    [
        the_join_code_was_renewed,
        their_name_was_corrected,
        an_address_was_added,
        the_phase_moved_on,
        somebody_else_was_invited,
    ],
    ids=lambda event: event.__name__,
)
def test_it_still_lets_them_in_after(client, ada, owner, link, event: Callable[..., None]):
    event(ada, owner)
    assert accept(client, link).status_code == 302


def test_it_ends_with_the_join_code_and_before_the_purge(workshop, owner, ada, time_machine):
    workshop.purge_on = workshop.ends_on + timedelta(days=3)
    workshop.save()
    invite(actor=owner, participant=ada)
    assert PersonalLink.objects.get().expires_at.date() == workshop.purge_on
    workshop.purge_on = None
    workshop.save()
    owner.refresh_from_db()
    ada.refresh_from_db()
    invite(actor=owner, participant=ada)
    assert PersonalLink.objects.get().expires_at.date() == workshop.ends_on + timedelta(days=7)
