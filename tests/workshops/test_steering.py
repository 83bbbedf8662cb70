"""The room moves from session to session, and sessions are opened to participants."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from apps.core.exceptions import NotPermitted
from apps.participants.models import Participant
from apps.workshops.models import Phase, Role, Session
from apps.workshops.selectors import room_of
from apps.workshops.services import go_to_session, open_session
from tests.factories import ParticipantFactory, SessionFactory, WorkshopFactory


@pytest.fixture
def facilitator(db: None) -> Participant:
    """A facilitator, while the day goes on."""
    return ParticipantFactory(role=Role.FACILITATOR, workshop=WorkshopFactory(phase=Phase.LIVE))


def test_the_room_is_in_one_session_at_a_time(facilitator: Participant):
    morning, noon = (SessionFactory(workshop=facilitator.workshop) for _ in range(2))
    elsewhere = SessionFactory(is_current=True)
    go_to_session(actor=facilitator, session=morning)
    go_to_session(actor=facilitator, session=noon)
    current = Session.objects.filter(is_current=True)
    assert set(current) == {noon, elsewhere}


def test_moving_the_room_is_in_nobodys_way_who_edits_the_programme(facilitator: Participant):
    session = SessionFactory(workshop=facilitator.workshop)
    before = session.version
    go_to_session(actor=facilitator, session=session)
    open_session(actor=facilitator, session=session, has_feed=True)
    session.refresh_from_db()
    assert (session.version, session.has_feed, session.takes_thoughts) == (before, True, False)


def test_what_comes_next_is_never_one_of_several_parallel_sessions(facilitator: Participant):
    workshop = facilitator.workshop
    opening, tables, closing = (SessionFactory(workshop=workshop, order=n) for n in (0, 1, 4))
    table = SessionFactory(workshop=workshop, parent=tables, order=2)
    assert (room_of(workshop).here, room_of(workshop).after) == (None, opening)
    for at, after in [(opening, tables), (tables, closing), (table, closing), (closing, None)]:
        go_to_session(actor=facilitator, session=at)
        assert (room_of(workshop).here, room_of(workshop).after) == (at, after)


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_only_the_team_moves_the_room(facilitator: Participant, role: Role):
    person = ParticipantFactory(role=role, workshop=facilitator.workshop)
    session = SessionFactory(workshop=facilitator.workshop)
    with pytest.raises(NotPermitted):
        go_to_session(actor=person, session=session)
    with pytest.raises(NotPermitted):
        open_session(actor=person, session=session, has_feed=True)
    session.refresh_from_db()
    assert (session.is_current, session.has_feed) == (False, False)


def test_the_overview_shows_everybody_where_the_room_is_and_the_team_how_to_move_it(
    facilitator: Participant, browser_of: Callable[[Participant], Client]
):
    workshop = facilitator.workshop
    here, after = (SessionFactory(workshop=workshop, title=title) for title in ("Now", "Then"))
    go_to_session(actor=facilitator, session=here)
    overview = reverse("workshops:overview", args=[workshop.slug])
    participant = ParticipantFactory(workshop=workshop)
    theirs = browser_of(participant).get(overview).content.decode()
    assert "In “Now”" in theirs
    assert "Next session" not in theirs
    team = browser_of(facilitator)
    assert "Next session: Then" in team.get(overview).content.decode()
    go = reverse("workshops:go_to_session", args=[workshop.slug, after.pk])
    answer = team.post(go, {"back": f"{overview}?a=b"})
    assert answer.headers["Location"] == f"{overview}?a=b"
    part = browser_of(participant).get(reverse("workshops:room", args=[workshop.slug]))
    assert "In “Then”" in part.content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_nobody_is_led_to_another_site(
    facilitator: Participant, browser_of: Callable[[Participant], Client], back: str
):
    session = SessionFactory(workshop=facilitator.workshop)
    go = reverse("workshops:go_to_session", args=[facilitator.workshop.slug, session.pk])
    answer = browser_of(facilitator).post(go, {"back": back})
    assert answer.headers["Location"] == reverse(
        "workshops:overview", args=[facilitator.workshop.slug]
    )


def test_a_session_of_another_workshop_isnt_there(
    facilitator: Participant, browser_of: Callable[[Participant], Client]
):
    elsewhere = SessionFactory()
    for name in ("workshops:go_to_session", "workshops:open_session"):
        address = reverse(name, args=[facilitator.workshop.slug, elsewhere.pk])
        assert browser_of(facilitator).post(address, {"has_feed": "on"}).status_code == 404
    elsewhere.refresh_from_db()
    assert (elsewhere.is_current, elsewhere.has_feed) == (False, False)
