"""Rows in an order of their own."""

import pytest

from apps.agendas.models import Outcome
from apps.core.ordering import move
from tests.factories import OutcomeFactory

pytestmark = pytest.mark.django_db


def test_what_was_removed_meanwhile_moves_nowhere(rapporteur):
    first, removed, last = OutcomeFactory.create_batch(3, workshop=rapporteur.workshop)
    Outcome.objects.filter(pk=removed.pk).delete()
    assert not move(Outcome.objects.all(), removed, by=-1)
    assert list(Outcome.objects.all()) == [first, last]
    assert move(Outcome.objects.all(), last, by=-1)
    assert list(Outcome.objects.all()) == [last, first]
