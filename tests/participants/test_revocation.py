"""What was taken away is gone at the next request, everywhere: nothing remembers who may.

Every request asks the database who somebody is. So "within five seconds" is "at once", and what
has to be shown is that every door asks, and that nobody keeps an answer: no server, no browser, no
proxy. A file is read in one piece and sent in one answer, which was allowed when it was asked for;
there are no parts to fetch later.
"""

import ast
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.services import (
    end_other_sessions,
    replace_api_token,
    revoke_api_token,
)
from apps.core.models import JobState
from apps.participants.models import JoinCode, Participant
from apps.participants.services import (
    admit,
    forget_person,
    invite,
    purge_now,
    renew_join_code,
)
from apps.workshops.models import Phase, Role, Workshop
from apps.workshops.services import move_phase
from tests.architecture.full_workshop import FullWorkshop
from tests.architecture.routes import routes
from tests.architecture.test_queries import address
from tests.factories import MemoFileFactory, MemoVersionFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


# What is held on oneself: there for whoever was removed or waits, and not for whoever was erased.
OWN = {
    f"{door}{how}"
    for door in ("participants:oneself", "participants:held")
    for how in ("", " by htmx")
}
KEEP_THEIR_OWN = {"removed", "put back into the lobby"}


class Doors:
    """All the ways by which one person comes in, and what they find there."""

    def __init__(self, full: FullWorkshop, person: Participant) -> None:
        self.slug = full.workshop.slug
        self.pages = {
            name: reverse(name, args=args)
            for name, args in {
                "workshops:overview": [self.slug],
                "themes:outline": [self.slug],
                "themes:detail": [self.slug, full.theme.pk],
                "agendas:agenda": [self.slug],
                "memos:memo": [self.slug],
                "memos:file": [self.slug, full.keys["ready-file"]],
                "participants:oneself": [self.slug],
                "participants:held": [self.slug],
                "api:workshop-detail": [self.slug],
                "api:theme-list": [self.slug],
                "api:participant-me": [self.slug],
                "api:memo-file-download": [self.slug, full.keys["ready-file"]],
            }.items()
        }
        self.browser = Client()
        if person.user is None:
            session = self.browser.session
            session["joined"] = {str(person.workshop_id): str(person.pk)}
            session.save()
        else:
            self.browser.force_login(
                person.user, backend="allauth.account.auth_backends.AuthenticationBackend"
            )
            self.token = replace_api_token(user=person.user)

    def answers(self) -> dict[str, int]:
        """Return how each door answers now: to a browser, to htmx, and to a program."""
        found = {}
        for name, url in self.pages.items():
            found[name] = self.browser.get(url).status_code
            found[f"{name} by htmx"] = self.browser.get(url, headers={"HX-Request": "true"})
            found[f"{name} by htmx"] = found[f"{name} by htmx"].status_code
            if name.startswith("api:") and hasattr(self, "token"):
                found[f"{name} by token"] = self.by_token(url).status_code
        return found

    def by_token(self, url: str, **data: Any) -> Any:
        """Ask as a program."""
        headers = {"Authorization": f"Token {self.token}"}
        return Client().get(url, data, headers=headers)


@pytest.fixture
def full(db):
    """A published workshop with a memo to fetch."""
    found = FullWorkshop()
    Workshop.objects.filter(pk=found.workshop.pk).update(phase=Phase.PUBLISHED)
    found.workshop.refresh_from_db()
    content = {**MemoVersionFactory.build(memo=None).content, "draft": False}
    version = MemoVersionFactory(memo=found.memo, number=999, content=content)
    file = MemoFileFactory(
        version=version, state=JobState.READY, content=b"%PDF-1.7", size=8, pages=1
    )
    found.keys["ready-file"] = file.pk
    return found


@pytest.fixture(params=["with an account", "joined without one"])
def person(request, full):
    user = {} if request.param == "with an account" else {"user": None}
    return ParticipantFactory(workshop=full.workshop, **user)


def take_out(how: str, person: Participant, owner: Participant) -> None:
    """Take somebody out of the workshop, in one of the ways in which it happens."""
    row = Participant.objects.filter(pk=person.pk)
    match how:
        case "removed":
            row.update(removed_at=timezone.now())
        case "put back into the lobby":
            row.update(admitted_at=None)
        case "erased":
            forget_person(actor=person, participant=person)
        case "erased by the owner":
            forget_person(actor=owner, participant=person)
        case "purged":
            purge_now(actor=owner, title=owner.workshop.title)


