"""What every test may ask for."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connections
from django.test import Client
from hypothesis import settings
from rest_framework.test import APIClient

from apps.accounts.services import note_browser
from apps.core import mail
from apps.core.models import JobState, OutgoingMail
from apps.participants.models import Participant
from apps.workshops.models import Role
from tests.factories import ParticipantFactory

# For `make fuzz`: what is tried with what nobody thought of, at length.
settings.register_profile("fuzz", max_examples=20_000, deadline=None)


@pytest.fixture(scope="session")
def playwright(playwright: Any) -> Iterator[Any]:
    """Drive browsers; in the end close the connection of the tests that ran meanwhile.

    From the first browser on Django takes the thread for one in which a loop runs, and gives it
    another connection, which nobody else would find again when the database is dropped.
    """
    yield playwright
    connections.close_all()


@pytest.fixture
def rapporteur(db: None) -> Participant:
    """A rapporteur, in a workshop of their own that is in synthesis."""
    return ParticipantFactory(role=Role.RAPPORTEUR)


@pytest.fixture
def browser_of() -> Callable[[Participant], Client]:
    """Return a function that gives a signed-in client of a participant with an account."""

    def signed_in(participant: Participant) -> Client:
        client = Client()
        client.force_login(
            participant.user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        # Seen before, so that the first page asks the database for no more than the next.
        note_browser(user=participant.user, session_key=client.session.session_key, user_agent="")
        return client

    return signed_in


@pytest.fixture
def api_of() -> Callable[[Participant], APIClient]:
    """Return a function that gives an API client of a participant with an account."""

    def signed_in(participant: Participant) -> Any:
        client = APIClient()
        client.force_authenticate(participant.user)
        return client

    return signed_in


@pytest.fixture
def deliver_mail(db: None, mailoutbox: list[EmailMessage]) -> Callable[[], list[EmailMessage]]:
    """Return a function that sends what waits, as a worker does, and gives the outbox."""

    def deliver() -> list[EmailMessage]:
        for job in OutgoingMail.objects.filter(state=JobState.QUEUED):
            mail.deliver(job_id=job.pk)
        return mailoutbox

    return deliver
