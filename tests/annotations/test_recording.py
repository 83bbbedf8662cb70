"""Recording, revising, ordering and withdrawing findings."""

import uuid

import pytest

from apps.annotations.models import Annotation, Basis, Kind, Position
from apps.annotations.services import (
    PositionGiven,
    move_annotation,
    record_annotation,
    revise_annotation,
    revise_position,
    take_position,
    withdraw_annotation,
    withdraw_position,
)
from apps.core import contributions
from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.workshops.models import Phase, Role
from tests.factories import (
    AnnotationFactory,
    EvidenceFactory,
    GroupFactory,
    ParticipantFactory,
    PositionFactory,
    SessionFactory,
    TermFactory,
    ThemeFactory,
)

MEANS = PositionGiven(text="It is a means", label="A means")
END = PositionGiven(text="It is an end", label="An end")


@pytest.fixture
def divergence(rapporteur, theme):
    return record_annotation(
        actor=rapporteur,
        theme=theme,
        kind=Kind.DIVERGENCE,
        claim="Whether influence is a means",
        positions=[MEANS, END],
    )


def test_a_divergence_and_its_positions_are_recorded_at_once(divergence, rapporteur):
    divergence.refresh_from_db()
    assert divergence.workshop == rapporteur.workshop
    assert [(side.label, side.order) for side in divergence.positions.all()] == [
        ("A means", 0),
        ("An end", 1),
    ]
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {
        "annotation.recorded",
        "position.taken",
    }


def test_findings_stand_in_the_order_in_which_they_were_recorded(rapporteur, theme):
    claims = ["First", "Second", "Third"]
    for claim in claims:
        record_annotation(actor=rapporteur, theme=theme, kind=Kind.OBSERVATION, claim=claim)
    assert [each.claim for each in theme.annotations.all()] == claims


def test_all_or_nothing_is_recorded(rapporteur, theme):
    with pytest.raises(RuleViolation) as refusal:
        record_annotation(
            actor=rapporteur,
            theme=theme,
            kind=Kind.DIVERGENCE,
            claim="Whether",
            positions=[MEANS, PositionGiven(text="  ", label="An end")],
        )
    assert refusal.value.fields.keys() == {"positions-1-text"}
    assert not Annotation.objects.exists()
    assert not Position.objects.exists()


def test_a_divergence_may_wait_for_its_second_position(rapporteur, theme):
    annotation = record_annotation(
        actor=rapporteur, theme=theme, kind=Kind.DIVERGENCE, claim="Whether", positions=[MEANS]
    )
    assert annotation.positions.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": Kind.CONSENSUS, "claim": "Words matter"}, "basis"),
        ({"kind": Kind.OBSERVATION, "claim": " \n\x00"}, "claim"),
        ({"kind": Kind.OBSERVATION, "claim": "x" * 501}, "claim"),
        ({"kind": Kind.OBSERVATION, "claim": "Said", "positions": [MEANS]}, "kind"),
        ({"kind": "hearsay", "claim": "Said"}, "kind"),
        ({"kind": Kind.OBSERVATION, "claim": "Said", "basis": "hearsay"}, "basis"),
    ],
)
def test_what_breaks_a_rule_is_refused_at_its_field(rapporteur, theme, fields, field):
    with pytest.raises(RuleViolation) as refusal:
        record_annotation(actor=rapporteur, theme=theme, **fields)
    assert refusal.value.fields.keys() == {field}
    assert not Annotation.objects.exists()


def test_things_of_another_workshop_are_refused(rapporteur, theme):
    given = {"kind": Kind.OBSERVATION, "claim": "Said"}
    with pytest.raises(RuleViolation) as refusal:
        record_annotation(actor=rapporteur, theme=theme, holders=[GroupFactory()], **given)
    assert refusal.value.fields.keys() == {"holders"}
    with pytest.raises(RuleViolation) as refusal:
        record_annotation(actor=rapporteur, theme=theme, session=SessionFactory(), **given)
    assert refusal.value.fields.keys() == {"session"}
    with pytest.raises(NotPermitted):
        record_annotation(actor=rapporteur, theme=ThemeFactory(), **given)
    assert not Annotation.objects.exists()