WAYS = ["removed", "put back into the lobby", "erased", "erased by the owner", "purged"]


@pytest.mark.parametrize("how", WAYS)
def test_whoever_is_taken_out_finds_no_door_open(full, person, how):
    doors = Doors(full, person)
    assert {name: code for name, code in doors.answers().items() if code != 200} == {}
    # Of those without an account nothing is known any more once they were erased.
    closed = {404} if person.user or how in KEEP_THEIR_OWN else {302, 401}
    take_out(how, person, full.people[Role.OWNER])
    open_still = {name for name, code in doors.answers().items() if code not in closed}
    assert open_still == (OWN if how in KEEP_THEIR_OWN else set())
    # Somebody else's doors stay as they are.
    team = Doors(full, full.people[Role.RAPPORTEUR])
    assert team.browser.get(team.pages["memos:file"]).status_code == 200


@pytest.mark.parametrize("how", ["not at all", *WAYS, "another role", "closed"])
def test_a_personal_link_ends_with_what_it_was_made_for(full, how):
    owner = full.people[Role.OWNER]
    Workshop.objects.update(phase=Phase.REVIEW)
    owner.workshop.refresh_from_db()
    person = ParticipantFactory(workshop=owner.workshop, user=None)
    path = invite(actor=owner, participant=person)
    if how == "another role":
        Participant.objects.filter(pk=person.pk).update(role=Role.OBSERVER)
    elif how == "closed":
        for phase in (Phase.PUBLISHED, Phase.ARCHIVED):
            move_phase(actor=owner, workshop=owner.workshop, phase=phase)
    elif how != "not at all":
        take_out(how, person, owner)
    browser = Client()
    browser.get(path, follow=True)
    accepted = {"rule": owner.workshop.attribution_rule, "group": "neither"}
    browser.post(reverse("participants:use_link"), accepted)
    found = browser.get(reverse("workshops:overview", args=[full.workshop.slug]))
    assert (found.status_code == 200) is (how == "not at all")


def test_whoever_waits_is_nobody_until_let_in_and_then_at_once(full):
    Workshop.objects.update(phase=Phase.LIVE)
    person = ParticipantFactory(workshop=full.workshop, user=None, admitted_at=None)
    doors = Doors(full, person)
    assert {name for name, code in doors.answers().items() if code != 404} == OWN
    owner = full.people[Role.OWNER]
    owner.workshop.refresh_from_db()
    admit(actor=owner, participant=person)
    assert doors.browser.get(doors.pages["themes:outline"]).status_code == 200


def test_who_loses_a_role_loses_what_it_may(full):
    person = ParticipantFactory(workshop=full.workshop, role=Role.RAPPORTEUR)
    doors = Doors(full, person)
    capture = reverse("themes:capture", args=[full.workshop.slug])
    notes = reverse("api:note-list", args=[full.workshop.slug])
    assert doors.browser.get(capture).status_code == 200
    assert doors.by_token(notes).json()["count"] > 0
    Participant.objects.filter(pk=person.pk).update(role=Role.PARTICIPANT)
    assert doors.browser.get(capture).status_code in {403, 404}
    assert doors.by_token(notes).json()["count"] == 0


def test_a_deactivated_account_acts_nowhere(full):
    person = ParticipantFactory(workshop=full.workshop, role=Role.OWNER)
    doors = Doors(full, person)
    person.user.is_active = False
    person.user.save()
    for name, code in doors.answers().items():
        assert code == (401 if name.startswith("api:") else 302), name


@pytest.mark.parametrize("how", ["revoked", "replaced"])
def test_a_revoked_token_opens_nothing_and_the_browser_goes_on(full, how):
    person = ParticipantFactory(workshop=full.workshop)
    doors = Doors(full, person)
    if how == "revoked":
        revoke_api_token(user=person.user)
    else:
        replace_api_token(user=person.user)
    for name, code in doors.answers().items():
        assert code == (401 if name.endswith("by token") else 200), name


def test_an_ended_session_opens_nothing(full, browser_of):
    person = ParticipantFactory(workshop=full.workshop)
    doors, elsewhere = Doors(full, person), browser_of(person)
    assert doors.browser.get(doors.pages["themes:outline"]).status_code == 200
    end_other_sessions(user=person.user, but=elsewhere.session.session_key)
    assert elsewhere.get(doors.pages["themes:outline"]).status_code == 200
    assert doors.browser.get(doors.pages["themes:outline"]).status_code == 302
    assert doors.browser.get(doors.pages["api:theme-list"]).status_code == 401


