"""Recording, revising, ordering and withdrawing outcomes."""

import pytest

from apps.agendas.models import Outcome, OutcomeKind
from apps.agendas.services import move_outcome, record_outcome, revise_outcome, withdraw_outcome
from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.workshops.models import Phase, Role
from tests.factories import (
    AnnotationFactory,
    GroupFactory,
    OutcomeFactory,
    ParticipantFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome(rapporteur):
    return OutcomeFactory(workshop=rapporteur.workshop, text="Say what you mean.")


def test_an_outcome_keeps_what_it_rests_on_and_whom_it_is_for(rapporteur):
    theme = ThemeFactory(workshop=rapporteur.workshop)
    annotation = AnnotationFactory(theme=theme)
    group = GroupFactory(workshop=rapporteur.workshop)
    outcome = record_outcome(
        actor=rapporteur,
        kind="recommendation",
        text=" Make room\nfor it. ",
        modality="must",
        basis="show_of_hands",
        rests_on_themes=[theme],
        rests_on_annotations=[annotation],
        addressees=[group],
        addressee="the ministry",
    )
    outcome.refresh_from_db()
    assert (outcome.text, outcome.modality, outcome.addressee) == (
        "Make room for it.",
        "must",
        "the ministry",
    )
    assert list(outcome.rests_on_themes.all()) == [theme]
    assert list(outcome.rests_on_annotations.all()) == [annotation]
    assert list(outcome.addressees.all()) == [group]
    assert AuditEntry.objects.get(verb="outcome.recorded").subject_id == outcome.pk


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "\n", "new": True}, "text"),
        ({"text": "x" * 1_001, "new": True}, "text"),
        ({"text": "So."}, "rests_on_themes"),
        ({"text": "So.", "new": True, "basis": "odd"}, "basis"),
        ({"text": "So.", "new": True, "heading": "x" * 121}, "heading"),
    ],
)
def test_what_an_outcome_lacks_is_said_at_its_field(rapporteur, given, field):
    with pytest.raises(RuleViolation) as refusal:
        record_outcome(actor=rapporteur, kind="takeaway", **given)
    assert refusal.value.fields.keys() == {field}
    assert not Outcome.objects.exists()


def test_an_outcome_is_not_both_new_and_resting_on_something(rapporteur, outcome):
    theme = ThemeFactory(workshop=rapporteur.workshop)
    with pytest.raises(RuleViolation) as refusal:
        revise_outcome(actor=rapporteur, outcome=outcome, rests_on_themes=[theme])
    assert refusal.value.fields.keys() == {"new"}
    assert not outcome.rests_on_themes.exists()


def test_nothing_of_another_workshop_is_taken(rapporteur, outcome):
    foreign = {
        "rests_on_themes": [ThemeFactory()],
        "rests_on_annotations": [AnnotationFactory()],
        "addressees": [GroupFactory()],
    }
    for field, value in foreign.items():
        with pytest.raises(RuleViolation) as refusal:
            record_outcome(actor=rapporteur, kind="action", text="Mine.", **{field: value})
        assert refusal.value.fields.keys() == {field}
        with pytest.raises(RuleViolation):
            revise_outcome(actor=rapporteur, outcome=outcome, text="Mine.", **{field: value})
    outcome.refresh_from_db()
    assert (outcome.text, outcome.version) == ("Say what you mean.", 1)
    assert Outcome.objects.count() == 1


def test_an_outcome_changed_meanwhile_is_a_conflict_with_the_present_text(rapporteur, outcome):
    revise_outcome(actor=rapporteur, outcome=outcome, version=1, text="Mine.")
    with pytest.raises(Conflict) as conflict:
        revise_outcome(actor=rapporteur, outcome=outcome, version=1, text="Yours.")
    assert conflict.value.current.text == "Mine."
    with pytest.raises(Conflict):
        withdraw_outcome(actor=rapporteur, outcome=outcome, version=1)
    assert Outcome.objects.filter(pk=outcome.pk).exists()


def test_recommendations_move_among_takeaways_and_actions_among_actions(rapporteur, outcome):
    workshop = rapporteur.workshop
    action = OutcomeFactory(workshop=workshop, kind=OutcomeKind.ACTION)
    advice = OutcomeFactory(workshop=workshop, kind=OutcomeKind.RECOMMENDATION)
    assert not move_outcome(actor=rapporteur, outcome=action, by=-1)
    assert move_outcome(actor=rapporteur, outcome=advice, by=-1)
    assert not move_outcome(actor=rapporteur, outcome=advice, by=-1)
    takeaways = Outcome.objects.exclude(kind=OutcomeKind.ACTION)
    assert list(takeaways) == [advice, outcome]


def test_a_withdrawn_outcome_stays_in_the_log(rapporteur, outcome):
    withdraw_outcome(actor=rapporteur, outcome=outcome, version=1)
    assert not Outcome.objects.exists()
    entry = AuditEntry.objects.get(verb="outcome.withdrawn")
    assert entry.before == {"kind": "takeaway", "text": "Say what you mean."}


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_people_outside_the_team_write_nothing(role, outcome):
    outsider = ParticipantFactory(workshop=outcome.workshop, role=role)
    _writes_nothing(outsider, outcome)


def test_the_team_of_another_workshop_writes_nothing_here(outcome):
    stranger = ParticipantFactory(role=Role.OWNER)
    with pytest.raises(NotPermitted):
        revise_outcome(actor=stranger, outcome=outcome, text="Theirs.")
    with pytest.raises(NotPermitted):
        move_outcome(actor=stranger, outcome=outcome, by=1)


def test_nothing_is_written_once_the_workshop_is_published(rapporteur, outcome):
    rapporteur.workshop.phase = Phase.PUBLISHED
    _writes_nothing(rapporteur, outcome)


def _writes_nothing(actor, outcome):
    with pytest.raises(NotPermitted):
        record_outcome(actor=actor, kind="takeaway", text="Mine.", new=True)
    with pytest.raises(NotPermitted):
        revise_outcome(actor=actor, outcome=outcome, text="Mine.")
    with pytest.raises(NotPermitted):
        move_outcome(actor=actor, outcome=outcome, by=1)
    with pytest.raises(NotPermitted):
        withdraw_outcome(actor=actor, outcome=outcome)
    assert [each.text for each in Outcome.objects.all()] == [outcome.text]