def test_a_revision_changes_what_it_is_given_and_no_more(rapporteur, theme):
    scholars = GroupFactory(workshop=rapporteur.workshop)
    annotation = record_annotation(
        actor=rapporteur,
        theme=theme,
        kind=Kind.CONSENSUS,
        claim="Words matter",
        basis=Basis.COUNT,
        holders=[scholars],
    )
    revised = revise_annotation(
        actor=rapporteur, annotation=annotation, version=1, claim="Words  matter\nmost"
    )
    revised.refresh_from_db()
    assert (revised.claim, revised.basis, revised.version) == (
        "Words matter most",
        Basis.COUNT,
        2,
    )
    assert list(revised.holders.all()) == [scholars]
    entry = AuditEntry.objects.get(verb="annotation.revised")
    assert entry.before == {"claim": "Words matter"}


def test_changed_holders_are_a_change(rapporteur, theme):
    scholars = GroupFactory(workshop=rapporteur.workshop)
    annotation = AnnotationFactory(theme=theme)
    assert (
        revise_annotation(actor=rapporteur, annotation=annotation, holders=[scholars]).version == 2
    )
    assert AuditEntry.objects.get(verb="annotation.revised").after == {
        "holders": [str(scholars.pk)]
    }
    again = revise_annotation(actor=rapporteur, annotation=annotation, holders=[scholars])
    assert again.version == 2


def test_one_save_changes_adds_and_removes_positions(rapporteur, divergence):
    means, end = divergence.positions.all()
    third = PositionGiven(text="It is a by-product")
    revised = revise_annotation(
        actor=rapporteur,
        annotation=divergence,
        version=1,
        positions=[PositionGiven(id=means.pk, text="It is only a means"), third],
        withdrawn=[end.pk],
    )
    assert [side.text for side in revised.positions.all()] == [
        "It is only a means",
        "It is a by-product",
    ]
    assert revised.version == 2


def test_a_position_that_is_left_out_stays(rapporteur, divergence):
    revise_annotation(actor=rapporteur, annotation=divergence, claim="Whether it is an end")
    assert divergence.positions.count() == 2


def test_a_foreign_position_is_refused(rapporteur, divergence):
    foreign = PositionFactory(text="Elsewhere")
    with pytest.raises(RuleViolation):
        revise_annotation(
            actor=rapporteur,
            annotation=divergence,
            positions=[PositionGiven(id=foreign.pk, text="Mine now")],
        )
    foreign.refresh_from_db()
    assert foreign.text == "Elsewhere"


def test_a_kind_without_sides_keeps_none(rapporteur, divergence):
    with pytest.raises(RuleViolation) as refusal:
        revise_annotation(actor=rapporteur, annotation=divergence, kind=Kind.OBSERVATION)
    assert refusal.value.fields.keys() == {"kind"}
    sides = divergence.positions.values_list("pk", flat=True)
    revised = revise_annotation(
        actor=rapporteur, annotation=divergence, kind=Kind.OBSERVATION, withdrawn=list(sides)
    )
    assert revised.kind == Kind.OBSERVATION


def test_a_consensus_can_not_lose_its_basis(rapporteur, theme):
    annotation = AnnotationFactory(theme=theme)
    with pytest.raises(RuleViolation) as refusal:
        revise_annotation(actor=rapporteur, annotation=annotation, basis="")
    assert refusal.value.fields.keys() == {"basis"}
    annotation.refresh_from_db()
    assert annotation.basis


def test_what_changed_meanwhile_is_a_conflict_with_the_present_text(rapporteur, theme):
    annotation = AnnotationFactory(theme=theme)
    revise_annotation(actor=rapporteur, annotation=annotation, version=1, claim="Mine")
    with pytest.raises(Conflict) as conflict:
        revise_annotation(actor=rapporteur, annotation=annotation, version=1, claim="Yours")
    assert conflict.value.current.claim == "Mine"


def test_a_change_of_a_position_alone_is_told_to_who_edits_the_whole(rapporteur, divergence):
    side = divergence.positions.first()
    revise_position(actor=rapporteur, position=side, version=1, text="Otherwise")
    take_position(actor=rapporteur, annotation=divergence, position=PositionGiven(text="Third"))
    withdraw_position(actor=rapporteur, position=side)
    divergence.refresh_from_db()
    assert divergence.version == 4
    with pytest.raises(Conflict):
        revise_annotation(actor=rapporteur, annotation=divergence, version=1, claim="Late")


