"""The agenda over the API."""

import pytest

from apps.agendas.models import ENDS, Link, Outcome, ResearchQuestion
from apps.agendas.services import make_link
from apps.workshops.models import Phase, Role
from tests.agendas.agendas import filled, lengthen
from tests.agendas.test_links import MAKE
from tests.factories import (
    AnnotationFactory,
    GroupFactory,
    ParticipantFactory,
    PositionFactory,
    ResearchQuestionFactory,
    TermFactory,
    ThemeFactory,
    WorkshopFactory,
)


def address(workshop, name):
    return f"/api/v1/workshops/{workshop.slug}/{name}/"


@pytest.fixture
def questions(rapporteur):
    return address(rapporteur.workshop, "research-questions")


@pytest.fixture
def outcomes(rapporteur):
    return address(rapporteur.workshop, "outcomes")


def test_a_question_is_raised_revised_and_withdrawn(rapporteur, questions, api_of):
    api = api_of(rapporteur)
    theme = ThemeFactory(workshop=rapporteur.workshop)
    body = {"text": "Why?", "kind": "policy", "origin_themes": [str(theme.pk)]}
    created = api.post(questions, body, format="json")
    assert created.status_code == 201, created.json()
    url = f"{questions}{created.json()['id']}/"
    assert api.get(url).json()["origin_themes"] == [str(theme.pk)]
    part = api.post(questions, {"text": "So?", "parent": created.json()["id"], "example": True})
    assert part.status_code == 201, part.json()
    revised = api.patch(
        url, {"new": True, "origin_themes": []}, format="json", headers={"If-Match": '"1"'}
    )
    assert (revised.status_code, revised.json()["version"]) == (200, 2)
    stale = api.patch(url, {"text": "Late?"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert api.delete(url, headers={"If-Match": '"1"'}).status_code == 412
    assert api.delete(url, headers={"If-Match": '"2"'}).status_code == 204
    assert not ResearchQuestion.objects.exists()


def test_an_outcome_is_recorded_revised_and_withdrawn(rapporteur, outcomes, api_of):
    api = api_of(rapporteur)
    finding = AnnotationFactory(theme__workshop=rapporteur.workshop)
    body = {"kind": "action", "text": "Do.", "rests_on_annotations": [str(finding.pk)]}
    created = api.post(outcomes, body, format="json")
    assert created.status_code == 201, created.json()
    assert created.json()["rests_on_annotations"] == [str(finding.pk)]
    url = f"{outcomes}{created.json()['id']}/"
    assert api.patch(url, {"text": "Do it.", "version": 1}).json()["text"] == "Do it."
    assert api.patch(url, {"text": "Late.", "version": 1}).status_code == 412
    assert api.delete(url).status_code == 204
    assert not Outcome.objects.exists()


def test_what_a_rule_refuses_is_told_at_its_field(rapporteur, questions, outcomes, api_of):
    api = api_of(rapporteur)
    answer = api.post(questions, {"text": "Why?"})
    assert (answer.status_code, [*answer.json()["errors"]]) == (422, ["origin_themes"])
    answer = api.post(outcomes, {"text": "So.", "kind": "takeaway"})
    assert (answer.status_code, [*answer.json()["errors"]]) == (422, ["rests_on_themes"])
    answer = api.post(outcomes, b"[1", content_type="application/json")
    assert answer.status_code == 400


def test_things_of_another_workshop_do_not_exist(rapporteur, questions, outcomes, api_of):
    api = api_of(rapporteur)
    foreign = {
        "parent": str(ResearchQuestionFactory().pk),
        "origin_themes": [str(ThemeFactory().pk)],
        "origin_annotations": [str(AnnotationFactory().pk)],
        "origin_terms": [str(TermFactory().pk)],
    }
    answer = api.post(questions, {"text": "Why?", **foreign}, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"].keys() == foreign.keys()
    foreign = {
        "rests_on_themes": [str(ThemeFactory().pk)],
        "rests_on_annotations": [str(AnnotationFactory().pk)],
        "addressees": [str(GroupFactory().pk)],
    }
    answer = api.post(outcomes, {"text": "So.", "kind": "action", **foreign}, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"].keys() == foreign.keys()
    assert not rapporteur.workshop.research_questions.exists()
    assert not rapporteur.workshop.outcomes.exists()
    url = f"{questions}{ResearchQuestionFactory().pk}/"
    assert api.patch(url, {"text": "Mine?"}).status_code == 404
    assert api.delete(url).status_code == 404


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_outsiders_read_published_origins_and_write_nothing(
    rapporteur, questions, outcomes, api_of, role
):
    made = filled(rapporteur.workshop)
    api = api_of(ParticipantFactory(workshop=rapporteur.workshop, role=role))
    [question] = api.get(questions).json()["results"]
    [outcome] = api.get(outcomes).json()["results"]
    assert question["origin_themes"] == outcome["rests_on_themes"] == [str(made.shown.pk)]
    assert len(question["origin_annotations"]) == len(outcome["rests_on_annotations"]) == 1
    assert len(question["origin_terms"]) == 1
    assert api.post(questions, {"text": "Mine?", "new": True}).status_code == 403
    for url in (f"{questions}{made.question.pk}/", f"{outcomes}{made.outcome.pk}/"):
        assert api.patch(url, {"text": "Mine?"}).status_code == 403
        assert api.delete(url).status_code == 403
    assert ResearchQuestion.objects.filter(text="Plain question?").exists()


def test_outsiders_read_nothing_while_the_day_goes_on(rapporteur, questions, outcomes, api_of):
    made = filled(rapporteur.workshop)
    rapporteur.workshop.phase = Phase.LIVE
    rapporteur.workshop.save()
    api = api_of(ParticipantFactory(workshop=rapporteur.workshop))
    assert api.get(questions).json()["results"] == api.get(outcomes).json()["results"] == []
    assert api.get(f"{questions}{made.question.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["research-questions", "outcomes"])
def test_lists_make_as_many_queries_however_long(
    rapporteur, api_of, name, django_assert_max_num_queries, django_assert_num_queries
):
    api = api_of(rapporteur)
    lengthen(rapporteur.workshop, 1)
    with django_assert_max_num_queries(12) as short:
        api.get(address(rapporteur.workshop, name))
    lengthen(rapporteur.workshop, 29)
    with django_assert_num_queries(len(short.captured_queries)):
        api.get(f"{address(rapporteur.workshop, name)}?page_size=100")


def test_a_link_is_made_read_from_both_ends_and_taken_back(rapporteur, api_of):
    api, links = api_of(rapporteur), address(rapporteur.workshop, "links")
    one, other = AnnotationFactory.create_batch(2, theme__workshop=rapporteur.workshop)
    position = PositionFactory(annotation=other)
    body = {
        "kind": "depends_on", "phrase": "only  then",
        "source_annotation": str(one.pk), "target_position": str(position.pk),
    }  # fmt: skip
    created = api.post(links, body, format="json")
    assert created.status_code == 201, created.json()
    told = created.json()
    assert told == {
        "id": told["id"], **dict.fromkeys(ends(), None), **body, "phrase": "only then"
    }  # fmt: skip
    second = make_link(actor=rapporteur, kind="answers", source=one, target=one.theme)
    for about, count in ((one, 2), (other, 1), (AnnotationFactory(theme=one.theme), 0)):
        found = api.get(links, {"annotation": about.pk}).json()["results"]
        assert len(found) == count
    assert found == []
    listed = [each["id"] for each in api.get(links).json()["results"]]
    assert listed == [told["id"], str(second.pk)]
    again = api.post(links, body, format="json")
    assert (again.status_code, Link.objects.count()) == (422, 2)
    url = f"{links}{told['id']}/"
    assert api.get(url).json() == told
    assert api.delete(url).status_code == 204
    assert (api.get(url).status_code, Link.objects.count()) == (404, 1)


def ends():
    return [f"{side}_{name}" for side in ("source", "target") for name in ENDS]


@pytest.mark.parametrize("end", ends())
def test_a_link_has_one_end_on_each_side_and_they_are_of_the_workshop(rapporteur, api_of, end):
    api, links = api_of(rapporteur), address(rapporteur.workshop, "links")
    side, _, name = end.partition("_")
    other = "target" if side == "source" else "source"
    theme = str(ThemeFactory(workshop=rapporteur.workshop).pk)
    own, foreign = MAKE[name](rapporteur.workshop), MAKE[name](WorkshopFactory())
    good = {"kind": "relates_to", f"{other}_theme": theme, end: str(own.pk)}
    answer = api.post(links, good | {end: str(foreign.pk)}, format="json")
    assert (answer.status_code, [*answer.json()["errors"]]) == (400, [end])
    more = "theme" if name == "outcome" else "outcome"
    for wrong in ({end: None}, {f"{side}_{more}": str(MAKE[more](rapporteur.workshop).pk)}):
        answer = api.post(links, good | wrong, format="json")
        assert (answer.status_code, [*answer.json()["errors"]]) == (400, [side])
    assert not Link.objects.exists()
    assert api.post(links, good, format="json").status_code == 201
    assert getattr(Link.objects.get(), end) == own


def test_who_reads_one_end_alone_does_not_see_the_link(rapporteur, api_of):
    links = address(rapporteur.workshop, "links")
    shown = AnnotationFactory(theme__workshop=rapporteur.workshop, theme__published=True)
    hidden = AnnotationFactory(theme__workshop=rapporteur.workshop)
    seen = make_link(actor=rapporteur, kind="answers", source=shown, target=shown.theme)
    unseen = make_link(actor=rapporteur, kind="answers", source=shown, target=hidden)
    api = api_of(ParticipantFactory(workshop=rapporteur.workshop))
    for query in ({}, {"annotation": shown.pk}):
        assert [each["id"] for each in api.get(links, query).json()["results"]] == [str(seen.pk)]
    assert api.get(links, {"annotation": hidden.pk}).status_code == 400
    assert api.delete(f"{links}{unseen.pk}/").status_code == 404
    assert api.delete(f"{links}{seen.pk}/").status_code == 403
    body = {"kind": "answers", "source_annotation": str(shown.pk), "target_theme": "x"}
    assert api.post(links, body, format="json").status_code == 403
    assert Link.objects.count() == 2
