"""What tests of memos may ask for."""

import pytest

from apps.memos.workshop_file.example import load_example
from apps.participants.models import Participant
from apps.workshops.models import Role, Workshop


@pytest.fixture
def workshop(db: None) -> Workshop:
    """The example workshop."""
    return load_example()


@pytest.fixture
def team(workshop: Workshop) -> Participant:
    """The example's rapporteur."""
    return workshop.participants.get(role=Role.RAPPORTEUR)
