"""What tests of setting up share."""

import pytest

from apps.workshops.models import Role
from tests.factories import ParticipantFactory


@pytest.fixture
def owner(db):
    """The owner of a workshop."""
    return ParticipantFactory(role=Role.OWNER)


@pytest.fixture
def setup(owner):
    """The address of the owner's set-up."""
    return f"/w/{owner.workshop.slug}/set-up/"
