"""Themes and comments over the API."""

import uuid

import pytest

from apps.themes.models import Comment, Theme
from apps.workshops.models import Role
from tests.factories import (
    CommentFactory,
    GuidingQuestionFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(rapporteur):
    return rapporteur.workshop


@pytest.fixture
def api(rapporteur, api_of):
    return api_of(rapporteur)


@pytest.fixture
def reader(workshop, api_of):
    return api_of(ParticipantFactory(workshop=workshop))


@pytest.fixture
def themes(workshop):
    return f"/api/v1/workshops/{workshop.slug}/themes/"


@pytest.fixture
def comments(workshop):
    return f"/api/v1/workshops/{workshop.slug}/comments/"


def test_a_theme_is_added_listed_changed_published_and_deleted(api, workshop, themes):
    ThemeFactory(title="Of another workshop")
    question = GuidingQuestionFactory(workshop=workshop)
    created = api.post(themes, {"title": "Influence", "questions": [question.pk]})
    assert created.status_code == 201, created.json()
    one = f"{themes}{created.json()['id']}/"
    assert [theme["title"] for theme in api.get(themes).json()["results"]] == ["Influence"]
    changed = api.patch(one, {"summary": "As a *means*"}, headers={"If-Match": '"1"'})
    assert changed.status_code == 200, changed.json()
    assert (changed.json()["title"], changed.json()["version"]) == ("Influence", 2)
    assert changed.json()["questions"] == [str(question.pk)]
    assert api.patch(one, {"title": "Stale"}, headers={"If-Match": '"1"'}).status_code == 412
    assert api.post(f"{one}publish/").json()["published_at"]
    assert api.post(f"{one}unpublish/").json()["published_at"] is None
    assert api.delete(one).status_code == 204
    assert api.get(one).status_code == 404


def test_a_circle_and_a_theme_that_holds_something_are_refused_with_422(api, workshop, themes):
    above = ThemeFactory(workshop=workshop, title="Above")
    below = ThemeFactory(workshop=workshop, parent=above)
    circle = api.patch(f"{themes}{above.pk}/", {"parent": below.pk})
    assert circle.status_code == 422
    assert circle.json()["errors"].keys() == {"parent"}
    held = api.delete(f"{themes}{above.pk}/")
    assert held.status_code == 422
    assert "1 theme under it" in held.json()["detail"]
    assert Theme.objects.count() == 2


def test_notes_are_filed_listed_and_taken_off(api, workshop, themes):
    session = SessionFactory(workshop=workshop)
    notes = [NoteFactory(session=session) for _ in range(2)]
    theme = ThemeFactory(workshop=workshop)
    filings = f"{themes}{theme.pk}/notes/"
    filed = api.post(filings, {"notes": [note.pk for note in notes]})
    assert (filed.status_code, filed.json()["filed"]) == (200, 2)
    again = api.post(filings, {"notes": [note.pk for note in notes]})
    assert again.json() == {"filed": 0, "rearrangement": None}
    assert len(api.get(filings).json()["results"]) == 2
    assert api.get(f"{themes}{theme.pk}/").json()["note_count"] == 2
    assert api.delete(f"{filings}{notes[0].pk}/").status_code == 204
    assert list(theme.notes.all()) == [notes[1]]
    for gone in (notes[0].pk, uuid.uuid4(), NoteFactory().pk, "deadbeef"):
        assert api.delete(f"{filings}{gone}/").status_code == 404
    done = f"/api/v1/workshops/{workshop.slug}/rearrangements/"
    off, filing = api.get(done).json()["results"]
    assert (off["kind"], filing["id"]) == ("unfiled", filed.json()["rearrangement"])
    assert api.post(f"{done}{off['id']}/undo/").status_code == 200
    assert set(theme.notes.all()) == set(notes)
    assert api.post(f"{done}{filing['id']}/undo/").status_code == 200
    assert not theme.notes.exists()


def test_a_theme_is_shifted(api, workshop, themes):
    one, two = (ThemeFactory(workshop=workshop, title=title) for title in ("One", "Two"))
    assert api.post(f"{themes}{two.pk}/shift/", {"by": -1}).status_code == 200
    assert [theme["title"] for theme in api.get(themes).json()["results"]] == ["Two", "One"]
    assert api.post(f"{themes}{one.pk}/shift/", {"by": 5}).status_code == 400


def test_ids_of_another_workshop_do_not_exist_and_change_nothing(api, workshop, themes, comments):
    theme = ThemeFactory(workshop=workshop, title="Ours")
    foreign, note = ThemeFactory(title="Theirs"), NoteFactory()
    said = CommentFactory(theme=foreign)
    for answer, status in (
        (api.post(themes, {"title": "Mine", "parent": foreign.pk}), 400),
        (api.post(themes, {"title": "Mine", "questions": [GuidingQuestionFactory().pk]}), 400),
        (api.patch(f"{themes}{theme.pk}/", {"parent": foreign.pk}), 400),
        (api.post(f"{themes}{theme.pk}/notes/", {"notes": [note.pk]}), 400),
        (api.post(comments, {"theme": foreign.pk, "text": "Hm"}), 400),
        (api.post(comments, {"theme": theme.pk, "text": "Hm", "reply_to": said.pk}), 400),
        (api.get(comments, {"theme": foreign.pk}), 400),
        (api.get(comments, {"theme": "nonsense"}), 400),
        (api.get(f"{themes}{foreign.pk}/"), 404),
        (api.patch(f"{themes}{foreign.pk}/", {"title": "Mine"}), 404),
        (api.delete(f"{themes}{foreign.pk}/"), 404),
        (api.post(f"{themes}{foreign.pk}/publish/"), 404),
        (api.patch(f"{comments}{said.pk}/", {"text": "Mine"}), 404),
        (api.post(f"{comments}{said.pk}/decide/", {"state": "accepted"}), 404),
    ):
        assert answer.status_code == status, answer.content
        assert answer["Content-Type"] == "application/problem+json"
    assert {each.title for each in Theme.objects.all()} == {"Ours", "Theirs"}
    assert not note.themes.exists()
    assert Comment.objects.count() == 1


def test_participants_read_what_is_published_and_no_notes(reader, workshop, themes, comments):
    note = NoteFactory(session=SessionFactory(workshop=workshop), text="raw words")
    draft = ThemeFactory(workshop=workshop, title="Still secret", notes=[note])
    shown = ThemeFactory(
        workshop=workshop, title="Shown", parent=draft, published=True, notes=[note]
    )
    below = ThemeFactory(workshop=workshop, title="Below", parent=shown, published=True)
    secret = CommentFactory(theme=draft, text="on a secret")
    CommentFactory(theme=shown, text="on what is shown")
    listed = reader.get(themes)
    assert [
        (theme["title"], theme["parent"], theme["note_count"]) for theme in listed.json()["results"]
    ] == [("Shown", None, None), ("Below", str(shown.pk), None)]
    assert str(draft.pk) not in listed.content.decode()
    assert [c["text"] for c in reader.get(comments).json()["results"]] == ["on what is shown"]
    assert reader.get(f"{themes}{shown.pk}/notes/").json()["results"] == []
    for hidden in (f"{themes}{draft.pk}/", f"{themes}{draft.pk}/notes/", f"{comments}{secret.pk}/"):
        assert reader.get(hidden).status_code == 404
    assert reader.post(comments, {"theme": draft.pk, "text": "Hm"}).status_code == 400
    for write in (
        reader.post(themes, {"title": "Mine", "parent": below.pk}),
        reader.patch(f"{themes}{shown.pk}/", {"title": "Mine"}),
        reader.delete(f"{themes}{below.pk}/"),
        reader.post(f"{themes}{shown.pk}/unpublish/"),
        reader.post(f"{themes}{shown.pk}/shift/", {"by": 1}),
        reader.post(f"{themes}{shown.pk}/notes/", {"notes": [note.pk]}),
        reader.post(themes, {}),
    ):
        assert write.status_code == 403
    assert reader.delete(f"{themes}{shown.pk}/notes/{note.pk}/").status_code == 404
    assert shown.notes.get() == note


def test_comments_are_written_answered_mended_and_decided(api, reader, workshop, comments):
    theme, other = (ThemeFactory(workshop=workshop, published=True) for _ in range(2))
    CommentFactory(theme=other)
    written = reader.post(comments, {"theme": theme.pk, "text": "Two of us said so"})
    assert written.status_code == 201, written.json()
    said = written.json()
    assert (said["by"], said["state"], said["edited"]) == ("You", "open", False)
    mended = reader.patch(f"{comments}{said['id']}/", {"text": "Three of us", "version": 1})
    assert (mended.json()["text"], mended.json()["edited"]) == ("Three of us", True)
    answer = api.post(comments, {"theme": theme.pk, "text": "Noted", "reply_to": said["id"]})
    assert answer.json()["reply_to"] == said["id"]
    listed = reader.get(comments, {"theme": theme.pk}).json()["results"]
    assert [(each["text"], each["by"]) for each in listed] == [
        ("Three of us", "You"),
        ("Noted", "The rapporteur"),
    ]
    decide = f"{comments}{said['id']}/decide/"
    assert reader.post(decide, {"state": "accepted"}).status_code == 403
    assert api.post(decide, {"state": "declined"}).status_code == 422
    assert api.post(decide, {"state": "accepted", "version": 1}).status_code == 412
    assert api.post(decide, {"state": "accepted", "version": 2}).json()["state"] == "accepted"
    assert api.patch(f"{comments}{said['id']}/", {"text": "Not mine"}).status_code == 403
    assert (
        api.post(comments, {"theme": other.pk, "text": "x", "reply_to": said["id"]}).status_code
        == 400
    )


def test_nobody_is_named_in_a_comment(api, reader, workshop, comments):
    author = ParticipantFactory(workshop=workshop, display_name="Unmistakable Name")
    said = CommentFactory(theme=ThemeFactory(workshop=workshop, published=True), author=author)
    for client in (api, reader):
        for path in (comments, f"{comments}{said.pk}/"):
            body = client.get(path).content.decode()
            assert "Unmistakable" not in body
            assert str(author.pk) not in body


def test_times_are_told_to_participants_by_the_day(api, reader, workshop, comments):
    said = CommentFactory(theme=ThemeFactory(workshop=workshop, published=True))
    assert reader.get(f"{comments}{said.pk}/").json()["written"] == f"{said.created_at:%Y-%m-%d}"
    # To the team as well; what the team wrote itself it reads by the minute.
    assert api.get(f"{comments}{said.pk}/").json()["written"] == f"{said.created_at:%Y-%m-%d}"
    colleague = ParticipantFactory(workshop=workshop, role=Role.FACILITATOR)
    said = CommentFactory(theme=said.theme, author=colleague)
    assert f"{said.created_at:%H:%M}" in api.get(f"{comments}{said.pk}/").json()["written"]


@pytest.mark.parametrize("which", ["themes", "comments"])
@pytest.mark.parametrize("role", [Role.RAPPORTEUR, Role.PARTICIPANT])
def test_as_many_queries_for_one_as_for_thirty(api_of, workshop, queries_of, which, role):
    client = api_of(ParticipantFactory(workshop=workshop, role=role))
    url = f"/api/v1/workshops/{workshop.slug}/{which}/"

    def fill(count):
        for _ in range(count):
            theme = ThemeFactory(workshop=workshop, published=True)
            theme.questions.add(GuidingQuestionFactory(workshop=workshop))
            said = CommentFactory(theme=theme)
            CommentFactory(theme=theme, reply_to=said)

    fill(1)
    few = queries_of(lambda: client.get(url))
    fill(29)
    assert queries_of(lambda: client.get(url)) == few
