"""Terms from notes, where they are used, and where a contested one is used as settled."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.annotations.models import Sense, Term, TermStatus
from apps.annotations.selectors import Texts, cards_on, shown_terms, terms_visible_to
from apps.annotations.services import SenseGiven, revise_term, take_sense
from apps.core.exceptions import NotPermitted, RuleViolation
from apps.notes.models import Mark
from apps.notes.services import redact_note
from apps.workshops.models import Role
from tests.factories import (
    AnnotationFactory,
    NoteFactory,
    OutcomeFactory,
    ParticipantFactory,
    PositionFactory,
    ResearchQuestionFactory,
    SenseFactory,
    TermFactory,
    ThemeFactory,
)


@pytest.fixture
def defined(note):
    """Return a function that gives a note of the workshop that defines something."""

    def define(text, **fields):
        return NoteFactory(session=note.session, mark=Mark.DEFINITION, text=text, **fields)

    return define


@pytest.fixture
def terms_page(rapporteur, browser_of):
    def read(actor=rapporteur):
        return browser_of(actor).get(f"/w/{rapporteur.workshop.slug}/terms/").content.decode()

    return read


def test_one_click_makes_a_definition_a_sense_of_its_term(
    rapporteur, defined, browser_of, terms_page
):
    first = defined("Influence = what a partner does")
    second = defined("influence = a stock = something one has")
    assert "Defined in the notes" in terms_page()
    for note in (first, second):
        url = f"/w/{rapporteur.workshop.slug}/terms/from-note/{note.pk}/"
        assert browser_of(rapporteur).post(url).status_code == 302
    term = Term.objects.get()
    assert (term.name, term.status) == ("Influence", TermStatus.CONTESTED)
    assert [(sense.text, sense.note) for sense in term.senses.all()] == [
        ("what a partner does", first),
        ("a stock = something one has", second),
    ]
    page = terms_page()
    assert "Defined in the notes" not in page
    assert f"note {first.sequence}" in page


def test_a_note_is_a_sense_once_and_has_to_say_what_it_defines(rapporteur, defined):
    note = defined("influence = a stock")
    take_sense(actor=rapporteur, note=note)
    for refused in (note, defined("what is influence"), defined("= a stock"), NoteFactory()):
        with pytest.raises(RuleViolation):
            take_sense(actor=rapporteur, note=refused)
    assert Sense.objects.count() == 1


def test_who_may_not_write_takes_no_sense(rapporteur, reader, defined):
    with pytest.raises(NotPermitted):
        take_sense(actor=reader, note=defined("influence = a stock"))


def test_editing_a_term_keeps_the_note_of_a_sense_until_it_is_redacted(
    rapporteur, defined, browser_of
):
    note = defined("influence = a stock")
    term = take_sense(actor=rapporteur, note=note)
    form = {
        "name": "influence", "status": "contested", "version": term.version, "rows": "1",
        "senses-0-text": "a stock of trust", "senses-0-note": str(note.pk),
    }  # fmt: skip
    url = f"/w/{rapporteur.workshop.slug}/terms/{term.pk}/edit/"
    assert str(note.pk) in browser_of(rapporteur).get(url).content.decode()
    assert browser_of(rapporteur).post(url, form).status_code == 302
    assert term.senses.get().note == note
    owner = ParticipantFactory(workshop=rapporteur.workshop, role=Role.OWNER)
    redact_note(actor=owner, note=note, reason="A name")
    given = SenseGiven(text="a stock of trust, say", note=note.pk)
    revise_term(actor=rapporteur, term=term, senses=[given])
    assert term.senses.get().note is None


def test_readers_see_no_note_behind_a_sense(rapporteur, reader, published, defined, terms_page):
    note = defined("influence = a stock")
    term = take_sense(actor=rapporteur, note=note)
    Term.objects.filter(pk=term.pk).update(annotation=AnnotationFactory(theme=published))
    page = terms_page(reader)
    assert "a stock" in page
    assert f"note {note.sequence}" not in page
    assert "Defined in the notes" not in page


def used(actor):
    [shown] = shown_terms(actor, terms_visible_to(actor), Texts(actor))
    return shown.used


def test_where_a_term_is_used_is_told_and_where_as_settled(rapporteur, theme, note):
    workshop = rapporteur.workshop
    own = AnnotationFactory(theme=theme, claim="Influence divides")
    TermFactory(workshop=workshop, name="influence", annotation=own)
    AnnotationFactory(theme=theme, claim="Partners seek influence")
    AnnotationFactory(theme=theme, claim="Influential people came")
    AnnotationFactory(theme=theme, claim="They mean “influence” differently")
    AnnotationFactory(theme=theme, claim="Influence has two senses", about="terms")
    PositionFactory(
        annotation=AnnotationFactory(theme=theme, kind="divergence", claim="Is influence an end"),
        text="Influence is an end",
    )
    ThemeFactory(workshop=workshop, title="Influence", summary="All want influence.")
    ResearchQuestionFactory(workshop=workshop, text="What brings influence?")
    OutcomeFactory(workshop=workshop, text="Influence costs")
    NoteFactory(session=note.session, text="so much for influence")
    found = used(rapporteur)
    assert [use.text for use in found.settled] == [
        "All want influence.", "Partners seek influence", "What brings influence?",
        "Influence costs",
    ]  # fmt: skip
    assert found.counted == [
        "2 themes", "1 summary", "5 findings", "1 position", "1 note", "1 research question",
        "1 outcome",
    ]  # fmt: skip


def test_a_term_that_was_agreed_on_may_be_used(rapporteur, theme):
    TermFactory(workshop=rapporteur.workshop, name="influence", status=TermStatus.AGREED)
    AnnotationFactory(theme=theme, claim="Partners seek influence")
    assert used(rapporteur).settled == []
    assert cards_on(rapporteur, theme)[0].settled == []


def test_readers_are_told_of_no_use_that_they_may_not_read(
    rapporteur, reader, theme, published, note
):
    shown = AnnotationFactory(theme=published, claim="Influence divides")
    TermFactory(workshop=rapporteur.workshop, name="influence", annotation=shown)
    AnnotationFactory(theme=theme, claim="A draft on influence")
    NoteFactory(session=note.session, text="so much for influence")
    assert [use.text for use in used(reader).uses] == ["Influence divides"]


def test_the_card_and_the_form_point_out_a_contested_term_to_those_who_write(
    rapporteur, reader, published, browser_of
):
    TermFactory(workshop=rapporteur.workshop, name="influence")
    annotation = AnnotationFactory(theme=published, claim="Partners seek influence")
    page = f"/w/{rapporteur.workshop.slug}/themes/{published.pk}/"
    assert "Uses “influence” as settled" in browser_of(rapporteur).get(page).content.decode()
    assert "as settled" not in browser_of(reader).get(page).content.decode()
    form = f"/w/{rapporteur.workshop.slug}/annotations/{annotation.pk}/edit/"
    assert "“influence” is contested here" in browser_of(rapporteur).get(form).content.decode()


def test_a_sense_keeps_its_note_from_being_lost_unseen(rapporteur, defined, browser_of):
    note = defined("influence = a stock")
    take_sense(actor=rapporteur, note=note)
    owner = ParticipantFactory(workshop=rapporteur.workshop, role=Role.OWNER)
    page = browser_of(owner).get(f"/w/{rapporteur.workshop.slug}/notes/{note.pk}/redact/")
    assert "a sense of “Influence”" in page.content.decode().replace("“influence”", "“Influence”")


def test_as_many_queries_for_many_terms_and_uses_as_for_one(rapporteur, theme, defined, terms_page):
    def add(count):
        for n in range(count):
            term = TermFactory(workshop=rapporteur.workshop, name=f"word{n}")
            SenseFactory(term=term, note=defined("a = b"))
            defined(f"word{n} = c")
            AnnotationFactory(theme=theme, claim=f"Word{n} is used")

    add(1)
    with CaptureQueriesContext(connection) as few:
        terms_page()
    add(20)
    with CaptureQueriesContext(connection) as many:
        terms_page()
    assert len(many) == len(few)
