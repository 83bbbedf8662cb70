"""Searching a workshop: what is found, by whom, and how it stands there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.annotations.models import Kind
from apps.notes.models import Note
from apps.workshops.models import Role, SearchEntry
from apps.workshops.searching import OF_ONE_KIND, Search
from tests.factories import (
    AnnotationFactory,
    NoteFactory,
    ParticipantFactory,
    PositionFactory,
    SenseFactory,
    SessionFactory,
    TermFactory,
    ThemeFactory,
)


@pytest.fixture
def session(rapporteur):
    return SessionFactory(workshop=rapporteur.workshop)


@pytest.fixture
def texts(rapporteur):
    """Return a function that gives what is found of a kind, as text, the best first."""

    def look(words, kind="notes", *, actor=rapporteur):
        found = {each.name: each for each in Search(actor.workshop, words, only=kind).found(actor)}
        return [hit.plain for hit in found[kind].hits] if kind in found else []

    return look


@pytest.mark.parametrize(
    "words",
    [
        "legitimacy",
        "legitim",
        "LEGITIMACY",
        "differs legitimacy",
        "regions",  # by its stem
        "differ",
        '"legitimacy isn’t fixed"',
        "“legitimacy isn’t”",
        "legitimacy -influence",
        "Okafor",
        "legitimacy & | ! ( :*",
    ],
)
def test_a_note_is_found_by_its_words(texts, session, words):
    NoteFactory(session=session, text="Legitimacy isn’t fixed: it differs by region (Okafor)")
    NoteFactory(session=session, text="Influence, and whose legitimacies? Asked -- of course")
    assert "Legitimacy isn’t fixed: it differs by region (Okafor)" in texts(words)


@pytest.mark.parametrize(
    "words", ["illegitimate", "legitimacy influence", '"fixed legitimacy"', "region -legitimacy"]
)
def test_a_note_that_does_not_say_it_is_not_found(texts, session, words):
    NoteFactory(session=session, text="Legitimacy isn’t fixed: it differs by region")
    assert texts(words) == []


def test_words_are_those_of_the_memos_language(texts, session, rapporteur):
    NoteFactory(session=session, text="Die Häuser wurden besichtigt")
    assert texts("Hauses") == []
    rapporteur.workshop.language = "de"
    rapporteur.workshop.save()
    assert texts("Hauses") == ["Die Häuser wurden besichtigt"]


def test_what_was_corrected_or_redacted_is_found_no_more(texts, session):
    note = NoteFactory(session=session, text="Okafor said so")
    note.text = "Somebody said so"
    note.save()
    assert texts("Okafor") == []
    assert texts("somebody") == ["Somebody said so"]
    Note.objects.filter(pk=note.pk).update(text="", redacted_at=note.recorded_at)
    assert texts("somebody") == []


def test_what_was_deleted_leaves_no_word(session):
    NoteFactory(session=session, text="Gone").delete()
    assert not SearchEntry.objects.exists()


def test_the_best_comes_first(texts, rapporteur):
    ThemeFactory(workshop=rapporteur.workshop, title="Means", summary="Also about influence.")
    ThemeFactory(workshop=rapporteur.workshop, title="Influence", summary="")
    assert texts("influence", "themes") == ["Influence", "Means"]


def test_findings_are_found_by_what_their_positions_say(texts, rapporteur):
    theme = ThemeFactory(workshop=rapporteur.workshop)
    annotation = AnnotationFactory(theme=theme, kind=Kind.DIVERGENCE, claim="Views differed")
    PositionFactory(annotation=annotation, text="Training buys nothing")
    assert texts("training", "findings") == ["Views differed"]


def test_terms_are_found_by_their_senses(texts, rapporteur):
    term = TermFactory(workshop=rapporteur.workshop, name="Influence")
    SenseFactory(term=term, text="A word for hoping")
    assert texts("hoping", "terms") == ["Influence"]


def test_nobody_finds_what_they_may_not_read(texts, rapporteur, session):
    reader = ParticipantFactory(workshop=rapporteur.workshop)
    NoteFactory(session=session, text="canary in a note")
    draft = ThemeFactory(workshop=rapporteur.workshop, title="canary in a draft")
    AnnotationFactory(theme=draft, claim="canary on a draft")
    TermFactory(workshop=rapporteur.workshop, name="canary of no finding")
    theme = ThemeFactory(workshop=rapporteur.workshop, title="canary, published", published=True)
    AnnotationFactory(theme=theme, claim="canary, to be read")
    kinds = Search(rapporteur.workshop, "canary").found(reader)
    assert {kind.name: (kind.count, [hit.plain for hit in kind.hits]) for kind in kinds} == {
        "themes": (1, ["canary, published"]),
        "findings": (1, ["canary, to be read"]),
    }


def test_other_workshops_are_not_searched(texts):
    NoteFactory(text="canary")
    assert texts("canary") == []


def test_the_page_shows_what_was_found_and_leads_to_it(rapporteur, session, browser_of):
    note = NoteFactory(session=session, text="Influence <b>is</b> a word")
    page = browser_of(rapporteur).get(f"/w/{rapporteur.workshop.slug}/search/", {"q": "influence"})
    shown = page.content.decode()
    assert "<mark>Influence</mark> &lt;b&gt;is&lt;/b&gt; a word" in shown
    assert f"/notes/{note.pk}/" in shown


def test_the_words_are_marked_in_what_a_theme_sums_up(rapporteur, browser_of, api_of):
    ThemeFactory(workshop=rapporteur.workshop, title="Money", summary="Who pays <the> patrols")
    place = f"w/{rapporteur.workshop.slug}/search/"
    shown = browser_of(rapporteur).get(f"/{place}", {"q": "patrol"}).content.decode()
    assert "Who pays &lt;the&gt; <mark>patrols</mark>" in shown
    address = f"/api/v1/workshops/{rapporteur.workshop.slug}/search/"
    [found] = api_of(rapporteur).get(address, {"q": "patrol"}).json()
    assert found["hits"][0]["about"] == ["Who pays <the> patrols"]


@pytest.mark.parametrize("words", ["", "   ", "!!!", "\x00", "the", "-", '"', "x" * 5_000, "a:*&'"])
def test_words_that_ask_for_nothing_find_nothing(rapporteur, session, browser_of, words):
    NoteFactory(session=session, text="Something")
    page = browser_of(rapporteur).get(f"/w/{rapporteur.workshop.slug}/search/", {"q": words})
    assert page.status_code == 200
    assert page.context["kinds"] == []


def test_typing_gets_the_findings_alone(rapporteur, session, browser_of):
    NoteFactory(session=session, text="Influence")
    part = browser_of(rapporteur).get(
        f"/w/{rapporteur.workshop.slug}/search/", {"q": "infl"}, headers={"HX-Request": "true"}
    )
    assert part.content.startswith(b'<div class="stack-l" id="found">')


def test_one_kind_alone_is_shown_to_its_limit(rapporteur, session):
    for _ in range(7):
        NoteFactory(session=session, text="Influence")
    [notes] = Search(rapporteur.workshop, "influence").found(rapporteur)
    assert (notes.count, len(notes.hits)) == (7, 5)
    [notes] = Search(rapporteur.workshop, "influence", only="notes").found(rapporteur)
    assert len(notes.hits) == 7 <= OF_ONE_KIND


def test_the_api_answers_the_same(rapporteur, session, api_of):
    note = NoteFactory(session=session, text="Influence")
    url = f"/api/v1/workshops/{rapporteur.workshop.slug}/search/"
    assert api_of(rapporteur).get(url, {"q": "influ"}).json() == [
        {
            "kind": "notes",
            "count": 1,
            "hits": [
                {
                    "id": str(note.pk),
                    "excerpt": "Influence",
                    "about": [str(session)],
                    "page": f"/w/{rapporteur.workshop.slug}/notes/{note.pk}/",
                }
            ],
        }
    ]
    owner = ParticipantFactory(role=Role.OWNER)
    assert api_of(owner).get(url, {"q": "influ"}).status_code == 404


def test_it_takes_as_many_queries_for_one_as_for_thirty(rapporteur, session, browser_of):
    browser, url = browser_of(rapporteur), f"/w/{rapporteur.workshop.slug}/search/"
    NoteFactory(session=session, text="Influence")
    browser.get(url, {"q": "influence"})

    def queries():
        with CaptureQueriesContext(connection) as made:
            assert browser.get(url, {"q": "influence", "in": "notes"}).status_code == 200
        return len(made)

    before = queries()
    for _ in range(29):
        NoteFactory(session=session, text="Influence")
    assert queries() == before
