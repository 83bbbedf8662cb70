"""Setting up the sessions."""

from datetime import UTC, datetime

import pytest

from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.workshops.models import Role, Session
from apps.workshops.services import (
    PlannedSession,
    add_session,
    add_sessions,
    change_session,
    move_session,
    remove_session,
)
from tests.factories import NoteFactory, ParticipantFactory, SessionFactory

pytestmark = pytest.mark.django_db


def at(hour: int) -> datetime:
    return datetime(2026, 5, 13, hour, tzinfo=UTC)


def titles(owner) -> list[str]:
    return [session.title for session in Session.objects.filter(workshop=owner.workshop)]


def test_sessions_stand_in_the_order_of_the_clock(owner):
    add_session(actor=owner, title="Opening")
    add_session(actor=owner, title="After lunch", starts_at=at(14), ends_at=at(15))
    late = add_session(actor=owner, title="Morning", starts_at=at(10))
    add_session(actor=owner, title="Between talks")
    assert titles(owner) == ["Opening", "Morning", "After lunch", "Between talks"]
    change_session(actor=owner, session=late, version=1, starts_at=at(16))
    assert titles(owner) == ["Opening", "After lunch", "Between talks", "Morning"]


def test_parallel_ones_stand_behind_what_they_are_part_of(owner):
    breakouts = add_session(actor=owner, title="Breakouts", starts_at=at(14))
    add_session(actor=owner, title="Closing", starts_at=at(16))
    table = add_session(actor=owner, title="Table 1", parent=breakouts)
    add_session(actor=owner, title="Table 2", parent=breakouts)
    assert titles(owner) == ["Breakouts", "Table 1", "Table 2", "Closing"]
    change_session(actor=owner, session=breakouts, starts_at=at(17))
    assert titles(owner) == ["Closing", "Breakouts", "Table 1", "Table 2"]
    move_session(actor=owner, session=table, by=1)
    assert titles(owner) == ["Closing", "Breakouts", "Table 2", "Table 1"]


def test_parallel_ones_have_none_of_their_own(owner):
    whole = SessionFactory(workshop=owner.workshop)
    part = SessionFactory(workshop=owner.workshop, parent=whole)
    attempts = [
        lambda: add_session(actor=owner, title="?", parent=part),
        lambda: change_session(actor=owner, session=whole, parent=whole),
        lambda: change_session(
            actor=owner, session=whole, parent=SessionFactory(workshop=owner.workshop)
        ),
    ]
    for attempt in attempts:
        with pytest.raises(RuleViolation) as refusal:
            attempt()
        assert refusal.value.fields.keys() == {"parent"}


@pytest.mark.parametrize(
    ("times", "by", "after"),
    [
        # who has no time goes anywhere; whoever has one goes past those without
        ([None, None, None], 1, "bac"),
        ([None, 10, 11], 1, "bac"),
        ([10, None, 11], 1, "bac"),
        ([10, 10, 11], 1, "bac"),
        ([10, None, 11], -1, "abc"),
        # the clock decides between two that have different times
        ([10, 11, None], 1, None),
    ],
)
def test_a_session_moves_where_the_clock_lets_it(owner, times, by, after):
    a, *_ = [
        SessionFactory(
            workshop=owner.workshop, title=title, order=order, starts_at=hour and at(hour)
        )
        for order, (title, hour) in enumerate(zip("abc", times, strict=True))
    ]
    if after is None:
        with pytest.raises(RuleViolation, match="order of the clock"):
            move_session(actor=owner, session=a, by=by)
        return
    moved = move_session(actor=owner, session=a, by=by)
    assert moved == (after != "abc")
    assert "".join(titles(owner)) == after
    assert AuditEntry.objects.filter(verb="session.moved").count() == moved


def test_a_session_with_notes_is_not_removed(owner, browser_of, setup):
    session, other = SessionFactory.create_batch(2, workshop=owner.workshop)
    NoteFactory.create_batch(2, session=session)
    with pytest.raises(RuleViolation, match="2 notes were taken in it"):
        remove_session(actor=owner, session=session)
    page = browser_of(owner).get(f"{setup}sessions/{session.pk}/").content.decode()
    assert "2 notes were taken in it" in page
    assert "button-danger" not in page
    answer = browser_of(owner).post(f"{setup}sessions/{session.pk}/remove/")
    assert (answer.status_code, Session.objects.count()) == (422, 2)
    assert "button-danger" in browser_of(owner).get(f"{setup}sessions/{other.pk}/").content.decode()


def test_the_last_session_is_not_removed(owner):
    with pytest.raises(RuleViolation, match="only session"):
        remove_session(actor=owner, session=SessionFactory(workshop=owner.workshop))


def test_a_session_is_removed_and_its_parts_stand_for_themselves(owner, browser_of, setup):
    whole = SessionFactory(workshop=owner.workshop, title="Breakouts", order=1)
    part = SessionFactory(workshop=owner.workshop, title="Table 1", parent=whole, order=2)
    change_session(actor=owner, session=whole, room="12")
    with pytest.raises(Conflict):
        remove_session(actor=owner, session=whole, version=1)
    answer = browser_of(owner).post(f"{setup}sessions/{whole.pk}/remove/", {"version": "2"})
    assert answer.headers["Location"] == f"{setup}sessions/"
    part.refresh_from_db()
    assert (titles(owner), part.parent) == (["Table 1"], None)
    entry = AuditEntry.objects.get(verb="session.removed")
    assert entry.before["title"] == "Breakouts"


# -- several at once -------------------------------------------------------------------------


def plan() -> list[PlannedSession]:
    return [
        PlannedSession("Table 1", kind="breakout", under=1),
        PlannedSession("Breakouts", kind="breakout", starts_at=at(14)),
        PlannedSession("Opening", starts_at=at(9), room="Aula"),
    ]


