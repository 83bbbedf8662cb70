"""What tests of memos may ask for."""

import pytest

from apps.memos.bundle import load_bundle
from apps.memos.bundle.loading import example
from apps.participants.models import Participant
from apps.workshops.models import Role, Workshop


@pytest.fixture
def workshop(db: None) -> Workshop:
    """The example workshop."""
    return load_bundle(example())


@pytest.fixture
def team(workshop: Workshop) -> Participant:
    """The example's rapporteur."""
    return workshop.participants.get(role=Role.RAPPORTEUR)
