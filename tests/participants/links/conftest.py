"""A workshop with a lobby, its owner, and somebody on the list with a link."""

import pytest
from django.utils import timezone

from apps.participants.services import invite
from apps.workshops.models import Role
from tests.factories import ParticipantFactory, WorkshopFactory


@pytest.fixture
def workshop():
    today = timezone.localdate()
    return WorkshopFactory(slug="harbours", lobby=True, starts_on=today, ends_on=today)


@pytest.fixture
def owner(workshop):
    return ParticipantFactory(workshop=workshop, role=Role.OWNER)


@pytest.fixture
def ada(workshop):
    """Somebody on the list who hasn't come yet."""
    return ParticipantFactory(
        workshop=workshop, user=None, display_name="Ada", email="ada@example.org"
    )


@pytest.fixture
def link(owner, ada):
    """The path of an invitation of Ada's."""
    return invite(actor=owner, participant=ada)
