"""The agenda as a page, and the forms that write it."""

import re

import pytest
from django.urls import reverse

from apps.agendas.models import Outcome, ResearchQuestion
from apps.agendas.services import revise_outcome, revise_question
from apps.workshops.models import Phase, Role
from tests.agendas.agendas import filled, lengthen
from tests.factories import (
    AnnotationFactory,
    GroupFactory,
    OutcomeFactory,
    ParticipantFactory,
    ResearchQuestionFactory,
    ThemeFactory,
)

NOWHERE = "00000000-0000-4000-8000-000000000000"


def address(name, workshop, *ids):
    return reverse(f"agendas:{name}", args=[workshop.slug, *ids])


@pytest.fixture
def browser(rapporteur, browser_of):
    return browser_of(rapporteur)


def test_the_team_sees_where_each_line_comes_from(rapporteur, browser):
    made = filled(rapporteur.workshop)
    page = browser.get(address("agenda", rapporteur.workshop)).content.decode()
    for words in ("Plain question?", "Plain takeaway.", "Secret heading", "Secret claim"):
        assert words in page
    assert reverse("themes:detail", args=[rapporteur.workshop.slug, made.shown.pk]) in page
    assert "Foreign" not in page


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_outsiders_read_without_what_is_unpublished_and_without_controls(
    rapporteur, browser_of, role
):
    made = filled(rapporteur.workshop)
    reader = ParticipantFactory(workshop=rapporteur.workshop, role=role)
    page = browser_of(reader).get(address("agenda", rapporteur.workshop)).content.decode()
    for words in ("Plain question?", "Plain takeaway.", "Plain heading", "Plain claim"):
        assert words in page
    for words in ("Secret", "secret", str(made.secret.pk), "Foreign", "Edit", "Add a", "Arrange"):
        assert words not in page


def test_a_line_that_rests_on_unpublished_themes_alone_tells_outsiders_nothing_of_it(
    rapporteur, browser_of
):
    made = filled(rapporteur.workshop)
    made.shown.published_at = None
    made.shown.save()
    reader = ParticipantFactory(workshop=rapporteur.workshop)
    page = browser_of(reader).get(address("agenda", rapporteur.workshop)).content.decode()
    assert "Plain question?" in page
    for words in ("heading", "claim", "word<", "Nothing said", "nothing yet", "Rests on"):
        assert words not in page


def test_the_page_is_calmly_empty_while_the_day_goes_on(rapporteur, browser_of):
    filled(rapporteur.workshop)
    rapporteur.workshop.phase = Phase.LIVE
    rapporteur.workshop.save()
    reader = ParticipantFactory(workshop=rapporteur.workshop)
    answer = browser_of(reader).get(address("agenda", rapporteur.workshop))
    assert answer.status_code == 200
    assert "Plain" not in answer.content.decode()


def test_the_page_makes_as_many_queries_however_long_it_is(
    rapporteur, browser, django_assert_max_num_queries, django_assert_num_queries
):
    url = address("agenda", rapporteur.workshop)
    lengthen(rapporteur.workshop, 1)
    browser.get(url)
    with django_assert_max_num_queries(60) as short:
        browser.get(url)
    lengthen(rapporteur.workshop, 29)
    with django_assert_num_queries(len(short.captured_queries)):
        browser.get(url)


def test_a_question_is_added_and_a_part_of_it(rapporteur, browser):
    theme = ThemeFactory(workshop=rapporteur.workshop)
    finding = AnnotationFactory(theme=theme)
    url = address("question-new", rapporteur.workshop)
    body = {"text": "Why?", "origin_themes": [theme.pk], "origin_annotations": [finding.pk]}
    answer = browser.post(url, body)
    question = ResearchQuestion.objects.get()
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#question-{question.pk}")
    assert list(question.origin_annotations.all()) == [finding]
    form = browser.get(f"{url}?parent={question.pk}").content.decode()
    assert f'<option value="{question.pk}" selected>' in form
    browser.post(url, {"text": "So?", "parent": question.pk, "example": "on"})
    assert question.parts.get().example


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"text": "A question I typed?"}, "Say what the question comes from"),
        ({"text": "A question I typed?", "new": "on", "example": "on"}, "an example of"),
        ({"text": "A question I typed?" + "x" * 500, "new": "on"}, "at most 500 characters"),
        ({"text": "A question I typed?", "new": "on", "parent": NOWHERE}, "any more"),
    ],
)
def test_a_refused_question_keeps_what_was_typed(rapporteur, browser, body, sentence):
    answer = browser.post(address("question-new", rapporteur.workshop), body)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A question I typed?" in page
    assert sentence in page
    assert not ResearchQuestion.objects.exists()


def test_foreign_ids_are_refused_and_nothing_changes(rapporteur, browser):
    question = ResearchQuestionFactory(workshop=rapporteur.workshop, text="Why?")
    url = address("question-edit", rapporteur.workshop, question.pk)
    for field, value in {
        "origin_themes": ThemeFactory().pk,
        "origin_annotations": AnnotationFactory().pk,
        "parent": ResearchQuestionFactory().pk,
    }.items():
        answer = browser.post(url, {"text": "Otherwise?", "version": 1, field: value})
        assert answer.status_code == 422
        assert "Otherwise?" in answer.content.decode()
    question.refresh_from_db()
    assert (question.text, question.version) == ("Why?", 1)
    foreign = ResearchQuestionFactory()
    for name in ("question-edit", "question-move", "question-withdraw"):
        url = address(name, rapporteur.workshop, foreign.pk)
        assert browser.post(url, {"text": "Mine?"}).status_code == 404