def test_a_plan_is_added_in_one_go(owner):
    added = add_sessions(actor=owner, planned=plan())
    assert titles(owner) == ["Opening", "Breakouts", "Table 1"]
    assert {session.title: session.parent and session.parent.title for session in added} == {
        "Opening": None,
        "Breakouts": None,
        "Table 1": "Breakouts",
    }
    assert AuditEntry.objects.filter(verb="session.added").count() == 3


def test_the_same_plan_twice_is_there_once(owner):
    add_sessions(actor=owner, planned=plan())
    assert add_sessions(actor=owner, planned=plan()) == []
    more = [*plan(), PlannedSession("Table 2", under=1)]
    assert [each.title for each in add_sessions(actor=owner, planned=more)] == ["Table 2"]
    assert titles(owner) == ["Opening", "Breakouts", "Table 1", "Table 2"]


def test_a_plan_is_added_whole_or_not_at_all(owner):
    with pytest.raises(RuleViolation):
        add_sessions(
            actor=owner,
            planned=[*plan(), PlannedSession("Odd", starts_at=at(10), ends_at=at(9))],
        )
    assert not Session.objects.exists()
    assert not AuditEntry.objects.exists()


def test_what_the_workshop_began_with_goes_if_it_can(owner):
    first = SessionFactory(workshop=owner.workshop, title="Plenary")
    add_sessions(actor=owner, planned=plan()[1:2], instead_of=first)
    assert titles(owner) == ["Breakouts"]
    kept = NoteFactory(session__workshop=owner.workshop).session
    add_sessions(actor=owner, planned=plan()[2:], instead_of=kept)
    assert kept.title in titles(owner)


def test_others_set_up_no_sessions(owner):
    session = SessionFactory(workshop=owner.workshop)
    other = ParticipantFactory(workshop=owner.workshop, role=Role.FACILITATOR)
    attempts = [
        lambda: add_sessions(actor=other, planned=plan()),
        lambda: move_session(actor=other, session=session, by=1),
        lambda: remove_session(actor=other, session=session),
        lambda: remove_session(actor=owner, session=SessionFactory()),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
    assert not AuditEntry.objects.exists()


# -- pages -----------------------------------------------------------------------------------


def test_a_session_cannot_end_before_it_starts(owner, browser_of, setup):
    with pytest.raises(RuleViolation):
        add_session(actor=owner, title="Odd", starts_at=at(10), ends_at=at(9))
    answer = browser_of(owner).post(
        f"{setup}sessions/new/",
        {
            "title": "Odd",
            "kind": "talk",
            "starts_at": "2026-05-13T10:00",
            "ends_at": "2026-05-13T09:00",
        },
    )
    assert answer.status_code == 422
    assert 'value="Odd"' in answer.content.decode()
    assert not Session.objects.exists()


def test_hours_are_those_of_the_workshops_place(owner, browser_of, setup):
    owner.workshop.time_zone = "America/New_York"
    owner.workshop.save()
    form = {"title": "Opening", "kind": "plenary", "starts_at": "2026-05-13T09:00"}
    browser = browser_of(owner)
    assert browser.post(f"{setup}sessions/new/", form).headers["Location"] == f"{setup}sessions/"
    session = Session.objects.get()
    assert (session.starts_at, session.reported) == (at(13), False)
    assert "09:00" in browser.get(f"{setup}sessions/").content.decode()
    page = browser.get(f"{setup}sessions/{session.pk}/").content.decode()
    assert 'value="2026-05-13T09:00"' in page


def test_a_session_of_another_workshop_is_not_there(owner, browser_of, setup):
    foreign = SessionFactory(title="A foreign one")
    browser = browser_of(owner)
    for path in ("", "move/", "remove/"):
        answer = browser.post(f"{setup}sessions/{foreign.pk}/{path}", {"title": "Mine"})
        assert answer.status_code == 404
    answer = browser.post(
        f"{setup}sessions/new/", {"title": "Mine", "kind": "talk", "parent": foreign.pk}
    )
    assert answer.status_code == 422
    assert "foreign" not in browser.get(f"{setup}sessions/new/").content.decode()
    with pytest.raises(NotPermitted):
        change_session(actor=owner, session=foreign, title="Mine")


def test_the_page_shows_and_arranges_the_day(owner, browser_of, setup):
    first = SessionFactory(workshop=owner.workshop, title="First", order=0, starts_at=at(9))
    SessionFactory(workshop=owner.workshop, title="Second", order=1, starts_at=at(10), room="12")
    SessionFactory(title="Elsewhere")
    browser = browser_of(owner)
    page = browser.get(f"{setup}sessions/").content.decode()
    assert "Elsewhere" not in page
    assert page.index("First") < page.index("Second")
    url = f"{setup}sessions/{first.pk}/move/"
    answer = browser.post(url, {"to": "down"}, follow=True)
    page = answer.content.decode()
    assert "order of the clock" in page
    assert url in page
    assert page.count(" disabled>") == 4  # each of both has its time
    SessionFactory(workshop=owner.workshop, title="Third", order=2)
    page = browser.get(f"{setup}sessions/?arrange=1").content.decode()
    assert page.count(" disabled>") == 4  # the second and the third can change places


def test_someone_elses_change_is_shown_beside_ones_own(owner, browser_of, setup):
    session = SessionFactory(workshop=owner.workshop, title="Opening")
    sent = {"title": "Mine", "kind": "plenary", "reported": "on", "version": "1"}
    change_session(actor=owner, session=session, room="12", reported=False)
    answer = browser_of(owner).post(f"{setup}sessions/{session.pk}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert '<th scope="row">Room</th><td>12</td>' in page
    assert "<td>no</td>" in page
    assert 'value="Mine"' in page
