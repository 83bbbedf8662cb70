"""What themes show on pages of others."""

import pytest

from apps.core.contributions import contributed
from apps.core.navigation import navigation
from apps.notes.selectors import notes_visible_to, shown_notes
from apps.workshops.models import Phase, Role
from tests.factories import (
    CommentFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(rapporteur):
    return SessionFactory(workshop=rapporteur.workshop)


@pytest.fixture
def participant(rapporteur):
    return ParticipantFactory(workshop=rapporteur.workshop)


def counts_beside(actor):
    return {entry.section: entry.count for entry in navigation(actor)}


def steps(actor):
    return [(step.text, step.done) for step in contributed("workshops:next", actor=actor)]


def test_the_navigation_counts_what_one_may_see(rapporteur, participant, session):
    NoteFactory(session=session)
    ThemeFactory(workshop=rapporteur.workshop)
    ThemeFactory(workshop=rapporteur.workshop, published=True)
    ThemeFactory(published=True)
    NoteFactory()
    team, others = counts_beside(rapporteur), counts_beside(participant)
    assert (team["capture"], team["themes"]) == (1, 2)
    assert "capture" not in others
    assert others["themes"] == 1


def test_the_next_steps_lead_from_notes_to_themes_to_answers(rapporteur, session):
    assert ("No note yet", False) in steps(rapporteur)
    notes = [NoteFactory(session=session) for _ in range(2)]
    assert ("2 notes are recorded", True) in steps(rapporteur)
    assert ("2 notes have no theme", False) in steps(rapporteur)
    theme = ThemeFactory(workshop=rapporteur.workshop, notes=notes)
    assert ("Every note has a theme", True) in steps(rapporteur)
    said = CommentFactory(theme=theme)
    CommentFactory(theme=theme, reply_to=said)
    CommentFactory()
    assert ("1 comment waits for an answer", False) in steps(rapporteur)


def test_nobody_is_asked_for_what_they_may_not_do(rapporteur, participant, session):
    NoteFactory(session=session)
    CommentFactory(theme=ThemeFactory(workshop=rapporteur.workshop, published=True))
    words = " ".join(text for text, _ in steps(participant))
    assert "note" not in words
    assert "comment" not in words
    rapporteur.workshop.phase = Phase.PUBLISHED
    assert "no theme" not in " ".join(text for text, _ in steps(rapporteur))


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_others_find_what_is_published_on_the_overview(rapporteur, role, browser_of):
    workshop = rapporteur.workshop
    ThemeFactory(workshop=workshop, title="Still secret")
    ThemeFactory(workshop=workshop, title="To be read", published=True)
    reader = ParticipantFactory(workshop=workshop, role=role)
    page = browser_of(reader).get(f"/w/{workshop.slug}/").content.decode()
    assert "To be read" in page
    assert "Still secret" not in page


def test_a_note_names_the_themes_it_stands_under_but_not_the_one_it_is_shown_on(
    rapporteur, session
):
    note = NoteFactory(session=session)
    for title in ("First", "Second"):
        ThemeFactory(workshop=rapporteur.workshop, title=title, notes=[note])
    [shown] = shown_notes(rapporteur, notes_visible_to(rapporteur))
    assert [tag.label for tag in shown.tags] == ["First", "Second"]
    [shown] = shown_notes(rapporteur, notes_visible_to(rapporteur), here=shown.tags[0].url)
    assert [tag.label for tag in shown.tags] == ["Second"]
