"""What tests of annotations may ask for."""

import pytest

from apps.workshops.models import Role
from tests.factories import NoteFactory, ParticipantFactory, SessionFactory, ThemeFactory


@pytest.fixture
def theme(rapporteur):
    """A theme that participants don't see."""
    return ThemeFactory(workshop=rapporteur.workshop, title="Influence")


@pytest.fixture
def published(rapporteur):
    """A theme that participants see."""
    return ThemeFactory(workshop=rapporteur.workshop, title="Legitimacy", published=True)


@pytest.fixture
def note(rapporteur):
    return NoteFactory(
        session=SessionFactory(workshop=rapporteur.workshop), text="words said in the room"
    )


@pytest.fixture
def reader(rapporteur):
    """A participant of the same workshop."""
    return ParticipantFactory(workshop=rapporteur.workshop, role=Role.PARTICIPANT)
