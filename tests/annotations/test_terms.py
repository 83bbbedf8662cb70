"""Terms and their senses."""

import pytest

from apps.annotations.models import Term, TermStatus
from apps.annotations.selectors import shown_terms, terms_visible_to
from apps.annotations.services import SenseGiven, define_term, remove_term, revise_term
from apps.core.exceptions import Conflict, Gone, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from tests.factories import AnnotationFactory, GroupFactory, SenseFactory, TermFactory


@pytest.fixture
def scholars(rapporteur):
    return GroupFactory(workshop=rapporteur.workshop, singular="scholar")


def test_a_term_is_defined_with_its_senses(rapporteur, theme, scholars):
    annotation = AnnotationFactory(theme=theme)
    define_term(
        actor=rapporteur,
        name=" influence ",
        annotation=annotation,
        senses=[
            SenseGiven(text="A verb", holders=[scholars]),
            SenseGiven(text="A noun", used_by="mostly practitioners"),
        ],
    )
    [shown] = shown_terms(rapporteur, terms_visible_to(rapporteur))
    assert (shown.term.name, shown.term.status) == ("influence", TermStatus.CONTESTED)
    assert [(each.sense.text, each.who) for each in shown.senses] == [
        ("A verb", "Scholars"),
        ("A noun", "Mostly practitioners"),
    ]


def test_senses_are_revised_as_a_whole(rapporteur):
    term = SenseFactory(term__workshop=rapporteur.workshop, text="Before").term
    revised = revise_term(actor=rapporteur, term=term, version=1, senses=[SenseGiven(text="After")])
    assert [sense.text for sense in term.senses.all()] == ["After"]
    assert revised.version == 2
    entry = AuditEntry.objects.get(verb="term.senses_revised")
    assert entry.before["senses"][0]["text"] == "Before"


def test_nothing_new_is_no_change(rapporteur):
    term = SenseFactory(term__workshop=rapporteur.workshop, text="Same").term
    sense = term.senses.get()
    again = revise_term(
        actor=rapporteur, term=term, name=term.name, senses=[SenseGiven(text="Same")]
    )
    assert again.version == 1
    assert term.senses.get() == sense
    assert not AuditEntry.objects.exists()


def test_a_stale_revision_is_a_conflict(rapporteur):
    term = TermFactory(workshop=rapporteur.workshop)
    revise_term(actor=rapporteur, term=term, version=1, name="Mine")
    with pytest.raises(Conflict):
        revise_term(actor=rapporteur, term=term, version=1, name="Yours")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "word", "senses": [SenseGiven(text="A"), SenseGiven(text="")]}, "senses-1-text"),
    ],
)
def test_what_breaks_a_rule_is_refused_at_its_field(rapporteur, fields, field):
    with pytest.raises(RuleViolation) as refusal:
        define_term(actor=rapporteur, **fields)
    assert refusal.value.fields.keys() == {field}
    assert not Term.objects.exists()


def test_things_of_another_workshop_are_refused(rapporteur):
    with pytest.raises(RuleViolation) as refusal:
        define_term(actor=rapporteur, name="word", annotation=AnnotationFactory())
    assert refusal.value.fields.keys() == {"annotation"}
    foreign = [SenseGiven(text="A", holders=[GroupFactory()])]
    with pytest.raises(RuleViolation) as refusal:
        define_term(actor=rapporteur, name="word", senses=foreign)
    assert refusal.value.fields.keys() == {"senses-0-holders"}
    assert not Term.objects.exists()


def test_a_term_removed_meanwhile_is_gone(rapporteur):
    term = TermFactory(workshop=rapporteur.workshop)
    Term.objects.all().delete()
    with pytest.raises(Gone):
        revise_term(actor=rapporteur, term=term, version=1, name="influence")


def test_a_removed_term_is_told_to_the_log(rapporteur):
    term = SenseFactory(term__workshop=rapporteur.workshop, text="A verb").term
    remove_term(actor=rapporteur, term=term)
    assert not Term.objects.exists()
    assert AuditEntry.objects.get().before["senses"][0]["text"] == "A verb"


def test_participants_define_nothing(reader):
    with pytest.raises(NotPermitted):
        define_term(actor=reader, name="word")


def test_participants_read_the_terms_of_published_findings_alone(reader, theme, published):
    seen = TermFactory(workshop=reader.workshop, annotation=AnnotationFactory(theme=published))
    TermFactory(workshop=reader.workshop, annotation=AnnotationFactory(theme=theme))
    TermFactory(workshop=reader.workshop)
    foreign = AnnotationFactory(theme__published=True)
    TermFactory(workshop=foreign.workshop, annotation=foreign)
    assert list(terms_visible_to(reader)) == [seen]