def test_a_stale_position_is_a_conflict(rapporteur, divergence):
    side = divergence.positions.first()
    revise_position(actor=rapporteur, position=side, version=1, text="Mine")
    with pytest.raises(Conflict):
        revise_position(actor=rapporteur, position=side, version=1, text="Yours")


def test_only_a_difference_takes_positions(rapporteur, theme):
    annotation = AnnotationFactory(theme=theme, kind=Kind.CONSENSUS)
    with pytest.raises(RuleViolation):
        take_position(actor=rapporteur, annotation=annotation, position=MEANS)


def test_findings_move_up_and_down_within_their_theme(rapporteur, theme):
    first, second, third = AnnotationFactory.create_batch(3, theme=theme)
    decoy = AnnotationFactory(theme__workshop=rapporteur.workshop)
    order = decoy.order
    assert move_annotation(actor=rapporteur, annotation=third, by=-1)
    assert list(theme.annotations.all()) == [first, third, second]
    assert not move_annotation(actor=rapporteur, annotation=first, by=-1)
    assert move_annotation(actor=rapporteur, annotation=first, by=5)
    assert list(theme.annotations.all()) == [third, second, first]
    decoy.refresh_from_db()
    assert decoy.order == order


def test_a_withdrawn_finding_leaves_its_notes_and_terms(rapporteur, divergence):
    cited = EvidenceFactory(annotation=divergence)
    term = TermFactory(workshop=rapporteur.workshop, annotation=divergence)
    withdraw_annotation(actor=rapporteur, annotation=divergence)
    assert not Annotation.objects.exists()
    cited.note.refresh_from_db()
    term.refresh_from_db()
    assert term.annotation is None
    entry = AuditEntry.objects.get(verb="annotation.withdrawn")
    assert entry.before["positions"] == ["It is a means", "It is an end"]


def test_a_finding_on_which_something_rests_is_not_withdrawn(rapporteur, divergence, monkeypatch):
    providers = {"annotations:dependants": [(1, lambda **_: ["research question 2"])]}
    monkeypatch.setattr(contributions, "_providers", providers)
    with pytest.raises(RuleViolation, match="research question 2 rests on it"):
        withdraw_annotation(actor=rapporteur, annotation=divergence)
    assert Annotation.objects.get() == divergence


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_people_outside_the_team_write_nothing(rapporteur, published, role):
    outsider = ParticipantFactory(workshop=rapporteur.workshop, role=role)
    annotation = AnnotationFactory(theme=published, kind=Kind.DIVERGENCE)
    side = PositionFactory(annotation=annotation)
    attempts = [
        lambda: record_annotation(actor=outsider, theme=published, kind="example", claim="Said"),
        lambda: revise_annotation(actor=outsider, annotation=annotation, claim="Said"),
        lambda: move_annotation(actor=outsider, annotation=annotation, by=1),
        lambda: withdraw_annotation(actor=outsider, annotation=annotation),
        lambda: take_position(actor=outsider, annotation=annotation, position=MEANS),
        lambda: revise_position(actor=outsider, position=side, text="Said"),
        lambda: withdraw_position(actor=outsider, position=side),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
    assert not AuditEntry.objects.exists()


def test_nothing_is_written_once_the_workshop_is_published(rapporteur, theme):
    rapporteur.workshop.phase = Phase.PUBLISHED
    with pytest.raises(NotPermitted):
        record_annotation(actor=rapporteur, theme=theme, kind=Kind.EXAMPLE, claim="Said")


def test_the_team_of_another_workshop_writes_nothing_here(theme):
    stranger = ParticipantFactory(role=Role.OWNER)
    annotation = AnnotationFactory(theme=theme)
    with pytest.raises(NotPermitted):
        revise_annotation(actor=stranger, annotation=annotation, claim="Said")


def test_an_unknown_position_is_refused(rapporteur, divergence):
    with pytest.raises(RuleViolation):
        revise_annotation(
            actor=rapporteur,
            annotation=divergence,
            positions=[PositionGiven(id=uuid.uuid4(), text="Whose?")],
        )
