"""Findings, their parts and terms over the API."""

import uuid

import pytest

from apps.annotations.models import Annotation, Evidence, Kind, Position, Term
from apps.themes.models import Comment
from apps.workshops.models import Role
from tests.factories import (
    AnnotationFactory,
    EvidenceFactory,
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    PositionFactory,
    SenseFactory,
    SessionFactory,
    ThemeFactory,
)


@pytest.fixture
def base(rapporteur):
    return f"/api/v1/workshops/{rapporteur.workshop.slug}"


@pytest.fixture
def url(base):
    return f"{base}/annotations/"


@pytest.fixture
def api(rapporteur, api_of):
    return api_of(rapporteur)


@pytest.fixture
def divergence(theme):
    annotation = AnnotationFactory(theme=theme, kind=Kind.DIVERGENCE)
    PositionFactory.create_batch(2, annotation=annotation)
    return annotation


def test_a_finding_is_recorded_with_its_positions(api, url, theme, rapporteur):
    scholars = GroupFactory(workshop=rapporteur.workshop)
    body = {
        "theme": theme.pk,
        "kind": "divergence",
        "claim": "Whether",
        "positions": [
            {"text": "A means", "holders": [scholars.pk]},
            {"text": "An end", "minority": True},
        ],
    }
    answer = api.post(url, body, format="json")
    assert answer.status_code == 201, answer.json()
    made = answer.json()
    assert [side["text"] for side in made["positions"]] == ["A means", "An end"]
    assert made["positions"][0]["holders"] == [str(scholars.pk)]
    assert (made["note_count"], made["evidence"], made["version"]) == (0, [], 1)
    assert [each["id"] for each in api.get(url).json()["results"]] == [made["id"]]


def test_the_list_may_be_of_one_theme(api, url, theme, published):
    wanted = AnnotationFactory(theme=theme)
    AnnotationFactory(theme=published)
    listed = api.get(url, {"theme": theme.pk}).json()["results"]
    assert [each["id"] for each in listed] == [str(wanted.pk)]
    assert api.get(url, {"theme": ThemeFactory().pk}).status_code == 400


def test_a_consensus_without_a_basis_is_told_as_problem_details(api, url, theme):
    body = {"theme": theme.pk, "kind": "consensus", "claim": "Words matter"}
    answer = api.post(url, body, format="json")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"].keys() == {"basis"}
    assert not Annotation.objects.exists()


