"""What led nowhere: all of it is listed, with where it is mended, to the team alone."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.annotations.models import Kind
from apps.themes.services import file_notes
from apps.workshops.coverage import gaps
from apps.workshops.models import AttributionRule, Phase, Role
from tests.factories import (
    AnnotationFactory,
    EvidenceFactory,
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    PositionFactory,
    SessionFactory,
    ThemeFactory,
)


@pytest.fixture
def session(rapporteur):
    return SessionFactory(workshop=rapporteur.workshop)


@pytest.fixture
def address(rapporteur):
    return f"/w/{rapporteur.workshop.slug}/coverage/"


def left(actor, key):
    [gap] = [gap for gap in gaps(actor) if gap.key == key]
    found = gap.found()
    assert gap.count == len(found)
    return [missing.text for missing in found]


def test_a_note_is_listed_until_it_is_filed(rapporteur, session):
    note = NoteFactory(session=session, text="said once, by one")
    NoteFactory()
    assert left(rapporteur, "unfiled") == ["said once, by one"]
    theme = ThemeFactory(workshop=rapporteur.workshop)
    file_notes(actor=rapporteur, theme=theme, notes=[note])
    assert left(rapporteur, "unfiled") == []


def test_a_theme_is_listed_until_it_or_one_under_it_holds_something(rapporteur):
    heading = ThemeFactory(workshop=rapporteur.workshop, title="Heading")
    part = ThemeFactory(workshop=rapporteur.workshop, title="Part", parent=heading)
    ThemeFactory(workshop=rapporteur.workshop, title="Alone")
    ThemeFactory()
    assert left(rapporteur, "empty") == ["Heading", "Part", "Alone"]
    AnnotationFactory(theme=part)
    assert left(rapporteur, "empty") == ["Alone"]


def test_a_finding_is_listed_until_it_rests_on_a_note(rapporteur, session):
    finding = AnnotationFactory(theme__workshop=rapporteur.workshop, claim="On nothing")
    AnnotationFactory()
    assert left(rapporteur, "loose") == ["On nothing"]
    EvidenceFactory(annotation=finding, note=NoteFactory(session=session))
    assert left(rapporteur, "loose") == []


def test_a_difference_is_listed_until_it_has_two_sides(rapporteur):
    finding = AnnotationFactory(
        theme__workshop=rapporteur.workshop, kind=Kind.DIVERGENCE, claim="Whether"
    )
    PositionFactory(annotation=finding)
    assert left(rapporteur, "one-sided") == ["Whether"]
    PositionFactory(annotation=finding)
    assert left(rapporteur, "one-sided") == []


def test_a_group_is_listed_until_a_note_is_marked_as_theirs(rapporteur, session):
    group = GroupFactory(workshop=rapporteur.workshop, plural="bakers")
    GroupFactory(workshop=rapporteur.workshop, axis="region", plural="northerners")
    GroupFactory()
    assert left(rapporteur, "unheard") == ["No note is marked as said by bakers"]
    NoteFactory(session=session, group=group)
    assert left(rapporteur, "unheard") == []


def test_nothing_is_said_of_groups_where_no_note_keeps_one(rapporteur):
    rapporteur.workshop.attribution_rule = AttributionRule.ANONYMOUS
    GroupFactory(workshop=rapporteur.workshop)
    assert "unheard" not in {gap.key for gap in gaps(rapporteur)}


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_only_the_team_is_told(rapporteur, session, browser_of, address, role):
    NoteFactory(session=session)
    GroupFactory(workshop=rapporteur.workshop, plural="bakers")
    browser = browser_of(ParticipantFactory(workshop=rapporteur.workshop, role=role))
    assert browser.get(address).status_code == 403
    overview = browser.get(f"/w/{rapporteur.workshop.slug}/").content.decode()
    assert "Coverage" not in overview
    assert "bakers" not in overview


def left_of_everything(rapporteur, session, count=1):
    NoteFactory.create_batch(count, session=session)
    ThemeFactory.create_batch(count, workshop=rapporteur.workshop)
    for theme in ThemeFactory.create_batch(count, workshop=rapporteur.workshop):
        AnnotationFactory(theme=theme, kind=Kind.DIVERGENCE)
    GroupFactory.create_batch(count, workshop=rapporteur.workshop)


def ways(page):
    """Return where the lines of the page lead."""
    return re.findall(r'<a class="link" href="([^"]+)"', page)


def test_each_line_leads_to_where_it_is_mended(rapporteur, session, browser_of, address):
    left_of_everything(rapporteur, session)
    browser = browser_of(rapporteur)
    leading = ways(browser.get(address).content.decode())
    assert len(leading) == 5
    for way in leading:
        there = browser.get(way)
        assert there.status_code == 200
        place = urlsplit(way).fragment
        assert not place or f'id="{place}"' in there.content.decode(), way


def test_once_it_is_published_a_line_leads_to_what_can_still_be_read(
    rapporteur, session, browser_of, address
):
    left_of_everything(rapporteur, session)
    rapporteur.workshop.phase = Phase.PUBLISHED
    rapporteur.workshop.save()
    browser = browser_of(rapporteur)
    assert {
        browser.get(way).status_code for way in ways(browser.get(address).content.decode())
    } == {200}


def test_however_many_there_are_all_are_shown_and_counted(rapporteur, session, browser_of, address):
    notes = NoteFactory.create_batch(35, session=session)
    page = browser_of(rapporteur).get(address).content.decode()
    assert all(note.text in page for note in notes)
    overview = browser_of(rapporteur).get(f"/w/{rapporteur.workshop.slug}/").content.decode()
    assert "35 notes filed nowhere" in overview
    assert f'href="{address}#unfiled"' in overview


def test_a_workshop_that_left_nothing_lying_is_told_so(rapporteur, browser_of, address):
    assert "Nothing is left lying" in browser_of(rapporteur).get(address).content.decode()
    overview = browser_of(rapporteur).get(f"/w/{rapporteur.workshop.slug}/").content.decode()
    assert "Coverage" not in overview


def test_as_many_queries_for_thirty_as_for_one(rapporteur, session, browser_of, address):
    browser = browser_of(rapporteur)
    counts = []
    for more in (1, 29):
        left_of_everything(rapporteur, session, more)
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
