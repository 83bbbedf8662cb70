"""Suggesting themes for notes: by a worker, taken by a click, gone when they no longer hold."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from apps.core import jobs
from apps.core.models import JobState
from apps.notes.services import correct_note, redact_note
from apps.themes.models import Suggestion, SuggestionRun
from apps.themes.selectors import unfiled_notes
from apps.themes.services import file_notes, take_group, take_suggestion
from apps.themes.tasks import suggest
from apps.workshops.models import Role
from apps.workshops.services import edit_basics
from tests.factories import (
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
)


@pytest.fixture
def session(rapporteur):
    return SessionFactory(workshop=rapporteur.workshop)


@pytest.fixture
def theme(rapporteur, session):
    filed = NoteFactory(session=session, text="Influence is a means to change behaviour")
    return ThemeFactory(workshop=rapporteur.workshop, title="Influence", notes=[filed])


@pytest.fixture
def note(session, theme):
    return NoteFactory(session=session, text="Whether influence changes behaviour at all")


@pytest.fixture
def address(rapporteur):
    return f"/w/{rapporteur.workshop.slug}/themes/"


def worked_out(workshop):
    """Let a worker do what waits, and return what is suggested then."""
    run = SuggestionRun.objects.get(workshop=workshop)
    suggest(str(run.pk))
    run.refresh_from_db()
    assert run.state == JobState.READY, run.reason
    return Suggestion.objects.filter(workshop=workshop)


def test_a_change_asks_for_a_run_and_the_sweeper_sends_it(rapporteur, note):
    run = SuggestionRun.objects.get(workshop=rapporteur.workshop)
    assert run.state == JobState.QUEUED
    assert jobs.sweep() == 0, "what was just asked for waits for more"
    SuggestionRun.objects.update(queued_at=Now() - timedelta(minutes=1))
    assert jobs.sweep() == 1


def test_what_waits_is_not_put_off_by_the_next_change(session, note):
    waiting = SuggestionRun.objects.get().queued_at
    NoteFactory(session=session)
    assert SuggestionRun.objects.get().queued_at == waiting


def test_a_change_meanwhile_is_looked_at_once_more(rapporteur, session, note):
    run = jobs.claim(SuggestionRun, SuggestionRun.objects.get().pk)
    NoteFactory(session=session)
    run.refresh_from_db()
    assert (run.state, run.again) == (JobState.RUNNING, True)
    SuggestionRun.objects.update(lease_until=Now() - timedelta(seconds=1), again=False)
    worked_out(rapporteur.workshop)
    NoteFactory(session=session)
    assert SuggestionRun.objects.get().state == JobState.QUEUED


def test_the_nearest_theme_is_suggested_with_words_of_the_note(rapporteur, theme, note):
    ThemeFactory(workshop=rapporteur.workshop, title="Funding")
    other = ThemeFactory(title="Influence")
    found = worked_out(rapporteur.workshop)
    [suggestion] = found.filter(theme__isnull=False)
    assert (suggestion.note, suggestion.theme) == (note, theme)
    assert set(suggestion.words) <= set(note.text.lower().split())
    assert not found.filter(theme=other).exists()
    assert not note.filings.exists(), "suggested, never assigned"


def test_two_notes_that_may_say_the_same_are_pointed_out(rapporteur, session, theme):
    one = NoteFactory(session=session, text="Ports matter to the trade of islands")
    other = NoteFactory(session=session, text="The trade of islands: ports matter")
    twins = worked_out(rapporteur.workshop).filter(twin__isnull=False)
    assert set(twins.values_list("note", "twin")) == {(one.pk, other.pk), (other.pk, one.pk)}


def many_notes(session):
    for place in ("Lima", "Oslo", "Accra", "Quito"):
        NoteFactory(session=session, text=f"The harbour of {place} lacks cranes and pilots")
        NoteFactory(session=session, text=f"A tariff on {place} makes exports and customs costly")
        NoteFactory(session=session, text=f"Each school in {place} trains teachers and pupils")


def undoing(page):
    """Return where the first button that undoes something leads."""
    return re.search(r'action="([^"]+/undo/)"', page)[1]


def test_without_themes_groups_are_proposed_and_one_is_made_a_theme(
    rapporteur, session, browser_of, address
):
    many_notes(session)
    labels = set(worked_out(rapporteur.workshop).exclude(label="").values_list("label", flat=True))
    assert len(labels) == 3
    browser = browser_of(rapporteur)
    page = browser.get(address).content.decode()
    assert all(label in page for label in labels)
    label = next(each for each in labels if "arbour" in each)
    page = browser.post(f"{address}suggested/group/", {"label": label}, follow=True)
    assert "Give it a title that says more." in page.content.decode()
    [made] = rapporteur.workshop.themes.all()
    assert made.title == label
    assert made.notes.count() == 4
    assert all("harbour" in note.text for note in made.notes.all())
    assert not Suggestion.objects.exclude(label="").exists()
    gone = browser.post(f"{address}suggested/group/", {"label": label}, follow=True)
    assert "isn’t proposed any more" in gone.content.decode()
    browser.post(undoing(page.content.decode()))
    assert not rapporteur.workshop.themes.exists()
    assert unfiled_notes(rapporteur).count() == 12


def test_one_click_files_the_note(rapporteur, theme, note, browser_of, address):
    [suggestion] = worked_out(rapporteur.workshop).filter(theme=theme)
    browser = browser_of(rapporteur)
    page = browser.get(address).content.decode()
    take = f"{address}suggested/{suggestion.pk}/"
    assert f'formaction="{take}"' in page
    assert "both say" in page
    told = browser.post(take, follow=True).content.decode()
    assert f"Filed 1 note under “{theme}”." in told
    assert theme.notes.contains(note)
    assert not Suggestion.objects.exists()
    assert browser.post(take).status_code == 404
    browser.post(undoing(told))
    assert not theme.notes.contains(note)
    assert worked_out(rapporteur.workshop).filter(theme=theme).exists()


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_nothing_is_suggested_to_anybody_else(rapporteur, theme, note, browser_of, role):
    theme.published_at = Now()
    theme.save()
    [suggestion] = worked_out(rapporteur.workshop).filter(theme=theme)
    browser = browser_of(ParticipantFactory(workshop=rapporteur.workshop, role=role))
    base = f"/w/{rapporteur.workshop.slug}/themes/"
    assert "both say" not in browser.get(base).content.decode()
    assert browser.post(f"{base}suggested/{suggestion.pk}/").status_code == 403
    assert not theme.notes.contains(note)


def test_what_no_longer_holds_is_gone_at_once(rapporteur, session, theme, note):
    owner = ParticipantFactory(workshop=rapporteur.workshop, role=Role.OWNER)
    text = "Influence changes behaviour"
    corrected, redacted, filed = NoteFactory.create_batch(3, session=session, text=text)
    found = worked_out(rapporteur.workshop)
    assert set(found.values_list("note", flat=True)) == {
        note.pk, corrected.pk, redacted.pk, filed.pk,
    }  # fmt: skip
    correct_note(actor=rapporteur, note=corrected, text="Lunch is late")
    redact_note(actor=owner, note=redacted, reason="It names somebody.")
    file_notes(actor=rapporteur, theme=theme, notes=[filed])
    left = set(found.values_list("note", "twin"))
    assert left <= {(note.pk, None), (note.pk, filed.pk)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.create(
            workshop=rapporteur.workshop, note=redacted, theme=theme, likeness=1
        )
    theme.filings.all().delete()
    theme.delete()
    assert not found.filter(theme__isnull=False).exists()


def test_a_redacted_word_comes_back_in_no_label(rapporteur, session):
    owner = ParticipantFactory(workshop=rapporteur.workshop, role=Role.OWNER)
    many_notes(session)
    found = worked_out(rapporteur.workshop).exclude(label="")
    assert found.exists()
    redact_note(actor=owner, note=found.first().note, reason="It names somebody.")
    assert not found.exists()


def test_what_changed_while_it_was_worked_out_is_left_out(rapporteur, theme, note, monkeypatch):
    from apps.themes.services import suggesting

    worked = suggesting._worked_out

    def meanwhile(*about):
        found = list(worked(*about))
        correct_note(actor=rapporteur, note=note, text="Lunch is late")
        return found

    monkeypatch.setattr(suggesting, "_worked_out", meanwhile)
    suggest(str(SuggestionRun.objects.get().pk))
    assert not Suggestion.objects.exists()
    assert SuggestionRun.objects.get().state == JobState.QUEUED, "and is looked at once more"


def test_a_workshop_that_wants_none_gets_none(rapporteur, theme, note):
    owner = ParticipantFactory(workshop=rapporteur.workshop, role=Role.OWNER)
    assert worked_out(rapporteur.workshop).exists()
    edit_basics(actor=owner, suggests=False)
    assert not Suggestion.objects.exists()
    assert not worked_out(rapporteur.workshop).exists()
    edit_basics(actor=owner, suggests=True)
    assert worked_out(rapporteur.workshop).exists()


def test_the_language_is_that_of_the_memo(rapporteur, session):
    workshop = rapporteur.workshop
    workshop.language = "de"
    workshop.save()
    theme = ThemeFactory(workshop=workshop, title="Häfen und der Handel")
    NoteFactory(session=session, text="Und der Krieg? Und die anderen?")
    near = NoteFactory(session=session, text="Wem die Häfen gehören")
    [suggestion] = worked_out(workshop).filter(theme=theme)
    assert (suggestion.note, suggestion.words) == (near, ["häfen"])


def test_as_many_queries_for_thirty_notes_as_for_one(
    rapporteur, session, theme, browser_of, address
):
    browser = browser_of(rapporteur)
    counts = []
    for more in (1, 29):
        for number in range(more):
            NoteFactory(session=session, text=f"Influence changes behaviour, {number}")
        worked_out(rapporteur.workshop)
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert "both say" in browser.get(address).content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_nobody_else_takes_anything(rapporteur, session, theme, note):
    [suggestion] = worked_out(rapporteur.workshop).filter(theme=theme)
    for role in (Role.PARTICIPANT, Role.OBSERVER):
        person = ParticipantFactory(workshop=rapporteur.workshop, role=role)
        for take in (
            lambda person=person: take_suggestion(actor=person, suggestion=suggestion),
            lambda person=person: take_group(actor=person, label="Ports"),
        ):
            with pytest.raises(Exception, match="may not"):
                take()
