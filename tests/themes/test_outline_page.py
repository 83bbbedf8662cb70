"""The outline page: filing, adding, arranging; and what participants see of it."""

import pytest
from django.urls import reverse

from apps.themes.models import Placement, Theme
from apps.workshops.models import Phase, Role
from tests.factories import (
    AnnotationFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def workshop(rapporteur):
    return rapporteur.workshop


@pytest.fixture
def session(workshop):
    return SessionFactory(workshop=workshop)


@pytest.fixture
def team(rapporteur, browser_of):
    return browser_of(rapporteur)


def url(workshop, name="outline", *args):
    return reverse(f"themes:{name}", args=[workshop.slug, *args])


def page_of(browser, workshop, **query):
    answer = browser.get(url(workshop), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_loose_notes_come_first_and_the_tree_below_in_order(team, workshop, session):
    filed = NoteFactory(session=session, text="filed already")
    NoteFactory(session=session, text="still loose")
    late = ThemeFactory(workshop=workshop, title="Late", order=2, notes=[filed])
    ThemeFactory(workshop=workshop, title="Early", order=1)
    ThemeFactory(workshop=workshop, title="Beneath", parent=late, order=0)
    ThemeFactory(title="Of another workshop")
    page = page_of(team, workshop)
    places = [page.index(words) for words in ("still loose", 'id="theme-outline"', "1 note<")]
    assert places == sorted(places)
    tree = page[page.index('id="theme-outline"') :]
    titles = [tree.index(title) for title in ("Early", "Late", "Beneath")]
    assert titles == sorted(titles)
    assert "filed already" not in page
    assert "Of another workshop" not in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_several_notes_are_filed_at_once(team, workshop, session, headers):
    notes = [NoteFactory(session=session) for _ in range(3)]
    theme = ThemeFactory(workshop=workshop, title="Influence")
    body = {"notes": [note.pk for note in notes[:2]], "theme": theme.pk}
    answer = team.post(url(workshop, "file"), body, headers=headers, follow=not headers)
    page = answer.content.decode()
    assert theme.notes.count() == 2
    assert "Filed 2 notes under “Influence”." in page
    assert ("<html" in page) is not bool(headers)
    assert "/undo/" in page
    assert (str(notes[2].pk) in page) is not bool(headers)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_choice_that_cannot_be_filed_is_told_and_kept(team, workshop, session, headers):
    note = NoteFactory(session=session)
    ThemeFactory(workshop=workshop)
    for body in (
        {"notes": [note.pk], "theme": ""},
        {"notes": [note.pk], "theme": ThemeFactory().pk},
        {"notes": [note.pk, NoteFactory().pk], "theme": Theme.objects.first().pk},
    ):
        answer = team.post(url(workshop, "file"), body, headers=headers)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert (f'value="{note.pk}" checked' in page) is not bool(headers)
        assert ('role="alert"' in page) is not bool(headers)
        assert "notice-error" in page
    assert not note.themes.exists()


def test_a_theme_is_added_where_one_says(team, workshop):
    parent = ThemeFactory(workshop=workshop)
    team.post(url(workshop, "add"), {"title": "Influence", "parent": parent.pk})
    assert Theme.objects.get(title="Influence").parent == parent
    answer = team.post(url(workshop, "add"), {"title": "", "parent": parent.pk})
    assert answer.status_code == 422
    assert "Give the theme a title." in answer.content.decode()
    foreign = team.post(url(workshop, "add"), {"title": "Kept", "parent": ThemeFactory().pk})
    assert foreign.status_code == 422
    assert "Kept" in foreign.content.decode()


def test_themes_are_arranged_by_buttons(team, workshop):
    one, two = (ThemeFactory(workshop=workshop, title=title) for title in ("One", "Two"))
    assert "Put under another theme" in page_of(team, workshop, arrange="1")
    moved = team.post(url(workshop, "shift", two.pk), {"to": "up"}, follow=True)
    page = moved.content.decode()
    assert page.index("One</a>") > page.index("Two</a>")
    team.post(url(workshop, "reparent", two.pk), {"parent": one.pk})
    two.refresh_from_db()
    assert two.parent == one


def test_a_theme_made_its_own_ancestor_is_told_in_words(team, workshop):
    above = ThemeFactory(workshop=workshop, title="Above")
    below = ThemeFactory(workshop=workshop, title="Below", parent=above)
    answer = team.post(url(workshop, "reparent", above.pk), {"parent": below.pk})
    assert answer.status_code == 422
    assert "“Above” can&#x27;t stand under “Below”" in answer.content.decode()
    above.refresh_from_db()
    assert above.parent is None


def test_a_place_given_by_hand_that_the_content_contradicts_is_flagged(team, workshop):
    theme = ThemeFactory(workshop=workshop, placement=Placement.CONTEXT)
    AnnotationFactory(theme=theme)
    page = page_of(team, workshop)
    assert "under Context, by hand" in page
    assert "Placed by hand, but" in page


def test_participants_see_published_themes_alone(browser_of, workshop, session):
    note = NoteFactory(session=session, text="raw words")
    secret = ThemeFactory(workshop=workshop, title="Still secret", notes=[note])
    shown = ThemeFactory(workshop=workshop, title="Shown", parent=secret, published=True)
    ThemeFactory(workshop=workshop, title="Hidden below", parent=shown)
    ThemeFactory(workshop=workshop, title="Shown below", parent=shown, published=True)
    ThemeFactory(title="Of another workshop", published=True)
    for role in (Role.PARTICIPANT, Role.OBSERVER):
        page = page_of(
            browser_of(ParticipantFactory(workshop=workshop, role=role)), workshop, arrange="1"
        )
        assert "Shown below" in page
        assert "2 themes" in page
        for hidden in (
            "Still secret", "Hidden below", "Of another workshop", "raw words", "1 note",
            "Unfiled", "Add a theme", "Draft", "by hand", "Put under", str(secret.pk),
        ):  # fmt: skip
            assert hidden not in page


def test_others_than_the_team_change_nothing(browser_of, workshop, session):
    note = NoteFactory(session=session)
    theme = ThemeFactory(workshop=workshop, published=True)
    browser = browser_of(ParticipantFactory(workshop=workshop))
    for name, args, body in (
        ("add", [], {"title": "Mine"}),
        ("file", [], {"notes": [note.pk], "theme": theme.pk}),
        ("shift", [theme.pk], {"to": "up"}),
        ("reparent", [theme.pk], {"parent": ""}),
        ("place", [theme.pk], {"placement": "omitted"}),
        ("publish", [theme.pk], {}),
        ("unpublish", [theme.pk], {}),
        ("refile", [theme.pk], {"notes": [note.pk], "do": "unfile"}),
        ("edit", [theme.pk], {"title": "Mine"}),
        ("delete", [theme.pk], {}),
    ):
        answer = browser.post(url(workshop, name, *args), body)
        assert answer.status_code == 403, name
    assert Theme.objects.get().title == theme.title


def test_once_published_the_workshop_is_read_and_not_arranged(team, workshop, session):
    NoteFactory(session=session)
    ThemeFactory(workshop=workshop, title="Influence")
    workshop.phase = Phase.PUBLISHED
    workshop.save()
    page = page_of(team, workshop, arrange="1")
    assert "Influence" in page
    for offer in ("Add a theme", "Arrange", "Put under", 'type="checkbox"'):
        assert offer not in page


def test_an_empty_outline_says_how_to_begin(team, browser_of, workshop):
    assert "No theme yet" in page_of(team, workshop)
    reader = browser_of(ParticipantFactory(workshop=workshop))
    assert "publishes one" in page_of(reader, workshop)


@pytest.mark.parametrize("role", [Role.RAPPORTEUR, Role.PARTICIPANT])
def test_as_many_queries_for_one_theme_as_for_thirty(
    browser_of, workshop, session, queries_of, role
):
    browser = browser_of(ParticipantFactory(workshop=workshop, role=role))

    def fill(count):
        parent = None
        for _ in range(count):
            note = NoteFactory(session=session)
            NoteFactory(session=session)
            theme = ThemeFactory(workshop=workshop, published=True, notes=[note], parent=parent)
            AnnotationFactory(theme=theme)
            parent = theme if parent is None else None

    fill(1)
    few = queries_of(lambda: browser.get(url(workshop)))
    fill(29)
    assert queries_of(lambda: browser.get(url(workshop))) == few
