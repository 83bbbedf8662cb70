"""Whoever may no longer read a page no longer hears that it changed: within five seconds."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from apps.accounts.services import end_other_sessions
from apps.core import live
from apps.participants.models import Participant
from apps.participants.services import change_person, forget_person, remove_person
from apps.workshops.models import Phase, Role
from apps.workshops.services import move_phase
from tests.factories import ParticipantFactory, WorkshopFactory
from tests.live.conftest import Page, Web

Listen = Callable[..., Page]
Webs = tuple[Web, Web]
Cause = Callable[[Participant, Participant, str], object]

A_MOMENT, AT_MOST = 1.5, 5.0


def _password(person: Participant) -> None:
    person.user.set_password("another long password")  # type: ignore[union-attr]
    person.user.save()  # type: ignore[union-attr]


def _account_closed(person: Participant) -> None:
    person.user.is_active = False  # type: ignore[union-attr]
    person.user.save()  # type: ignore[union-attr]


# What ends a stream at once, because the service that does it says so.
TOLD: dict[str, Cause] = {
    "removed": lambda owner, person, _: remove_person(actor=owner, participant=person),
    "erased": lambda owner, person, _: forget_person(actor=owner, participant=person),
    "given another role": lambda owner, person, _: change_person(
        actor=owner, participant=person, role=Role.OBSERVER
    ),
    "signed out elsewhere": lambda _, person, __: end_other_sessions(user=person.user, but=None),
}
# What is found out by looking.
FOUND: dict[str, Cause] = {
    "signed out": lambda _, __, key: SessionStore(key).flush(),
    "session over": lambda _, __, key: Session.objects.filter(pk=key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    ),
    "password changed": lambda _, person, __: _password(person),
    "account closed": lambda _, person, __: _account_closed(person),
    "another phase": lambda owner, _, __: move_phase(
        actor=owner, workshop=owner.workshop, phase=Phase.REVIEW
    ),
    "workshop deleted": lambda owner, _, __: owner.workshop.delete(),
}


@pytest.mark.parametrize("cause", [*TOLD, *FOUND])
def test_a_stream_ends_when_what_it_rested_on_does(
    webs: Webs, listen: Listen, cookies_of: Callable[[Participant], str], cause: str
):
    owner = ParticipantFactory(role=Role.OWNER, workshop=WorkshopFactory(phase=Phase.SYNTHESIS))
    person = ParticipantFactory(role=Role.FACILITATOR, workshop=owner.workshop)
    cookies = cookies_of(person)
    page = listen(webs[0], person, cookies=cookies)
    page.hear_until("hello")
    # It would have gone on.
    live.check_listeners()
    live.publish(owner.workshop_id, "notes", 1)
    page.hear_until("notes")
    started = time.monotonic()
    {**TOLD, **FOUND}[cause](owner, person, cookies.partition("=")[2])
    assert page.is_over_within(A_MOMENT if cause in TOLD else AT_MOST)
    assert time.monotonic() - started < AT_MOST


def test_leaving_on_a_device_ends_its_stream(
    webs: Webs, listen: Listen, cookies_of: Callable[[Participant], str]
):
    person = ParticipantFactory(user=None)
    cookies = cookies_of(person)
    page = listen(webs[0], person, cookies=cookies)
    page.hear_until("hello")
    session = SessionStore(cookies.partition("=")[2])
    session["joined"] = {}
    session.save()
    assert page.is_over_within(AT_MOST)


def test_others_stay(webs: Webs, listen: Listen):
    owner = ParticipantFactory(role=Role.OWNER)
    person = ParticipantFactory(workshop=owner.workshop)
    page = listen(webs[0], owner)
    page.hear_until("hello")
    remove_person(actor=owner, participant=person)
    page.hear_until("people")
    assert not page.is_over_within(A_MOMENT)