def test_things_of_another_workshop_do_not_exist(api, url, base, theme, divergence):
    before = Annotation.objects.count(), Position.objects.count()
    foreign = {
        "theme": ThemeFactory().pk,
        "kind": "example",
        "claim": "Said",
        "holders": [GroupFactory().pk],
        "session": SessionFactory().pk,
        "positions": [{"text": "Said", "holders": [GroupFactory().pk]}],
    }
    answer = api.post(url, foreign, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"].keys() == {"theme", "holders", "session", "positions"}
    elsewhere = EvidenceFactory(annotation__kind=Kind.DIVERGENCE)
    side = PositionFactory(annotation=elsewhere.annotation)
    own = f"{url}{divergence.pk}"
    other = f"{url}{elsewhere.annotation_id}"
    attempts = [
        (api.get, f"{other}/", {}),
        (api.patch, f"{other}/", {"claim": "Mine"}),
        (api.delete, f"{other}/", {}),
        (api.post, f"{other}/move/", {"by": 1}),
        (api.post, f"{other}/comments/", {"text": "Mine"}),
        (api.get, f"{other}/positions/", {}),
        (api.post, f"{other}/positions/", {"text": "Mine"}),
        (api.patch, f"{own}/positions/{side.pk}/", {"text": "Mine"}),
        (api.delete, f"{own}/positions/{side.pk}/", {}),
        (api.post, f"{other}/evidence/", {"note": elsewhere.note_id}),
        (api.delete, f"{own}/evidence/{elsewhere.pk}/", {}),
        (api.get, f"{url}not-an-id/", {}),
        (api.get, f"{url}not-an-id/positions/", {}),
    ]
    for method, address, body in attempts:
        assert method(address, body, format="json").status_code == 404, address
    for body in ({"note": NoteFactory().pk}, {"note": elsewhere.note_id, "position": side.pk}):
        assert api.post(f"{own}/evidence/", body, format="json").status_code == 400
    body = {"positions": [{"id": str(side.pk), "text": "Mine"}]}
    assert api.patch(f"{own}/", body, format="json").status_code == 422
    side.refresh_from_db()
    assert side.text != "Mine"
    assert not Comment.objects.exists()
    assert (Annotation.objects.count(), Position.objects.count()) == (
        before[0] + 1, before[1] + 1,
    )  # fmt: skip


def test_a_finding_is_changed_and_its_positions_with_it(api, url, divergence):
    means, end = divergence.positions.all()
    body = {
        "claim": "Whether at all",
        "positions": [{"id": str(means.pk), "text": "Changed"}, {"text": "Third"}],
        "version": 1,
    }
    changed = api.patch(f"{url}{divergence.pk}/", body, format="json").json()
    assert [side["text"] for side in changed["positions"]] == ["Changed", end.text, "Third"]
    assert (changed["claim"], changed["version"]) == ("Whether at all", 2)


def test_a_stale_change_is_refused_with_412(api, url, divergence):
    address = f"{url}{divergence.pk}/"
    match = {"If-Match": '"1"'}
    assert api.patch(address, {"claim": "Mine"}, format="json", headers=match).status_code == 200
    assert api.patch(address, {"claim": "Yours"}, format="json", headers=match).status_code == 412
    assert api.delete(address, headers=match).status_code == 412
    divergence.refresh_from_db()
    assert divergence.claim == "Mine"
    assert api.delete(address, headers={"If-Match": '"2"'}).status_code == 204


def test_fields_that_nobody_may_set_are_not_set(api, url, divergence):
    other = ThemeFactory(workshop=divergence.workshop)
    body = {
        "theme": str(other.pk),
        "workshop": str(uuid.uuid4()),
        "id": str(uuid.uuid4()),
        "order": 77,
        "created_at": "2020-01-01T00:00:00Z",
    }
    shown = api.patch(f"{url}{divergence.pk}/", body, format="json").json()
    divergence.refresh_from_db()
    assert (shown["id"], shown["version"]) == (str(divergence.pk), 1)
    assert divergence.order != 77
    assert divergence.theme != other


def test_positions_come_and_go(api, url, divergence):
    sides = f"{url}{divergence.pk}/positions/"
    made = api.post(sides, {"text": "Third"}, format="json")
    assert made.status_code == 201, made.json()
    side = f"{sides}{made.json()['id']}/"
    assert api.patch(side, {"minority": True, "version": 1}, format="json").json()["minority"]
    assert api.patch(side, {"text": "Late", "version": 1}, format="json").status_code == 412
    assert [each["text"] for each in api.get(sides).json()["results"]][-1] == "Third"
    assert api.delete(side).status_code == 204
    assert divergence.positions.count() == 2


def test_evidence_comes_and_goes(api, url, divergence, note):
    cited = f"{url}{divergence.pk}/evidence/"
    side = divergence.positions.first()
    body = {"note": note.pk, "position": side.pk, "stance": "against"}
    made = api.post(cited, body, format="json")
    assert made.status_code == 201, made.json()
    shown = api.get(f"{url}{divergence.pk}/").json()
    assert shown["evidence"] == [made.json()]
    assert shown["note_count"] == 1
    assert api.delete(f"{cited}{made.json()['id']}/").status_code == 204
    assert not Evidence.objects.exists()


def test_participants_read_published_findings_without_notes(reader, api_of, url, theme, published):
    cited = EvidenceFactory(annotation__theme=published)
    seen = cited.annotation
    hidden = AnnotationFactory(theme=theme, claim="a claim that stays hidden")
    api = api_of(reader)
    answer = api.get(url)
    [shown] = answer.json()["results"]
    assert (shown["id"], shown["evidence"], shown["note_count"]) == (str(seen.pk), [], 1)
    assert str(cited.note_id) not in answer.content.decode()
    assert api.get(f"{url}{seen.pk}/evidence/").json()["results"] == []
    for address in (f"{url}{hidden.pk}/", f"{url}{hidden.pk}/positions/"):
        assert api.get(address).status_code == 404
    assert api.get(url, {"theme": theme.pk}).status_code == 400


def test_participants_comment_and_write_nothing_else(reader, api_of, url, base, published):
    annotation = AnnotationFactory(theme=published)
    api = api_of(reader)
    own = f"{url}{annotation.pk}/"
    commented = api.post(f"{own}comments/", {"text": "Not quite"}, format="json")
    assert commented.status_code == 201, commented.json()
    assert commented.json()["by"] == "You"
    body = {"theme": published.pk, "kind": "example", "claim": "Said"}
    assert api.post(url, body, format="json").status_code == 403
    assert api.patch(own, {"claim": "Said"}, format="json").status_code == 403
    assert api.delete(own).status_code == 403
    assert api.post(f"{own}move/", {"by": 1}, format="json").status_code == 403
    assert api.post(f"{own}positions/", {"text": "Said"}, format="json").status_code == 403
    assert api.post(f"{base}/terms/", {"name": "word"}, format="json").status_code == 403
    annotation.refresh_from_db()
    assert annotation.version == 1


def test_findings_move(api, url, theme):
    first, second = AnnotationFactory.create_batch(2, theme=theme)
    assert api.post(f"{url}{second.pk}/move/", {"by": -1}, format="json").json()["order"] == 0
    assert [each["id"] for each in api.get(url).json()["results"]] == [
        str(second.pk),
        str(first.pk),
    ]


def test_terms_come_change_and_go(api, base, theme, rapporteur):
    scholars = GroupFactory(workshop=rapporteur.workshop)
    annotation = AnnotationFactory(theme=theme)
    body = {
        "name": "influence",
        "annotation": annotation.pk,
        "senses": [{"text": "A verb", "holders": [scholars.pk]}, {"text": "A noun"}],
    }
    made = api.post(f"{base}/terms/", body, format="json")
    assert made.status_code == 201, made.json()
    term = f"{base}/terms/{made.json()['id']}/"
    assert [sense["text"] for sense in api.get(term).json()["senses"]] == ["A verb", "A noun"]
    changed = api.patch(term, {"status": "parked", "version": 1}, format="json").json()
    assert (changed["status"], len(changed["senses"]), changed["version"]) == ("parked", 2, 2)
    assert api.patch(term, {"name": "late", "version": 1}, format="json").status_code == 412
    assert api.patch(term, {"senses": []}, format="json").json()["senses"] == []
    assert api.delete(term).status_code == 204
    assert not Term.objects.exists()


def test_foreign_terms_do_not_exist(api, base):
    foreign = SenseFactory().term
    assert api.get(f"{base}/terms/").json()["results"] == []
    assert api.patch(f"{base}/terms/{foreign.pk}/", {"name": "x"}, format="json").status_code == 404
    body = {
        "name": "word",
        "annotation": AnnotationFactory().pk,
        "senses": [{"text": "A verb", "holders": [GroupFactory().pk]}],
    }
    answer = api.post(f"{base}/terms/", body, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"].keys() == {"annotation", "senses"}


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"theme": "x", "kind": "hearsay", "claim": ""},
        {"positions": "x"},
        {"positions": [{"id": "x"}]},
        {"claim": "x" * 501},
        {"claim": "\x00"},
    ],
)
def test_a_malformed_body_is_a_400(api, url, theme, body):
    assert api.post(url, body, format="json").status_code == 400
    assert not Annotation.objects.exists()


def test_not_yours_and_not_there_are_the_same(url, api_of, theme, client):
    AnnotationFactory(theme=theme)
    stranger = api_of(ParticipantFactory(role=Role.OWNER))
    not_yours = stranger.get(url)
    not_there = stranger.get("/api/v1/workshops/no-such/annotations/")
    assert not_yours.status_code == not_there.status_code == 404
    assert not_yours.content == not_there.content
    assert client.get(url).status_code == 401


def test_a_new_position_takes_no_id_of_its_own(rapporteur, theme, api_of):
    annotation = AnnotationFactory(theme=theme, kind=Kind.DIVERGENCE)
    known = PositionFactory(annotation=annotation)
    url = f"/api/v1/workshops/{rapporteur.workshop.slug}/annotations/{annotation.pk}/positions/"
    answer = api_of(rapporteur).post(url, {"id": str(known.pk), "text": "Another side"})
    assert answer.status_code == 201
    assert answer.json()["id"] != str(known.pk)
    assert annotation.positions.count() == 2
