"""What tests of memos may ask for."""

import pytest

from apps.memos.workshop_file.example import example, load_example
from apps.participants.models import Participant
from apps.workshops.models import Role, Workshop


@pytest.fixture
def workshop(db: None) -> Workshop:
    """The example workshop, of which nobody was asked anything: it is loaded quicker."""
    return load_example(example())


@pytest.fixture
def answered(db: None) -> Workshop:
    """The example workshop with all that its room answered."""
    return load_example()


@pytest.fixture
def team(workshop: Workshop) -> Participant:
    """The example's rapporteur."""
    return workshop.participants.get(role=Role.RAPPORTEUR)
