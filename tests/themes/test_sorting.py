"""The board and its form: what stands in which column, and where ticked notes go."""

import pytest
from django.urls import reverse

from apps.themes.models import Filing
from apps.themes.selectors.board import FIRST
from apps.workshops.models import Role
from tests.factories import NoteFactory, ParticipantFactory, SessionFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(rapporteur):
    return SessionFactory(workshop=rapporteur.workshop)


@pytest.fixture
def themes(rapporteur):
    return [ThemeFactory(workshop=rapporteur.workshop, title=title) for title in ("One", "Two")]


@pytest.fixture
def team(rapporteur, browser_of):
    return browser_of(rapporteur)


def url(workshop, name):
    return reverse(f"themes:{name}", args=[workshop.slug])


def column(page, key):
    start = page.index(f'id="column-{key}"')
    return page[start : page.index("</section>", start)]


def test_each_theme_is_a_column_and_what_has_none_comes_first(team, rapporteur, session, themes):
    loose, filed = (NoteFactory(session=session, text=text) for text in ("Loose", "Filed"))
    NoteFactory(text="Of another workshop")
    Filing.objects.create(workshop=rapporteur.workshop, theme=themes[1], note=filed)
    page = team.get(url(rapporteur.workshop, "board")).content.decode()
    places = [page.index(f'id="column-{key}"') for key in ("unfiled", *(t.pk for t in themes))]
    assert places == sorted(places)
    assert loose.text in column(page, "unfiled")
    assert filed.text not in column(page, "unfiled")
    assert filed.text in column(page, themes[1].pk)
    assert "No note here." in column(page, themes[0].pk)
    assert "Of another workshop" not in page


def test_a_long_column_shows_its_first_notes_and_all_when_it_is_opened(
    team, rapporteur, session, themes
):
    for number in range(FIRST + 2):
        note = NoteFactory(session=session, text=f"Said {number}.")
        Filing.objects.create(workshop=rapporteur.workshop, theme=themes[0], note=note)
        NoteFactory(session=session, text=f"Loose {number}.")
    board = url(rapporteur.workshop, "board")
    short = team.get(board).content.decode()
    assert f"Said {FIRST}." not in short
    assert short.count("Show the other 2") == 2
    opened = column(team.get(board, {"open": themes[0].pk}).content.decode(), themes[0].pk)
    assert f"Said {FIRST + 1}." in opened
    loose = column(team.get(board, {"open": "unfiled"}).content.decode(), "unfiled")
    assert f"Loose {FIRST + 1}." in loose
    assert team.get(board, {"open": "nonsense"}).status_code == 200


def test_ticked_notes_leave_the_columns_in_which_they_are_ticked_and_no_others(
    team, rapporteur, session, themes
):
    third = ThemeFactory(workshop=rapporteur.workshop, title="Three")
    notes = [NoteFactory(session=session) for _ in range(2)]
    for theme in themes:
        for note in notes:
            Filing.objects.create(workshop=rapporteur.workshop, theme=theme, note=note)
    ticked = [f"{notes[0].pk}.{themes[0].pk}", f"{notes[1].pk}.{themes[1].pk}"]
    body = {"notes": ticked, "theme": third.pk, "how": "move", "back": "board"}
    answer = team.post(url(rapporteur.workshop, "file"), body, follow=True)
    assert answer.redirect_chain[0][0] == url(rapporteur.workshop, "board")
    assert "Moved 2 notes from their themes to “Three”." in answer.content.decode()
    assert list(themes[0].notes.all()) == [notes[1]]
    assert list(themes[1].notes.all()) == [notes[0]]
    assert set(third.notes.all()) == set(notes)


def test_a_note_that_comes_from_two_columns_is_filed_once(team, rapporteur, session, themes):
    third = ThemeFactory(workshop=rapporteur.workshop)
    note = NoteFactory(session=session)
    for theme in themes:
        Filing.objects.create(workshop=rapporteur.workshop, theme=theme, note=note)
    ticked = [f"{note.pk}.{theme.pk}" for theme in themes]
    team.post(url(rapporteur.workshop, "file"), {"notes": ticked, "theme": third.pk, "how": "move"})
    assert Filing.objects.get(note=note).theme == third


@pytest.mark.parametrize(
    "body",
    [
        {"notes": ["nonsense"], "how": "also"},
        {"notes": ["nonsense.nonsense"], "how": "move"},
        {"how": "off"},
        {"notes": "loose", "how": "off"},
        {"notes": "loose", "how": "sideways"},
    ],
)
def test_what_makes_no_sense_changes_nothing_and_says_so(team, rapporteur, session, themes, body):
    note = NoteFactory(session=session)
    given = {**body, "theme": themes[0].pk if body["how"] != "off" else "", "back": "board"}
    if given.get("notes") == "loose":
        given["notes"] = [str(note.pk)]
    answer = team.post(url(rapporteur.workshop, "file"), given)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Filing.objects.exists()


def test_a_theme_is_made_for_the_notes_that_are_filed(team, rapporteur, session):
    note = NoteFactory(session=session)
    body = {"notes": [note.pk], "title": "New", "how": "also"}
    answer = team.post(url(rapporteur.workshop, "file"), body, headers={"HX-Request": "true"})
    assert "Filed 1 note under “New”." in answer.content.decode()
    assert note.themes.get().title == "New"


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_people_outside_the_team_see_no_board(rapporteur, browser_of, role):
    reader = ParticipantFactory(workshop=rapporteur.workshop, role=role)
    assert browser_of(reader).get(url(rapporteur.workshop, "board")).status_code == 403


def test_the_board_makes_the_same_number_of_queries_for_one_and_for_thirty(
    team, rapporteur, session, themes, queries_of
):
    def add():
        theme = ThemeFactory(workshop=rapporteur.workshop)
        for _ in range(2):
            note = NoteFactory(session=session)
            Filing.objects.create(workshop=rapporteur.workshop, theme=theme, note=note)
        NoteFactory(session=session)

    add()
    board = url(rapporteur.workshop, "board")
    one = queries_of(lambda: team.get(board))
    for _ in range(29):
        add()
    assert queries_of(lambda: team.get(board)) == one


def test_themes_step_in_and_out_by_buttons(team, rapporteur, themes):
    one, two = themes
    steps = reverse("themes:shift", args=[rapporteur.workshop.slug, two.pk])
    page = team.post(steps, {"to": "in"}, follow=True).content.decode()
    assert "“Two” is 1 of 1 under “One”." in page
    two.refresh_from_db()
    assert two.parent == one
    ThemeFactory(workshop=rapporteur.workshop, title="Last")
    team.post(steps, {"to": "out"})
    titles = [theme.title for theme in rapporteur.workshop.themes.filter(parent=None)]
    assert titles == ["One", "Two", "Last"]
    first = reverse("themes:shift", args=[rapporteur.workshop.slug, one.pk])
    for to in ("in", "out"):
        assert team.post(first, {"to": to}).status_code == 302
    one.refresh_from_db()
    assert one.parent is None