def test_the_form_shows_what_is_chosen(rapporteur, browser):
    made = filled(rapporteur.workshop)
    page = browser.get(
        address("question-edit", rapporteur.workshop, made.question.pk)
    ).content.decode()
    assert f'name="origin_themes" value="{made.secret.pk}" checked' in page
    assert "Foreign" not in page


def test_a_conflict_shows_both_texts_and_replaces_knowingly(rapporteur, browser):
    question = ResearchQuestionFactory(workshop=rapporteur.workshop, text="Why?")
    revise_question(actor=rapporteur, question=question, text="Theirs?")
    url = address("question-edit", rapporteur.workshop, question.pk)
    answer = browser.post(url, {"text": "Mine?", "new": "on", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine?" in page
    assert "Theirs?" in page
    assert 'name="version" value="2"' in page
    assert browser.post(url, {"text": "Mine?", "new": "on", "version": 2}).status_code == 302
    question.refresh_from_db()
    assert question.text == "Mine?"


def test_a_conflict_over_an_outcome_shows_what_differs(rapporteur, browser):
    outcome = OutcomeFactory(workshop=rapporteur.workshop, text="Then.")
    theme = ThemeFactory(workshop=rapporteur.workshop, title="Their theme")
    revise_outcome(actor=rapporteur, outcome=outcome, new=False, rests_on_themes=[theme])
    url = address("outcome-edit", rapporteur.workshop, outcome.pk)
    body = {"kind": "action", "modality": "is", "text": "Then.", "new": "on", "version": 1}
    answer = browser.post(url, body)
    assert answer.status_code == 409
    assert '<div class="conflict-text">Their theme</div>' in answer.content.decode()
    assert '<div class="conflict-text">Key takeaway</div>' in answer.content.decode()


def test_questions_are_moved_and_removed(rapporteur, browser):
    first, second = (ResearchQuestionFactory(workshop=rapporteur.workshop) for _ in range(2))
    browser.post(address("question-move", rapporteur.workshop, second.pk), {"to": "up"})
    assert list(ResearchQuestion.objects.all()) == [second, first]
    url = address("question-withdraw", rapporteur.workshop, first.pk)
    assert browser.get(url).status_code == 405
    revise_question(actor=rapporteur, question=first, text="Changed?")
    answer = browser.post(url, {"version": 1}, follow=True)
    assert "someone changed the question meanwhile" in answer.content.decode()
    browser.post(url, {"version": 2})
    assert list(ResearchQuestion.objects.all()) == [second]


def test_outcomes_are_recorded_revised_moved_and_removed(rapporteur, browser):
    workshop = rapporteur.workshop
    body = {"kind": "recommendation", "modality": "must", "text": "Do it.", "new": "on"}
    assert browser.post(address("outcome-new", workshop), body).status_code == 302
    outcome = Outcome.objects.get()
    assert "Recommendation: must" in browser.get(address("agenda", workshop)).content.decode()
    url = address("outcome-edit", workshop, outcome.pk)
    assert browser.post(url, {**body, "text": "Do.", "version": 1}).status_code == 302
    other = OutcomeFactory(workshop=workshop)
    browser.post(address("outcome-move", workshop, outcome.pk), {"to": "down"})
    assert list(Outcome.objects.all()) == [other, outcome]
    browser.post(address("outcome-withdraw", workshop, outcome.pk), {"version": 2})
    assert list(Outcome.objects.all()) == [other]


def test_an_addressee_of_another_axis_is_shown_and_kept(rapporteur, browser):
    workshop = rapporteur.workshop
    other = GroupFactory(workshop=workshop, plural="Europeans", axis="region")
    GroupFactory(workshop=workshop, plural="Africans", axis="region")
    outcome = OutcomeFactory(workshop=workshop, text="Talk sooner.")
    outcome.addressees.add(other)
    edit = address("outcome-edit", workshop, outcome.pk)
    page = browser.get(edit).content.decode()
    assert re.search(rf'name="addressees" value="{other.pk}"[^>]* checked', page)
    assert "Africans" not in page
    sent = {"version": 1, "kind": outcome.kind, "text": "Talk soon.", "modality": "should"}
    answer = browser.post(edit, {**sent, "addressees": [other.pk], "new": "on"})
    assert answer.status_code == 302
    outcome.refresh_from_db()
    assert (outcome.text, list(outcome.addressees.all())) == ("Talk soon.", [other])


def test_a_refused_outcome_keeps_what_was_typed(rapporteur, browser):
    body = {"kind": "takeaway", "modality": "is", "text": "What I typed.", "addressee": "all"}
    answer = browser.post(address("outcome-new", rapporteur.workshop), body)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("What I typed.", 'value="all"', "Say what it rests on", "#id_rests_on_themes"):
        assert words in page
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_outsiders_write_nothing(rapporteur, browser_of, role):
    made = filled(rapporteur.workshop)
    workshop = rapporteur.workshop
    browser = browser_of(ParticipantFactory(workshop=workshop, role=role))
    for name, ids in [
        ("question-new", []),
        ("question-edit", [made.question.pk]),
        ("question-move", [made.question.pk]),
        ("question-withdraw", [made.question.pk]),
        ("outcome-new", []),
        ("outcome-edit", [made.outcome.pk]),
        ("outcome-move", [made.outcome.pk]),
        ("outcome-withdraw", [made.outcome.pk]),
    ]:
        url = address(name, workshop, *ids)
        body = {"text": "Mine?", "kind": "action", "new": "on", "modality": "is"}
        assert browser.post(url, body).status_code == 403, name
        assert browser.get(url).status_code in {403, 405}, name
    made.question.refresh_from_db()
    made.outcome.refresh_from_db()
    assert (made.question.text, made.outcome.text) == ("Plain question?", "Plain takeaway.")
