"""Reading along: what is noted, without who spoke, and no more than the rule lets be shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.notes import speakers
from apps.notes.selectors import feed_of, sessions_with_feed
from apps.notes.services import correct_note, redact_note
from apps.workshops.models import AttributionRule, Phase, Role
from tests.factories import GroupFactory, NoteFactory, ParticipantFactory, SessionFactory

pytestmark = pytest.mark.django_db
READERS = [Role.PARTICIPANT, Role.RAPPORTEUR]


@pytest.fixture
def session(rapporteur):
    workshop = rapporteur.workshop
    workshop.purge_on = timezone.localdate() + timedelta(days=30)
    workshop.save()
    return SessionFactory(workshop=workshop, has_feed=True, is_current=True, title="Morning")


def reader(session, role=Role.PARTICIPANT):
    return ParticipantFactory(workshop=session.workshop, role=role)


def read(browser, session, wanted=None):
    url = reverse("notes:feed", args=[session.workshop.slug])
    return browser.get(url, {"session": (wanted or session).pk}).content.decode()


def under(rule, session):
    session.workshop.attribution_rule = rule
    session.workshop.save()


@pytest.mark.parametrize("role", READERS)
def test_what_is_noted_stands_in_it_the_newest_last(session, browser_of, role):
    for text in ("First said", "Then said"):
        NoteFactory(session=session, text=text)
    page = read(browser_of(reader(session, role)), session)
    assert page.index("First said") < page.index("Then said")


def test_where_the_switch_is_off_nobody_reads(session, browser_of):
    other = SessionFactory(workshop=session.workshop, title="Closed")
    NoteFactory(session=other, text="Said behind the door")
    browser = browser_of(reader(session))
    assert "behind the door" not in read(browser, session, other)
    session.has_feed = False
    session.save()
    assert "Nothing to read along" in read(browser, session)
    assert (
        "Read along"
        not in browser.get(
            reverse("workshops:overview", args=[session.workshop.slug])
        ).content.decode()
    )


def test_observers_read_what_is_published_alone(session, browser_of):
    NoteFactory(session=session, text="Said in the morning")
    observer = reader(session, Role.OBSERVER)
    browser = browser_of(observer)
    assert "Said in the morning" not in read(browser, session)
    assert sessions_with_feed(observer) == []
    overview = browser.get(reverse("workshops:overview", args=[session.workshop.slug]))
    assert "Read along" not in overview.content.decode()


def test_once_it_is_published_nobody_reads(session, browser_of):
    NoteFactory(session=session, text="Said in the morning")
    session.workshop.phase = Phase.PUBLISHED
    session.workshop.save()
    assert "Said in the morning" not in read(browser_of(reader(session)), session)


def test_the_session_that_the_room_is_in_comes_first(session):
    other = SessionFactory(workshop=session.workshop, has_feed=True, order=0)
    assert sessions_with_feed(reader(session)) == [session, other]
    assert sessions_with_feed(ParticipantFactory()) == []


def test_nobody_is_named_not_even_on_the_record(session, browser_of):
    under(AttributionRule.ON_RECORD, session)
    owner = reader(session, Role.OWNER)
    speaker = ParticipantFactory(
        workshop=session.workshop, display_name="Name-Canary", attribution="yes"
    )
    note = NoteFactory(session=session, text="Said openly")
    speakers.keep(actor=owner, note=note, speaker=speaker)
    for role in READERS:
        page = read(browser_of(reader(session, role)), session)
        assert "Said openly" in page
        assert "Canary" not in page


@pytest.mark.parametrize(
    ("rule", "small", "large"),
    [
        (AttributionRule.ON_RECORD, "a judge", "a scholar"),
        (AttributionRule.CHATHAM_HOUSE, "a participant", "a scholar"),
    ],
)
def test_groups_are_named_as_the_rule_lets_them_be(session, rule, small, large):
    under(rule, session)
    judges = GroupFactory(workshop=session.workshop, singular="judge")
    scholars = GroupFactory(workshop=session.workshop, singular="scholar")
    about = {"workshop": session.workshop, "group": scholars, "consented_at": timezone.now()}
    ParticipantFactory.create_batch(5, **about)
    for group in (judges, scholars):
        NoteFactory(session=session, group=group)
    for role in READERS:
        assert [n.said_by for n in feed_of(reader(session, role), session)] == [small, large]


@pytest.mark.parametrize(
    ("rule", "own", "shown"),
    [
        (AttributionRule.ON_RECORD, "", True),
        (AttributionRule.ON_RECORD, AttributionRule.ANONYMOUS, False),
        (AttributionRule.CHATHAM_HOUSE, "", False),
    ],
)
def test_minutes_are_told_on_the_record_alone(session, rule, own, shown):
    under(rule, session)
    session.attribution_rule = own
    session.save()
    session.refresh_from_db()
    NoteFactory(session=session)
    [note] = feed_of(reader(session), session)
    assert (note.at is not None) == shown


def test_corrections_and_redactions_follow(session, rapporteur, browser_of):
    stays, goes = NoteFactory(session=session), NoteFactory(session=session, text="Canary")
    correct_note(actor=rapporteur, note=stays, text="Said otherwise")
    redact_note(actor=rapporteur, note=goes, reason="It named Canary")
    page = read(browser_of(reader(session)), session)
    assert "Said otherwise" in page
    assert "Canary" not in page
    assert str(goes.pk) not in page
