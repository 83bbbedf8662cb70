"""Raising, revising, ordering and withdrawing research questions."""

import pytest

from apps.agendas.models import ResearchQuestion
from apps.agendas.services import (
    move_question,
    raise_question,
    revise_question,
    withdraw_question,
)
from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.workshops.models import Phase, Role
from tests.factories import (
    AnnotationFactory,
    ParticipantFactory,
    ResearchQuestionFactory,
    TermFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(rapporteur):
    return ResearchQuestionFactory(workshop=rapporteur.workshop, text="Why?")


def test_a_question_keeps_what_it_comes_from(rapporteur):
    theme = ThemeFactory(workshop=rapporteur.workshop)
    annotation = AnnotationFactory(theme=theme)
    term = TermFactory(workshop=rapporteur.workshop)
    question = raise_question(
        actor=rapporteur,
        text="  What does\ninfluence do? ",
        kind="conceptual",
        origin_themes=[theme],
        origin_annotations=[annotation],
        origin_terms=[term],
    )
    question.refresh_from_db()
    assert (question.text, question.kind, question.new) == (
        "What does influence do?",
        "conceptual",
        False,
    )
    assert list(question.origin_themes.all()) == [theme]
    assert list(question.origin_annotations.all()) == [annotation]
    assert list(question.origin_terms.all()) == [term]
    entry = AuditEntry.objects.get(verb="research_question.raised")
    assert (entry.actor_id, entry.subject_id) == (rapporteur.pk, question.pk)


def test_questions_are_added_at_the_end_parts_among_parts(rapporteur):
    first = raise_question(actor=rapporteur, text="One?", new=True)
    second = raise_question(actor=rapporteur, text="Two?", new=True)
    parts = [raise_question(actor=rapporteur, text=f"{n}?", parent=first) for n in range(2)]
    assert [each.order for each in (first, second, *parts)] == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " ", "new": True}, "text"),
        ({"text": "x" * 501, "new": True}, "text"),
        ({"text": "Why?"}, "origin_themes"),
        ({"text": "Why?", "new": True, "example": True}, "parent"),
        ({"text": "Why?", "new": True, "kind": "odd"}, "kind"),
    ],
)
def test_what_a_question_lacks_is_said_at_its_field(rapporteur, given, field):
    with pytest.raises(RuleViolation) as refusal:
        raise_question(actor=rapporteur, **given)
    assert refusal.value.fields.keys() == {field}
    assert not ResearchQuestion.objects.exists()


def test_a_question_is_not_both_new_and_from_something(rapporteur):
    theme = ThemeFactory(workshop=rapporteur.workshop)
    with pytest.raises(RuleViolation) as refusal:
        raise_question(actor=rapporteur, text="Why?", new=True, origin_themes=[theme])
    assert refusal.value.fields.keys() == {"new"}


def test_a_part_rests_on_its_question_and_an_example_stands_under_one(rapporteur, question):
    part = raise_question(actor=rapporteur, text="And then?", parent=question)
    example = raise_question(actor=rapporteur, text="So?", parent=question, example=True)
    assert list(question.parts.all()) == [part, example]


def test_parts_have_no_parts(rapporteur, question):
    part = ResearchQuestionFactory(workshop=rapporteur.workshop, parent=question)
    other = ResearchQuestionFactory(workshop=rapporteur.workshop)
    with pytest.raises(RuleViolation) as refusal:
        raise_question(actor=rapporteur, text="Deeper?", parent=part)
    assert refusal.value.fields.keys() == {"parent"}
    for parent in (other, question):
        with pytest.raises(RuleViolation) as refusal:
            revise_question(actor=rapporteur, question=question, parent=parent)
        assert refusal.value.fields.keys() == {"parent"}
    question.refresh_from_db()
    assert question.parent is None


def test_nothing_of_another_workshop_is_taken(rapporteur, question):
    foreign = {
        "parent": ResearchQuestionFactory(),
        "origin_themes": [ThemeFactory()],
        "origin_annotations": [AnnotationFactory()],
        "origin_terms": [TermFactory()],
    }
    for field, value in foreign.items():
        with pytest.raises(RuleViolation) as refusal:
            raise_question(actor=rapporteur, text="Mine?", **{field: value})
        assert refusal.value.fields.keys() == {field}
        with pytest.raises(RuleViolation):
            revise_question(actor=rapporteur, question=question, new=False, **{field: value})
    question.refresh_from_db()
    assert (question.parent, question.new, question.version) == (None, True, 1)
    assert not question.origin_themes.exists()
    assert not ResearchQuestion.objects.filter(text="Mine?").exists()


