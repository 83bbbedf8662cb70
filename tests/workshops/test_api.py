"""Workshops, sessions, questions, groups and oneself over the API."""

import pytest
from rest_framework.test import APIClient

from apps.core.models import AuditEntry
from apps.workshops.models import GuidingQuestion, Phase, Role, Session, Workshop
from tests.factories import (
    GroupFactory,
    GuidingQuestionFactory,
    JoinCodeFactory,
    OrganisationFactory,
    ParticipantFactory,
    SessionFactory,
    UserFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
WORKSHOPS = "/api/v1/workshops/"


@pytest.fixture
def owner():
    return ParticipantFactory(role=Role.OWNER)


@pytest.fixture
def api(owner, api_of):
    return api_of(owner)


@pytest.fixture
def url(owner):
    return f"{WORKSHOPS}{owner.workshop.slug}/"


def test_the_list_holds_only_what_one_takes_part_in(owner, api):
    WorkshopFactory()
    ParticipantFactory()
    assert [w["slug"] for w in api.get(WORKSHOPS).json()] == [owner.workshop.slug]


def test_someone_who_joined_lists_what_they_joined(client):
    code = JoinCodeFactory()
    client.post(f"/join/{code.code}/", {"rule": code.workshop.attribution_rule})
    assert [w["slug"] for w in client.get(WORKSHOPS).json()] == [code.workshop.slug]
    made = client.post(
        WORKSHOPS, {"title": "Mine", "starts_on": "2027-03-09"}, content_type="application/json"
    )
    assert made.status_code == 403
    assert Workshop.objects.count() == 1


@pytest.mark.parametrize("path", ["", "x/", "x/sessions/", "x/groups/", "x/participants/me/"])
def test_nobody_is_asked_to_authenticate(path):
    assert APIClient().get(f"{WORKSHOPS}{path}").status_code == 401


@pytest.mark.parametrize(
    "path",
    ["", "sessions/", "guiding-questions/", "groups/", "organisations/", "participants/me/"],
)
def test_not_yours_and_not_there_are_the_same(api, path):
    foreign = WorkshopFactory()
    not_yours, not_there = (api.get(f"{WORKSHOPS}{s}/{path}") for s in (foreign.slug, "no-such"))
    assert not_yours.status_code == not_there.status_code == 404
    assert not_yours.content == not_there.content


def test_a_workshop_is_started(api):
    made = api.post(WORKSHOPS, {"title": "Rivers", "starts_on": "2027-03-09"})
    assert made.status_code == 201, made.json()
    assert made.json()["ends_on"] == "2027-03-09"
    workshop = Workshop.objects.get(slug="rivers")
    assert workshop.participants.get().role == Role.OWNER
    assert workshop.sessions.count() == 1


@pytest.mark.parametrize(
    ("body", "code", "fields"),
    [
        ({}, 400, {"title", "starts_on"}),
        ({"title": "R", "starts_on": "soon", "mode": "x"}, 400, {"starts_on", "mode"}),
        ({"title": "R", "starts_on": "2027-03-09", "ends_on": "2027-03-08"}, 422, {"ends_on"}),
    ],
)  # fmt: skip
def test_bad_input_is_told_as_problem_details(api, body, code, fields):
    answer = api.post(WORKSHOPS, body)
    assert answer.status_code == code
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"].keys() == fields
    assert Workshop.objects.count() == 1


def test_the_basics_change_with_a_version(api, url):
    assert api.get(url).json()["version"] == 1
    assert api.patch(url, {"title": "New"}, headers={"If-Match": '"1"'}).json()["title"] == "New"
    stale = api.patch(url, {"title": "Stale"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert api.patch(url, {"title": "Stale", "version": 1}).status_code == 412
    assert api.get(url).json()["title"] == "New"


def test_what_is_not_for_clients_cannot_be_set(api, url, owner):
    fixed = {
        "id": "00000000-0000-0000-0000-000000000000",
        "slug": "mine",
        "phase": "published",
        "illustration": "No",
        "main_axis": "region",
        "created_at": "2000-01-01T00:00:00Z",
    }
    before = Workshop.objects.filter(pk=owner.workshop_id).values().get()
    assert api.patch(url, fixed).status_code == 200
    assert Workshop.objects.filter(pk=owner.workshop_id).values().get() == before
    assert not AuditEntry.objects.exists()
    made = api.post(WORKSHOPS, {"title": "Rivers", "starts_on": "2027-03-09", **fixed})
    workshop = Workshop.objects.get(title="Rivers")
    assert made.json()["id"] == str(workshop.pk) != fixed["id"]
    assert (workshop.slug, workshop.phase, workshop.illustration, workshop.main_axis) == (
        "rivers",
        Phase.SETTING_UP,
        "",
        "role",
    )


def test_sessions(api, url, owner):
    decoy = SessionFactory()
    made = api.post(
        f"{url}sessions/",
        {"title": "Opening", "starts_at": "2026-05-13T09:00:00Z", "workshop": decoy.workshop.pk},
    )
    assert made.status_code == 201, made.json()
    session = Session.objects.get(pk=made.json()["id"])
    assert session.workshop == owner.workshop
    changed = api.patch(f"{url}sessions/{session.pk}/", {"room": "12", "version": 1})
    assert (changed.json()["room"], changed.json()["title"]) == ("12", "Opening")
    assert [s["id"] for s in api.get(f"{url}sessions/").json()["results"]] == [str(session.pk)]
    assert api.patch(f"{url}sessions/{decoy.pk}/", {"room": "12"}).status_code == 404


def test_guiding_questions(api, url):
    decoy = GuidingQuestionFactory()
    made = api.post(f"{url}guiding-questions/", {"text": "When?"}).json()
    part = api.post(f"{url}guiding-questions/", {"text": "Who?", "parent": made["id"]})
    assert part.json()["parent"] == made["id"]
    foreign = api.post(f"{url}guiding-questions/", {"text": "Who?", "parent": decoy.pk})
    assert foreign.status_code == 400
    changed = api.patch(f"{url}guiding-questions/{made['id']}/", {"text": "When, then?"})
    assert changed.json()["version"] == 2
    assert GuidingQuestion.objects.count() == 3
    assert api.get(f"{url}guiding-questions/").json()["count"] == 2


def test_groups(api, url):
    decoy = GroupFactory()
    made = api.post(f"{url}groups/", {"singular": "scholar", "plural": "scholars"}).json()
    same = api.post(f"{url}groups/", {"singular": "scholar", "plural": "Scholars"})
    assert same.status_code == 422
    changed = api.patch(f"{url}groups/{made['id']}/", {"plural": "academics"})
    assert changed.json()["plural"] == "academics"
    assert [g["id"] for g in api.get(f"{url}groups/").json()["results"]] == [made["id"]]
    assert api.patch(f"{url}groups/{decoy.pk}/", {"plural": "x"}).status_code == 404


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.RAPPORTEUR, Role.PARTICIPANT])
def test_others_read_and_set_nothing_up(owner, api_of, url, role):
    api = api_of(ParticipantFactory(workshop=owner.workshop, role=role))
    bodies = {
        "sessions/": {"title": "Mine"},
        "guiding-questions/": {"text": "Mine?"},
        "groups/": {"singular": "me", "plural": "us"},
        "organisations/": {"name": "Mine", "role": "host"},
    }
    for path, body in bodies.items():
        assert api.get(f"{url}{path}").status_code == 200
        assert api.post(f"{url}{path}", body).status_code == 403
    assert api.patch(url, {"title": "Mine"}).status_code == 403
    assert not AuditEntry.objects.exists()


def test_one_sees_oneself_and_nobody_else(owner, api_of, url):
    group = GroupFactory(workshop=owner.workshop, singular="scholar")
    me = ParticipantFactory(workshop=owner.workshop, group=group, display_name="Ada")
    api = api_of(me)
    assert api.get(f"{url}participants/me/").json() == {
        "id": str(me.pk),
        "role": "participant",
        "display_name": "Ada",
        "affiliation": "",
        "listing": "none",
        "attribution": "no",
        "groups": [str(group.pk)],
        "shown_as": "a participant",
        "version": 1,
    }
    for path in ("", f"{owner.pk}/", f"{me.pk}/"):
        assert api.get(f"{url}participants/{path}").status_code == 404


def test_a_list_makes_as_many_queries_for_thirty_as_for_one(
    owner, api, url, django_assert_num_queries, django_assert_max_num_queries
):
    user = owner.user
    with django_assert_max_num_queries(20) as one:
        api.get(WORKSHOPS)
    for _ in range(29):
        ParticipantFactory(user=user)
    with django_assert_num_queries(len(one)):
        assert len(api.get(WORKSHOPS).json()) == 30


def test_the_page_makes_as_many_queries_for_thirty_as_for_one(
    owner, browser_of, django_assert_num_queries, django_assert_max_num_queries
):
    browser = browser_of(owner)
    with django_assert_max_num_queries(20) as one:
        browser.get("/")
    for _ in range(29):
        ParticipantFactory(user=owner.user)
    with django_assert_num_queries(len(one)):
        assert browser.get("/").content.decode().count('class="workshop"') == 30


def test_an_account_without_workshops_has_an_empty_list(api_of):
    client = APIClient()
    client.force_authenticate(UserFactory())
    assert client.get(WORKSHOPS).json() == []


# -- setting up ------------------------------------------------------------------------------


def test_the_rules_of_a_workshop(api, url):
    rules = {"lobby": True, "keep_speakers": True, "consensus_at": 80, "opposed_at_most": 10}
    changed = api.patch(url, rules).json()
    assert {name: changed[name] for name in rules} == rules
    refused = api.patch(url, {"opposed_at_most": 30})
    assert refused.status_code == 422
    assert refused.json()["errors"].keys() == {"opposed_at_most"}
    made = {"title": "R", "starts_on": "2027-03-09", "consensus_at": 49}
    assert api.post(WORKSHOPS, made).status_code == 422
    assert Workshop.objects.count() == 1


def test_the_words_for_how_many_of_a_workshop(api, url):
    assert api.get(url).json()["most_at"] == 65
    words = {"nearly_all_at": 95, "most_at": 67, "many_at": 40, "several_from": 6}
    changed = api.patch(url, words).json()
    assert {name: changed[name] for name in words} == words
    refused = api.patch(url, {"most_at": 95})
    assert refused.status_code == 422
    assert refused.json()["errors"].keys() == {"nearly_all_at"}
    assert api.patch(url, {"numbers_below": 4}).status_code in {400, 422}
    assert api.get(url).json()["most_at"] == 67


def test_organisations(api, url):
    decoy = OrganisationFactory()
    body = {"name": "The Foundation", "role": "funder", "order": 7}
    made = api.post(f"{url}organisations/", body).json()
    assert (made["name"], made["role"], made["order"]) == ("The Foundation", "funder", 0)
    detail = f"{url}organisations/{made['id']}/"
    changed = api.patch(detail, {"name": "F", "version": made["version"]}).json()
    assert (changed["name"], changed["role"]) == ("F", "funder")
    assert (
        api.patch(detail, {"name": "G"}, headers={"If-Match": f'"{made["version"]}"'}).status_code
        == 412
    )
    assert [o["id"] for o in api.get(f"{url}organisations/").json()["results"]] == [made["id"]]
    assert api.patch(f"{url}organisations/{decoy.pk}/", {"name": "x"}).status_code == 404


def test_a_session_under_another(api, url):
    decoy = SessionFactory()
    whole = api.post(f"{url}sessions/", {"title": "Breakouts"}).json()
    part = {"title": "Table 1", "kind": "breakout", "parent": whole["id"], "reported": False}
    made = api.post(f"{url}sessions/", part).json()
    assert (made["parent"], made["reported"]) == (whole["id"], False)
    assert api.post(f"{url}sessions/", {**part, "parent": decoy.pk}).status_code == 400
    assert api.post(f"{url}sessions/", {**part, "parent": made["id"]}).status_code == 422


def test_a_group_needs_one_of_its_names(api, url):
    made = api.post(f"{url}groups/", {"plural": "companies", "axis": "sector"}).json()
    assert (made["singular"], made["axis"]) == ("company", "sector")
    assert api.post(f"{url}groups/", {}).status_code == 422


KINDS = {
    "sessions": SessionFactory,
    "guiding-questions": GuidingQuestionFactory,
    "organisations": OrganisationFactory,
    "groups": GroupFactory,
}


@pytest.mark.parametrize("kind", KINDS)
def test_things_are_moved_and_removed(owner, api, url, kind):
    first, second = (KINDS[kind](workshop=owner.workshop, order=n) for n in range(2))
    decoy, stale = KINDS[kind](), "999999999"
    moved = api.post(f"{url}{kind}/{second.pk}/move/", {"by": -1})
    assert (moved.status_code, moved.json()["order"]) == (200, 0)
    listed = api.get(f"{url}{kind}/").json()["results"]
    assert [row["id"] for row in listed] == [str(second.pk), str(first.pk)]
    assert api.post(f"{url}{kind}/{second.pk}/move/", {"by": 7}).status_code == 400
    assert api.post(f"{url}{kind}/{decoy.pk}/move/", {"by": 1}).status_code == 404
    assert api.delete(f"{url}{kind}/{decoy.pk}/").status_code == 404
    match = {"If-Match": f'"{stale}"'}
    assert api.delete(f"{url}{kind}/{second.pk}/", headers=match).status_code == 412
    assert api.delete(f"{url}{kind}/{second.pk}/").status_code == 204
    assert api.get(f"{url}{kind}/").json()["count"] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_others_move_and_remove_nothing(owner, api_of, url, kind):
    row = KINDS[kind](workshop=owner.workshop)
    api = api_of(ParticipantFactory(workshop=owner.workshop, role=Role.FACILITATOR))
    assert api.post(f"{url}{kind}/{row.pk}/move/", {"by": 1}).status_code == 403
    assert api.post(f"{url}{kind}/{row.pk}/move/", {}).status_code == 403
    assert api.delete(f"{url}{kind}/{row.pk}/").status_code == 403
    assert not AuditEntry.objects.exists()
