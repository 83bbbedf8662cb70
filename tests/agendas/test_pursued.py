"""What becomes of an outcome: who sees to it, until when, how far it is, and where it is listed."""

import pytest
from django.urls import reverse

from apps.agendas.services import record_outcome, revise_outcome
from apps.core.exceptions import RuleViolation
from apps.workshops.models import Role
from tests.factories import OutcomeFactory, ParticipantFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def test_it_is_written_on_the_page_and_shown(client):
    outcome = OutcomeFactory(new=True)
    team = ParticipantFactory(workshop=outcome.workshop, role=Role.RAPPORTEUR)
    theme = ThemeFactory(workshop=outcome.workshop, title="Protocols")
    client.force_login(team.user)
    answer = client.post(
        reverse("agendas:outcome-edit", args=[outcome.workshop.slug, outcome.pk]),
        {
            "text": outcome.text, "kind": "action", "modality": "could", "new": "on",
            "owner": "program committee", "horizon": "after the workshop", "due": "2026-09-01",
            "state": "under_way", "listed_under": theme.pk,
            "why_here": "fell short of consensus",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    page = client.get(reverse("agendas:agenda", args=[outcome.workshop.slug])).content.decode()
    for told in (
        "Seen to by program committee", "After the workshop", "By 1 September 2026", "Under way",
        "Listed under Protocols", "fell short of consensus",
    ):  # fmt: skip
        assert told in page


def test_a_theme_of_another_workshop_is_refused():
    outcome = OutcomeFactory(new=True)
    team = ParticipantFactory(workshop=outcome.workshop, role=Role.RAPPORTEUR)
    elsewhere = ThemeFactory()
    with pytest.raises(RuleViolation):
        revise_outcome(actor=team, outcome=outcome, listed_under=elsewhere)
    with pytest.raises(RuleViolation):
        record_outcome(actor=team, kind="action", text="Do", new=True, listed_under=elsewhere)


def test_participants_dont_learn_of_a_theme_that_is_a_draft(client):
    theme = ThemeFactory(title="Still in the making")
    outcome = OutcomeFactory(workshop=theme.workshop, new=True, listed_under=theme)
    reader = ParticipantFactory(workshop=theme.workshop)
    client.force_login(reader.user)
    url = reverse("api:outcome-detail", args=[theme.workshop.slug, outcome.pk])
    page = client.get(reverse("agendas:agenda", args=[theme.workshop.slug])).content.decode()
    assert client.get(url).json()["listed_under"] is None
    assert "Still in the making" not in page
