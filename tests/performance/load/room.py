"""Fills the program's database with a room: run by `manage.py shell` beside it, prints JSON."""

import json
import sys
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from apps.notes.models import NoteCounter
from apps.participants.models import Participant
from apps.participants.taking_part import SESSION_KEY as JOINED
from apps.workshops.models import Phase, Role, Workshop
from tests.factories import ParticipantFactory, SessionFactory, WorkshopFactory
from tests.performance.load.measuring import DECOY_FROM

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def make(people: int, takers: int) -> None:
    """Make a workshop that goes on, with `people` who read and note-takers; and a decoy."""
    room = _workshop("load", people, takers)
    decoy = _workshop("decoy", 5, 1)
    NoteCounter.objects.create(
        workshop=Workshop.objects.get(slug="decoy"), last=0, changes=DECOY_FROM
    )
    json.dump({"room": room, "decoy": decoy}, sys.stdout)


def _workshop(slug: str, people: int, takers: int) -> dict[str, Any]:
    workshop = WorkshopFactory(slug=slug, phase=Phase.LIVE)
    session = SessionFactory(workshop=workshop, has_feed=True, is_current=True)
    SessionFactory(workshop=workshop)
    readers = [ParticipantFactory(workshop=workshop, user=None) for _ in range(people)]
    team = [ParticipantFactory(workshop=workshop, role=Role.FACILITATOR) for _ in range(takers)]
    return {
        "slug": slug,
        "session": str(session.pk),
        "readers": [_joined(person) for person in readers],
        "takers": [{"id": str(person.pk), "cookie": _signed_in(person)} for person in team],
    }


def _joined(person: Participant) -> str:
    session = SessionStore()
    session[JOINED] = {str(person.workshop_id): str(person.pk)}
    session.create()
    return f"sessionid={session.session_key}"


def _signed_in(person: Participant) -> str:
    assert person.user is not None
    session = SessionStore()
    session[SESSION_KEY] = str(person.user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"
