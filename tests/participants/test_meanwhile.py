"""What becomes of somebody while their request is under way counts when it is carried out."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from apps.core.exceptions import NotPermitted, RuleViolation
from apps.participants import services
from apps.participants.models import Participant
from apps.workshops.models import Phase, Role
from apps.workshops.services import change_deletion_date, edit_basics, move_phase
from tests.factories import (
    CommentFactory,
    JoinCodeFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
GONE = {"removed_at": timezone.now()}
DEMOTED = {"role": Role.OBSERVER}


class Day:
    """A workshop with an owner whose request has begun, and what it is about."""

    def __init__(self, role: str) -> None:
        self.workshop = WorkshopFactory(slug="harbours", phase=Phase.LIVE, lobby=True)
        ParticipantFactory(workshop=self.workshop, role=Role.OWNER)
        row = ParticipantFactory(workshop=self.workshop, role=role)
        self.actor = Participant.objects.select_related("workshop").get(pk=row.pk)
        self.person = ParticipantFactory(workshop=self.workshop, user=None)
        self.waiting = ParticipantFactory(workshop=self.workshop, user=None, admitted_at=None)
        self.theme = ThemeFactory(workshop=self.workshop, published=True)
        self.comment = CommentFactory(theme=self.theme)
        self.note = NoteFactory(session=SessionFactory(workshop=self.workshop))
        JoinCodeFactory(workshop=self.workshop)


DEEDS: dict[str, Any] = {
    "purge": lambda d: services.purge_now(actor=d.actor, title=d.workshop.title),
    "erase": lambda d: services.forget_person(actor=d.actor, participant=d.person),
    "remove": lambda d: services.remove_person(actor=d.actor, participant=d.person),
    "admit": lambda d: services.admit(actor=d.actor, participant=d.waiting),
    "turn away": lambda d: services.turn_away(actor=d.actor, participant=d.waiting),
    "renew the code": lambda d: services.renew_join_code(actor=d.actor),
    "invite": lambda d: services.invite(actor=d.actor, participant=d.person),
    "move on": lambda d: move_phase(actor=d.actor, workshop=d.actor.workshop, phase="synthesis"),
    "set the day": lambda d: change_deletion_date(actor=d.actor, purge_on=None),
    "set the rule": lambda d: edit_basics(actor=d.actor, attribution_rule="anonymous"),
    "add a group": lambda d: services.add_group(actor=d.actor, plural="judges"),
}


@pytest.mark.parametrize("meanwhile", [GONE, DEMOTED], ids=["removed", "demoted"])
@pytest.mark.parametrize("deed", DEEDS)
def test_whoever_was_removed_or_demoted_meanwhile_does_nothing(deed, meanwhile):
    day = Day(Role.OWNER)
    Participant.objects.filter(pk=day.actor.pk).update(**meanwhile)
    with pytest.raises(NotPermitted):
        DEEDS[deed](day)
    day.workshop.refresh_from_db()
    assert (day.workshop.purged_at, day.workshop.phase) == (None, Phase.LIVE)
    day.person.refresh_from_db()
    assert (day.person.removed_at is None, bool(day.person.display_name)) == (True, True)


def test_one_who_was_erased_meanwhile_doesnt_come_back(db):
    person = ParticipantFactory(display_name="Canary Name")
    stale = Participant.objects.select_related("workshop").get(pk=person.pk)
    services.forget_person(actor=person, participant=person)
    with pytest.raises(NotPermitted):
        services.change_oneself(actor=stale, display_name="Canary Name")
    owner = ParticipantFactory(workshop=person.workshop, role=Role.OWNER)
    with pytest.raises(RuleViolation, match="Bring them back first"):
        services.change_person(actor=owner, participant=stale, display_name="Canary Name")


@pytest.mark.parametrize(
    "told",
    [{"display_name": "Ana"}, {"affiliation": "Bank"}, {"email": "a@b.example"},
     {"removed_at": None}, {"removed_at": None, "display_name": "Ana"}],
)  # fmt: skip
def test_the_database_lets_nothing_be_told_of_whoever_was_erased(told):
    person = ParticipantFactory()
    services.forget_person(actor=person, participant=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.filter(pk=person.pk).update(**told)


@pytest.mark.django_db(transaction=True)
def test_erasing_and_saving_at_the_same_moment_end_in_being_erased():
    workshop = WorkshopFactory(slug="harbours", phase=Phase.LIVE)
    for number in range(4):
        person = ParticipantFactory(workshop=workshop, user=None, display_name="Canary Name")
        together = Barrier(2)
        sent = [
            ("post", "/w/harbours/yourself/erase/", {"data": {"understood": "on"}}),
            ("patch", "/api/v1/workshops/harbours/participants/me/",
             {"data": f'{{"display_name": "Canary {number}"}}',
              "content_type": "application/json"}),
        ]  # fmt: skip

        def send(method: str, address: str, more: Any, browser: Client, start: Barrier) -> None:
            start.wait()
            getattr(browser, method)(address, **more)
            connection.close()

        threads = [
            Thread(target=send, args=(*request, browser_of_joined(person), together))
            for request in sent
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        person.refresh_from_db()
        assert (person.removed_at is not None, person.display_name) == (True, "")


def browser_of_joined(person: Participant) -> Client:
    client = Client()
    session = client.session
    session["joined"] = {str(person.workshop_id): str(person.pk)}
    session.save()
    return client
