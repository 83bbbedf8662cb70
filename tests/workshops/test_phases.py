"""Moving a workshop through its phases."""

import pytest

from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.workshops.models import Phase, Role
from apps.workshops.services import move_phase
from tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    """The owner of a workshop in synthesis."""
    return ParticipantFactory(role=Role.OWNER)


def test_one_forward(owner):
    workshop = move_phase(actor=owner, workshop=owner.workshop, phase=Phase.REVIEW)
    assert (workshop.phase, workshop.version) == (Phase.REVIEW, 2)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.before, entry.after) == (
        "workshop.phase_moved",
        {"phase": "synthesis"},
        {"phase": "review"},
    )
    assert (entry.actor_id, entry.scope_id) == (owner.pk, owner.workshop_id)


def test_one_back_for_a_reason_that_is_kept(owner):
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.LIVE, reason=" One more talk ")
    assert AuditEntry.objects.get().reason == "One more talk"


@pytest.mark.parametrize("reason", ["", "  "])
def test_not_back_without_a_reason(owner, reason):
    with pytest.raises(RuleViolation) as refusal:
        move_phase(actor=owner, workshop=owner.workshop, phase=Phase.LIVE, reason=reason)
    assert refusal.value.fields.keys() == {"reason"}


@pytest.mark.parametrize("phase", [Phase.SETTING_UP, Phase.PUBLISHED, Phase.ARCHIVED, "nowhere"])
def test_none_is_skipped(owner, phase):
    with pytest.raises(RuleViolation):
        move_phase(actor=owner, workshop=owner.workshop, phase=phase, reason="Hurry")
    owner.workshop.refresh_from_db()
    assert owner.workshop.phase == Phase.SYNTHESIS


def test_asking_twice_moves_once(owner):
    for _ in range(2):
        move_phase(actor=owner, workshop=owner.workshop, phase=Phase.REVIEW)
    assert AuditEntry.objects.count() == 1


def test_the_archive_can_be_opened_again(owner):
    owner.workshop.phase = Phase.ARCHIVED
    owner.workshop.save()
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.PUBLISHED, reason="A mistake")
    with pytest.raises(RuleViolation):
        move_phase(actor=owner, workshop=owner.workshop, phase=Phase.SETTING_UP, reason="x")


@pytest.mark.parametrize("role", [Role.RAPPORTEUR, Role.PARTICIPANT, Role.OBSERVER])
def test_others_move_nothing(owner, role):
    other = ParticipantFactory(workshop=owner.workshop, role=role)
    with pytest.raises(NotPermitted):
        move_phase(actor=other, workshop=owner.workshop, phase=Phase.REVIEW)


def test_the_owner_of_another_workshop_moves_nothing(owner):
    with pytest.raises(NotPermitted):
        move_phase(
            actor=ParticipantFactory(role=Role.OWNER), workshop=owner.workshop, phase=Phase.REVIEW
        )


def test_the_overview_offers_both_ways_and_moves(owner, browser_of):
    browser, overview = browser_of(owner), f"/w/{owner.workshop.slug}/"
    page = browser.get(overview).content.decode()
    assert "Go on to “Review”" in page
    assert "Go back to “Live”" in page
    refused = browser.post(f"{overview}phase/", {"phase": "live", "reason": " "})
    assert refused.status_code == 422
    assert "Say in a few words why" in refused.content.decode()
    assert browser.post(f"{overview}phase/", {"phase": "review"}).status_code == 302
    assert 'aria-current="step"><strong>Review' in browser.get(overview).content.decode()


def test_the_overview_offers_it_to_nobody_else(owner, browser_of):
    participant = ParticipantFactory(workshop=owner.workshop)
    overview = f"/w/{owner.workshop.slug}/"
    assert "Go on to" not in browser_of(participant).get(overview).content.decode()
    assert browser_of(participant).post(f"{overview}phase/", {"phase": "review"}).status_code == 403
    assert browser_of(owner).get(f"{overview}phase/").status_code == 405