def test_a_revision_changes_what_is_given_and_is_logged(rapporteur, question):
    theme = ThemeFactory(workshop=rapporteur.workshop)
    revised = revise_question(
        actor=rapporteur, question=question, version=1, new=False, origin_themes=[theme]
    )
    assert (revised.text, revised.new, revised.version) == ("Why?", False, 2)
    entry = AuditEntry.objects.get(verb="research_question.revised")
    assert entry.before == {"new": True, "origin_themes": []}
    assert entry.after == {"new": False, "origin_themes": [str(theme.pk)]}
    revise_question(actor=rapporteur, question=question, version=2, text="Why?")
    assert AuditEntry.objects.filter(verb="research_question.revised").count() == 1


def test_a_part_that_becomes_a_question_says_where_it_comes_from(rapporteur, question):
    part = ResearchQuestionFactory(workshop=rapporteur.workshop, parent=question, new=False)
    with pytest.raises(RuleViolation) as refusal:
        revise_question(actor=rapporteur, question=part, parent=None)
    assert refusal.value.fields.keys() == {"origin_themes"}
    revised = revise_question(actor=rapporteur, question=part, parent=None, new=True)
    assert revised.parent is None
    assert revised.order > question.order


def test_a_question_changed_meanwhile_is_a_conflict_with_the_present_text(rapporteur, question):
    revise_question(actor=rapporteur, question=question, version=1, text="Mine?")
    with pytest.raises(Conflict) as conflict:
        revise_question(actor=rapporteur, question=question, version=1, text="Yours?")
    assert conflict.value.current.text == "Mine?"
    with pytest.raises(Conflict):
        withdraw_question(actor=rapporteur, question=question, version=1)
    assert ResearchQuestion.objects.filter(pk=question.pk).exists()


def test_moving_stays_among_those_beside_it(rapporteur, question):
    other = ResearchQuestionFactory(workshop=rapporteur.workshop)
    part = ResearchQuestionFactory(workshop=rapporteur.workshop, parent=question)
    assert move_question(actor=rapporteur, question=other, by=-1)
    assert not move_question(actor=rapporteur, question=other, by=-1)
    assert not move_question(actor=rapporteur, question=part, by=1)
    top = ResearchQuestion.objects.filter(workshop=rapporteur.workshop, parent=None)
    assert list(top) == [other, question]


def test_a_withdrawn_question_takes_its_parts_along_and_stays_in_the_log(rapporteur, question):
    ResearchQuestionFactory(workshop=rapporteur.workshop, parent=question, text="And then?")
    decoy = ResearchQuestionFactory(workshop=rapporteur.workshop)
    withdraw_question(actor=rapporteur, question=question, version=1)
    assert list(ResearchQuestion.objects.all()) == [decoy]
    entry = AuditEntry.objects.get(verb="research_question.withdrawn")
    assert entry.before == {"text": "Why?", "parts": ["And then?"]}


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_people_outside_the_team_write_nothing(role, question):
    outsider = ParticipantFactory(workshop=question.workshop, role=role)
    _writes_nothing(outsider, question)


def test_the_team_of_another_workshop_writes_nothing_here(question):
    stranger = ParticipantFactory(role=Role.RAPPORTEUR)
    with pytest.raises(NotPermitted):
        revise_question(actor=stranger, question=question, text="Theirs?")
    with pytest.raises(NotPermitted):
        withdraw_question(actor=stranger, question=question)


def test_nothing_is_written_once_the_workshop_is_published(rapporteur, question):
    rapporteur.workshop.phase = Phase.PUBLISHED
    _writes_nothing(rapporteur, question)


def _writes_nothing(actor, question):
    with pytest.raises(NotPermitted):
        raise_question(actor=actor, text="Mine?", new=True)
    with pytest.raises(NotPermitted):
        revise_question(actor=actor, question=question, text="Mine?")
    with pytest.raises(NotPermitted):
        move_question(actor=actor, question=question, by=1)
    with pytest.raises(NotPermitted):
        withdraw_question(actor=actor, question=question)
    assert [each.text for each in ResearchQuestion.objects.all()] == [question.text]
