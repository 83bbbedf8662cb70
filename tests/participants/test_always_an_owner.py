"""A workshop keeps an owner who is here: the database holds it, past all services."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.participants.models import Participant
from apps.participants.services import forget_person, remove_person
from apps.workshops.models import Phase, Role, Workshop
from tests.factories import ParticipantFactory, WorkshopFactory

pytestmark = pytest.mark.django_db

LEAVE = {
    "is removed": lambda rows: rows.update(removed_at=timezone.now()),
    "becomes something else": lambda rows: rows.update(role=Role.FACILITATOR),
    "goes back to the lobby": lambda rows: rows.update(admitted_at=None),
    "loses the account": lambda rows: rows.update(user=None),
    "goes to another workshop": lambda rows: rows.update(workshop=WorkshopFactory()),
    "is deleted": lambda rows: rows.delete(),
    "has the account deleted": lambda rows: User.objects.filter(participations__in=rows).delete(),
}


@pytest.fixture
def owner():
    return ParticipantFactory(role=Role.OWNER)


def leave(how, owner):
    with transaction.atomic():
        LEAVE[how](Participant.objects.filter(pk=owner.pk))
        connection.check_constraints()


@pytest.mark.parametrize("how", LEAVE)
def test_the_only_owner_stays_whoever_writes(owner, how):
    # Nobody of these could stand in: they aren't here, or own something else.
    ParticipantFactory(workshop=owner.workshop, role=Role.FACILITATOR)
    ParticipantFactory(workshop=owner.workshop, role=Role.OWNER, removed_at=timezone.now())
    ParticipantFactory(workshop=owner.workshop, role=Role.OWNER, admitted_at=None)
    ParticipantFactory(workshop=owner.workshop, role=Role.OWNER, user=None)
    ParticipantFactory(role=Role.OWNER)
    with pytest.raises(IntegrityError, match="keeps an owner"):
        leave(how, owner)
    assert Participant.objects.filter(pk=owner.pk, role=Role.OWNER, removed_at=None).exists()


@pytest.mark.parametrize("how", LEAVE)
@pytest.mark.parametrize("other", ["by account", "by link"])
def test_an_owner_may_go_while_another_is_here(owner, how, other):
    came = {} if other == "by account" else {"user": None, "consented_at": timezone.now()}
    ParticipantFactory(workshop=owner.workshop, role=Role.OWNER, **came)
    leave(how, owner)
    assert not Participant.objects.filter(
        pk=owner.pk, workshop=owner.workshop, role=Role.OWNER, removed_at=None,
        admitted_at__isnull=False, user__isnull=False,
    ).exists()  # fmt: skip


def test_it_may_change_hands_within_a_transaction(owner):
    other = ParticipantFactory(workshop=owner.workshop)
    with transaction.atomic():
        Participant.objects.filter(pk=owner.pk).update(role=Role.PARTICIPANT)
        Participant.objects.filter(pk=other.pk).update(role=Role.OWNER)
        connection.check_constraints()


def test_a_workshop_may_be_deleted_whole(owner):
    owner.workshop.delete()
    connection.check_constraints()
    assert not Participant.objects.exists()


def test_an_account_may_be_closed_at_any_time(owner):
    # Whoever runs the site mustn't have to wait for it; the account can be opened again.
    User.objects.filter(pk=owner.user_id).update(is_active=False)
    connection.check_constraints()


@pytest.mark.parametrize("how", LEAVE)
def test_once_what_is_personal_has_been_deleted_the_last_owner_may_go(owner, how):
    Workshop.objects.filter(pk=owner.workshop_id).update(
        purged_at=timezone.now(), phase=Phase.ARCHIVED
    )
    leave(how, owner)


@pytest.mark.parametrize("go", [forget_person, remove_person])
def test_and_may_go_by_themselves(owner, go):
    Workshop.objects.update(purged_at=timezone.now(), phase=Phase.ARCHIVED)
    owner = Participant.objects.get(pk=owner.pk)
    go(actor=owner, participant=owner)
    connection.check_constraints()
    owner.refresh_from_db()
    assert owner.removed_at


@pytest.mark.django_db(transaction=True)
def test_of_two_who_go_at_once_one_stays(owner):
    other = ParticipantFactory(workshop=owner.workshop, role=Role.OWNER)
    changed, refused = threading.Barrier(2), []

    def go(person):
        try:
            with transaction.atomic():
                Participant.objects.filter(pk=person.pk).update(role=Role.PARTICIPANT)
                # Each has changed its own row, and sees the other as an owner still.
                changed.wait()
        except IntegrityError:
            refused.append(person)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[person]) for person in (owner, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Participant.objects.get(role=Role.OWNER) == refused[0]