def test_an_earlier_code_lets_nobody_in(full, client):
    earlier = JoinCode.objects.get(workshop=full.workshop).code
    assert client.get(f"/join/{earlier}/").status_code == 200
    joined = Doors(full, ParticipantFactory(workshop=full.workshop, user=None))
    code = renew_join_code(actor=full.people[Role.OWNER])
    assert client.get(f"/join/{earlier}/").status_code == 404
    assert client.get(f"/join/{code.code}/").status_code == 200
    # Who has joined stays in: the code isn't what they come by.
    assert set(joined.answers().values()) == {200}


def test_closing_lets_nobody_in_and_nothing_be_written_but_what_is_published_be_read(
    full, person, client, browser_of
):
    owner = full.people[Role.OWNER]
    code = JoinCode.objects.get(workshop=full.workshop).code
    doors = Doors(full, person)
    move_phase(actor=owner, workshop=full.workshop, phase=Phase.ARCHIVED)
    assert client.get(f"/join/{code}/").status_code == 410
    assert set(doors.answers().values()) == {200}
    slug = full.workshop.slug
    writes = {
        reverse("themes:comment", args=[slug, full.theme.pk]): {"text": "Late"},
        reverse("api:comment-list", args=[slug]): {"theme": str(full.theme.pk), "text": "Late"},
    }
    for url, body in writes.items():
        assert doors.browser.post(url, body).status_code == 403
    team = browser_of(full.people[Role.RAPPORTEUR])
    late = {"text": "Late", "session": str(full.session.pk)}
    answer = team.post(reverse("api:note-list", args=[slug]), late, content_type="application/json")
    assert answer.status_code == 403
    assert team.post(reverse("memos:make", args=[slug])).status_code == 403


def test_nobody_between_keeps_a_copy(full, browser_of):
    """Neither browsers nor proxies keep pages, answers of the API, files, or refusals."""
    for role in (Role.OWNER, Role.PARTICIPANT):
        client = browser_of(full.people[role])
        asked = 0
        for route in routes():
            url = address(route, full) if "slug" in route.arguments else None
            if url is None:
                continue
            for headers in ({}, {"HX-Request": "true"}):
                answer = client.get(url, headers=headers)
                # A method that isn't there tells nobody anything.
                if answer.status_code != 405:
                    assert "no-store" in answer.get("Cache-Control", ""), (url, answer.status_code)
                    asked += 1
        assert asked > 40


def test_a_file_comes_whole_or_not_at_all(full, browser_of):
    client = browser_of(full.people[Role.PARTICIPANT])
    for name in ("memos:file", "api:memo-file-download"):
        url = reverse(name, args=[full.workshop.slug, full.keys["ready-file"]])
        part = client.get(url, headers={"Range": "bytes=4-"})
        assert (part.status_code, part.streaming, part.content) == (200, False, b"%PDF-1.7")


# Where something is remembered between requests, and it isn't who may do what.
REMEMBERS = {
    "accounts/second_factor.py",  # codes that were used
    "core/limits.py",  # how often something was done
    "core/staticfiles.py",  # what the static files hash to
    "core/typesetting/characters.py",  # what fonts can print
    "themes/services/holding.py",  # which models point at a theme
}
KEEPERS = {"cache_page", "lru_cache", "cache", "caches", "cached"}


def keepers_in(source: str) -> set[str]:
    """Return what `source` imports to remember something between requests."""
    return {
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in KEEPERS
    }


def test_no_code_of_ours_remembers_anything_between_requests():
    apps = settings.BASE_DIR / "apps"
    found = {
        str(path.relative_to(apps)) for path in apps.rglob("*.py") if keepers_in(path.read_text())
    }
    assert found <= REMEMBERS


@pytest.mark.parametrize(
    "bad",
    [
        "from functools import lru_cache",
        "from functools import cache",
        "from django.core.cache import cache",
        "from django.views.decorators.cache import cache_page",
    ],
)
def test_the_check_finds_what_remembers(bad):
    assert keepers_in(bad)
    assert not keepers_in("from django.views.decorators.cache import never_cache")
