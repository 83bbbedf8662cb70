"""The capture page, and taking notes by its plain form."""

import uuid

import pytest
from django.urls import reverse

from apps.notes.models import Mark, Note
from apps.themes.views.capturing import page
from apps.workshops.models import AttributionRule, Phase, Role
from tests.factories import (
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(rapporteur):
    return SessionFactory(workshop=rapporteur.workshop, title="When to engage")


@pytest.fixture
def url(rapporteur):
    return reverse("themes:capture", args=[rapporteur.workshop.slug])


@pytest.fixture
def notetaker(rapporteur, browser_of):
    return browser_of(rapporteur)


def said(session, **more):
    return {"id": str(uuid.uuid4()), "session": str(session.pk), "mark": "remark", **more}


def test_a_plain_form_records_the_note_and_leads_back_to_the_composer(notetaker, session, url):
    group = GroupFactory(workshop=session.workshop)
    theme = ThemeFactory(workshop=session.workshop)
    body = said(session, text="who decides?", mark="question", group=group.pk, theme=theme.pk)
    answer = notetaker.post(url, body)
    note = Note.objects.get()
    assert (note.text, note.mark, note.group, str(note.pk)) == (
        "who decides?", Mark.QUESTION, group, body["id"],
    )  # fmt: skip
    assert list(note.themes.all()) == [theme]
    assert answer.status_code == 302
    assert answer["Location"].endswith("#note-text")
    page = notetaker.get(answer["Location"]).content.decode()
    assert "who decides?" in page
    assert f'value="{theme.pk}" selected' in page
    assert "autofocus" in page
    assert "Saved at" in page


def test_the_same_note_sent_again_is_one_note(notetaker, session, url):
    body = said(session, text="Said")
    for _ in range(3):
        assert notetaker.post(url, body).status_code == 302
    assert Note.objects.count() == 1


def test_other_words_in_a_form_that_was_sent_before_are_not_dropped(notetaker, session, url):
    body = said(session, text="First")
    notetaker.post(url, body)
    again = notetaker.post(url, {**body, "text": "Typed after going back"})
    page = again.content.decode()
    assert again.status_code == 409
    assert "saved with this form before" in page
    assert f'value="{body["id"]}"' not in page
    assert "Typed after going back" in page
    assert Note.objects.get().text == "First"


def test_line_ends_of_forms_are_no_other_words(notetaker, session, url):
    body = said(session, text="One\r\nTwo")
    assert [notetaker.post(url, body).status_code for _ in range(2)] == [302, 302]
    assert Note.objects.get().text == "One\nTwo"


@pytest.mark.parametrize("text", ["", "  \n ", "y" * 10_001, "x" * 100_000])
def test_what_cannot_be_saved_is_told_and_kept_in_the_form(notetaker, session, url, text):
    body = said(session, text=text)
    answer = notetaker.post(url, body)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="error"' in page
    assert body["id"] in page
    assert text in page
    assert not Note.objects.exists()


def test_things_of_another_workshop_are_refused_and_the_text_is_kept(notetaker, session, url):
    for foreign in (
        {"session": SessionFactory().pk},
        {"theme": ThemeFactory(title="Foreign").pk},
        {"group": GroupFactory().pk},
        {"id": NoteFactory(text="secret").pk},
    ):
        answer = notetaker.post(url, {**said(session, text="mine"), **foreign})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "mine" in page
        assert "secret" not in page
        assert "Foreign" not in page
    assert not Note.objects.filter(text="mine").exists()


def test_a_line_means_the_same_without_scripts(notetaker, rapporteur, session, url):
    theme = ThemeFactory(workshop=session.workshop, title="Legitimacy")
    group = GroupFactory(workshop=session.workshop, singular="scholar")
    before = NoteFactory(session=session, text="It is given", recorded_by=rapporteur)
    notetaker.post(url, said(session, text="- it is earned #legit %scholar"))
    note = Note.objects.get(text="it is earned")
    assert (note.mark, note.group, note.reply_to) == (Mark.DISAGREE, group, before)
    assert list(note.themes.all()) == [theme]
    notetaker.post(url, said(session, text="… and lost"))
    assert Note.objects.get(text="and lost").group == group
    notetaker.post(url, said(session, text="s/lost/wasted/"))
    assert Note.objects.get(text="and wasted").revisions.get().text == "and lost"


def test_a_name_does_not_stay_in_the_text(browser_of, session, url):
    group = GroupFactory(workshop=session.workshop, singular="scholar")
    ParticipantFactory(workshop=session.workshop, display_name="Ana Ruiz", group=group)
    owner = ParticipantFactory(workshop=session.workshop, role=Role.OWNER)
    notetaker = browser_of(owner)
    answer = notetaker.post(url, said(session, text="@ruiz nobody pays, @kowalski"))
    note = Note.objects.get()
    assert (note.text, note.group) == ("nobody pays", group)
    assert "is nobody here" in notetaker.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("text", ["/off", "s/never/said/", "#"])
def test_a_line_that_is_no_note_is_told_or_kept_as_typed(notetaker, session, url, text):
    answer = notetaker.post(url, said(session, text=text))
    if text == "#":
        assert Note.objects.get().text == "#"
    else:
        assert answer.status_code == 422
        assert 'class="error"' in answer.content.decode()
        assert not Note.objects.exists()


def test_the_room_is_where_notes_are_taken(notetaker, session, url):
    NoteFactory(session=session, text="before lunch")
    SessionFactory(workshop=session.workshop, title="After lunch", is_current=True)
    shown = notetaker.get(url).content.decode()
    assert "before lunch" not in shown
    day = notetaker.get(url, {"session": "day"}).content.decode()
    assert "before lunch" in day
    assert "New note in <strong>After lunch</strong>" in day


def test_the_stream_is_one_session_in_order_with_the_newest_last(notetaker, session, url):
    other = SessionFactory(workshop=session.workshop)
    for text, where in (("first", session), ("elsewhere", other), ("second", session)):
        NoteFactory(session=where, text=text)
    page = notetaker.get(url, {"session": session.pk}).content.decode()
    assert page.index("first") < page.index("second")
    assert "elsewhere" not in page
    # Without a wish: the session that is in use.
    assert "second" in notetaker.get(url).content.decode()
    assert notetaker.get(url, {"session": SessionFactory().pk}).status_code == 404
    assert notetaker.get(url, {"session": "nonsense"}).status_code == 404


def test_a_note_taker_comes_back_to_the_session_they_write_in(notetaker, rapporteur, session, url):
    NoteFactory(session=session, text="my own", recorded_by=rapporteur)
    NoteFactory(session=SessionFactory(workshop=session.workshop), text="next door")
    assert "my own" in notetaker.get(url).content.decode()


def test_a_long_stream_shows_its_end_and_leads_to_the_rest(notetaker, session, url, monkeypatch):
    monkeypatch.setattr(page, "AT_ONCE", 2)
    for number in range(5):
        NoteFactory(session=session, text=f"note number {number}")
    shown = notetaker.get(url).content.decode()
    assert "note number 4" in shown
    assert "note number 2" not in shown
    assert "shown=4" in shown
    assert "note number 1" in notetaker.get(url, {"shown": 4}).content.decode()
    assert notetaker.get(url, {"shown": "many"}).status_code == 200


def test_under_the_anonymous_rule_no_group_is_asked_for_or_kept(notetaker, session, url):
    group = GroupFactory(workshop=session.workshop)
    session.attribution_rule = AttributionRule.ANONYMOUS
    session.save()
    assert 'name="group"' not in notetaker.get(url).content.decode()
    notetaker.post(url, said(session, text="Said", group=group.pk))
    assert Note.objects.get().group is None


def test_without_a_session_the_page_says_so(notetaker, url):
    assert "No session yet" in notetaker.get(url).content.decode()


def test_nothing_is_recorded_once_the_workshop_is_published(notetaker, session, url):
    session.workshop.phase = Phase.PUBLISHED
    session.workshop.save()
    assert 'id="composer"' not in notetaker.get(url).content.decode()
    assert notetaker.post(url, said(session, text="Late")).status_code == 403
    assert not Note.objects.exists()


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_others_than_the_team_do_not_see_it(browser_of, session, url, role):
    NoteFactory(session=session, text="raw words")
    notetaker = browser_of(ParticipantFactory(workshop=session.workshop, role=role))
    for answer in (notetaker.get(url), notetaker.post(url, said(session, text="Mine"))):
        assert answer.status_code == 403
        assert "raw words" not in answer.content.decode()
    assert Note.objects.count() == 1


def test_strangers_find_nothing(browser_of, session, url):
    stranger = browser_of(ParticipantFactory(role=Role.OWNER))
    assert stranger.get(url).status_code == 404


def test_as_many_queries_for_one_note_as_for_thirty(
    notetaker, rapporteur, session, url, queries_of
):
    def fill(count):
        for number in range(count):
            note = NoteFactory(session=session, version=2)
            note.revisions.create(text="before")
            other = SessionFactory(workshop=session.workshop)
            parent = ThemeFactory(workshop=session.workshop, notes=[note])
            ThemeFactory(workshop=session.workshop, parent=parent, title=f"{other}{number}")

    fill(1)
    few = queries_of(lambda: notetaker.get(url, {"session": session.pk}))
    fill(29)
    assert queries_of(lambda: notetaker.get(url, {"session": session.pk})) == few
