"""The page of a theme: what it holds, editing it, commenting on it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.themes.models import Comment, CommentState, Placement, Theme
from apps.themes.services import edit_theme
from apps.workshops.models import AttributionRule, Role
from tests.factories import (
    AnnotationFactory,
    CommentFactory,
    GroupFactory,
    GuidingQuestionFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def theme(rapporteur):
    return ThemeFactory(workshop=rapporteur.workshop, title="Influence", published=True)


@pytest.fixture
def team(rapporteur, browser_of):
    return browser_of(rapporteur)


@pytest.fixture
def participant(rapporteur):
    return ParticipantFactory(workshop=rapporteur.workshop)


@pytest.fixture
def reader(participant, browser_of):
    return browser_of(participant)


def url(theme, name="detail"):
    return reverse(f"themes:{name}", args=[theme.workshop.slug, theme.pk])


def on_comment(comment, name):
    return reverse(f"themes:{name}", args=[comment.workshop.slug, comment.pk])


def page_of(browser, theme, **query):
    answer = browser.get(url(theme), query)
    assert answer.status_code == 200
    return answer.content.decode()


def form_of(theme, **changes):
    values = {
        "title": theme.title, "summary": theme.summary, "parent": theme.parent_id or "",
        "placement": theme.placement, "version": theme.version,
    }  # fmt: skip
    return {**values, **changes}


# -- reading ----------------------------------------------------------------------------------


def test_a_theme_shows_its_summary_its_place_its_notes_and_what_is_said(team, theme):
    above = ThemeFactory(workshop=theme.workshop, title="Conceptualisation")
    Theme.objects.filter(pk=theme.pk).update(summary="A *means* <script>x</script>", parent=above)
    ThemeFactory(workshop=theme.workshop, title="Beneath", parent=theme)
    session = SessionFactory(workshop=theme.workshop)
    notes = [NoteFactory(session=session, text=f"said {n}") for n in range(7)]
    theme.notes.set(notes, through_defaults={"workshop": theme.workshop})
    CommentFactory(theme=theme, text="Fair enough")
    CommentFactory(text="of another workshop")
    page = page_of(team, theme)
    for shown in (
        "A <em>means</em>", "Conceptualisation", "Beneath", "said 0", "Show all 7 notes",
        "Fair enough", "Goes under <strong>Context</strong>",
    ):  # fmt: skip
        assert shown in page
    assert "<script>x" not in page
    assert "of another workshop" not in page


def test_participants_see_neither_notes_nor_drafts_nor_the_place(reader, theme):
    above = ThemeFactory(workshop=theme.workshop, title="Still secret")
    Theme.objects.filter(pk=theme.pk).update(parent=above)
    ThemeFactory(workshop=theme.workshop, title="Hidden below", parent=theme)
    note = NoteFactory(session=SessionFactory(workshop=theme.workshop), text="raw words")
    theme.notes.add(note, through_defaults={"workshop": theme.workshop})
    page = page_of(reader, theme, refile="1")
    for hidden in (
        "raw words", "Notes filed", "Still secret", "Hidden below", "Goes under", "Edit theme",
        "Unpublish", str(above.pk),
    ):  # fmt: skip
        assert hidden not in page
    assert 'id="comment-form"' in page


def test_what_is_not_published_is_not_there_for_participants(reader, theme):
    draft = ThemeFactory(workshop=theme.workshop)
    said = CommentFactory(theme=draft)
    foreign = ThemeFactory(published=True)
    elsewhere = reverse("themes:detail", args=[theme.workshop.slug, foreign.pk])
    for address in (url(draft), url(foreign), elsewhere):
        assert reader.get(address).status_code == 404
    assert reader.post(url(draft, "comment"), {"text": "Hm"}).status_code == 404
    for name in ("answer", "edit_comment"):
        assert reader.post(on_comment(said, name), {"text": "Hm"}).status_code == 404
    assert Comment.objects.count() == 1


def test_observers_read_and_do_not_comment(browser_of, theme):
    observer = browser_of(ParticipantFactory(workshop=theme.workshop, role=Role.OBSERVER))
    assert 'id="comment-form"' not in page_of(observer, theme)
    assert observer.post(url(theme, "comment"), {"text": "Hm"}).status_code == 403


@pytest.mark.parametrize("role", [Role.RAPPORTEUR, Role.PARTICIPANT])
def test_as_many_queries_for_one_note_and_comment_as_for_thirty(
    browser_of, theme, queries_of, role
):
    browser = browser_of(ParticipantFactory(workshop=theme.workshop, role=role))
    session = SessionFactory(workshop=theme.workshop)
    group = GroupFactory(workshop=theme.workshop)
    # Large enough to be named from the start: groups that may not be are not even asked for.
    now = timezone.now()
    ParticipantFactory.create_batch(6, workshop=theme.workshop, group=group, consented_at=now)

    def fill(count):
        for _ in range(count):
            note = NoteFactory(session=session)
            theme.notes.add(note, through_defaults={"workshop": theme.workshop})
            author = ParticipantFactory(workshop=theme.workshop, group=group)
            said = CommentFactory(theme=theme, author=author)
            CommentFactory(theme=theme, author=author, reply_to=said)
            AnnotationFactory(theme=theme)
            ThemeFactory(workshop=theme.workshop, parent=theme, published=True)

    fill(1)
    few = queries_of(lambda: browser.get(url(theme)))
    fill(29)
    assert queries_of(lambda: browser.get(url(theme))) == few


# -- editing ----------------------------------------------------------------------------------


def test_a_theme_is_edited(team, theme):
    question = GuidingQuestionFactory(workshop=theme.workshop)
    body = form_of(theme, title="Standing", questions=[question.pk])
    assert team.post(url(theme, "edit"), body).status_code == 302
    theme.refresh_from_db()
    assert (theme.title, list(theme.questions.all())) == ("Standing", [question])


@pytest.mark.parametrize(
    "changes", [{"title": ""}, {"summary": "x" * 20_001}, {"placement": "elsewhere"}]
)
def test_what_cannot_be_saved_is_told_and_kept(team, theme, changes):
    body = form_of(theme, **{"title": "Typed title", **changes})
    answer = team.post(url(theme, "edit"), body)
    assert answer.status_code == 422
    assert "Nothing has been lost" in answer.content.decode()
    assert body["title"] in answer.content.decode()
    theme.refresh_from_db()
    assert theme.title == "Influence"


def test_a_theme_cannot_be_put_under_what_stands_under_it(team, theme):
    below = ThemeFactory(workshop=theme.workshop, parent=theme)
    answer = team.post(url(theme, "edit"), form_of(theme, parent=below.pk))
    assert answer.status_code == 422


def test_a_conflict_shows_both_texts_and_saving_again_replaces_knowingly(team, rapporteur, theme):
    edit_theme(
        actor=rapporteur, theme=theme, title="Theirs", parent=None, summary="Their summary",
        placement=Placement.CONTEXT, questions=[],
    )  # fmt: skip
    body = form_of(theme, title="Mine", summary="My summary")
    answer = team.post(url(theme, "edit"), body)
    page = answer.content.decode()
    assert answer.status_code == 409
    for text in ("Theirs", "Their summary", "Context", "Mine", "My summary"):
        assert text in page
    assert 'name="version" value="2"' in page
    theme.refresh_from_db()
    assert theme.title == "Theirs"
    assert team.post(url(theme, "edit"), {**body, "version": 2}).status_code == 302
    theme.refresh_from_db()
    assert theme.title == "Mine"


def test_a_theme_is_published_and_taken_back(team, reader, theme):
    team.post(url(theme, "unpublish"))
    assert reader.get(url(theme)).status_code == 404
    team.post(url(theme, "publish"))
    assert reader.get(url(theme)).status_code == 200


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_its_place_is_given_by_hand(team, theme, headers):
    answer = team.post(url(theme, "place"), {"placement": "omitted"}, headers=headers)
    theme.refresh_from_db()
    assert theme.placement == Placement.OMITTED
    assert answer.status_code == (200 if headers else 302)
    if headers:
        assert "Left out of the memo" in answer.content.decode()
        assert "<html" not in answer.content.decode()
    wrong = team.post(url(theme, "place"), {"placement": "elsewhere"}, headers=headers)
    assert wrong.status_code == 422


def test_notes_are_filed_elsewhere_too_or_taken_off(team, theme):
    session = SessionFactory(workshop=theme.workshop)
    notes = [NoteFactory(session=session) for _ in range(2)]
    theme.notes.set(notes, through_defaults={"workshop": theme.workshop})
    other = ThemeFactory(workshop=theme.workshop)
    assert 'type="checkbox"' in page_of(team, theme, refile="1")
    body = {"notes": [notes[0].pk], "theme": other.pk, "do": "file"}
    assert team.post(url(theme, "refile"), body).status_code == 302
    assert set(notes[0].themes.all()) == {theme, other}
    off = {"notes": [notes[1].pk], "theme": "", "do": "unfile"}
    assert team.post(url(theme, "refile"), off).status_code == 302
    assert not notes[1].themes.exists()
    stranger = NoteFactory(session=session)
    for bad in ({**body, "theme": ""}, {**off, "notes": [stranger.pk]}, {**off, "notes": []}):
        assert team.post(url(theme, "refile"), bad).status_code == 422


def test_deleting_says_what_the_theme_holds(team, theme):
    CommentFactory(theme=theme)
    answer = team.post(url(theme, "delete"))
    assert answer.status_code == 422
    assert "still holds 1 comment" in answer.content.decode()
    theme.comments.all().delete()
    assert team.post(url(theme, "delete")).status_code == 302
    assert not Theme.objects.exists()


# -- commenting -------------------------------------------------------------------------------


def test_a_participant_comments_under_the_label_of_the_group(reader, participant, theme):
    group = GroupFactory(workshop=theme.workshop, singular="scholar")
    for person in [participant, *(ParticipantFactory(workshop=theme.workshop) for _ in range(4))]:
        person.memberships.create(workshop=theme.workshop, group=group, axis=group.axis)
    theme.workshop.participants.update(consented_at=timezone.now())
    assert "Shown as “a scholar”" in page_of(reader, theme)
    assert reader.post(url(theme, "comment"), {"text": "Keep “to hold”."}).status_code == 302
    assert "You</strong>" in page_of(reader, theme)


def test_the_latest_comments_are_shown_and_all_where_somebody_asks_or_answers(team, theme):
    said = [CommentFactory(theme=theme, text=f"said as number {n}.") for n in range(8)]
    page = page_of(team, theme)
    assert 'id="comment-count">8<' in page
    assert "Show 2 earlier comments" in page
    shown = [n for n in range(8) if f"said as number {n}." in page]
    assert shown == [2, 3, 4, 5, 6, 7]
    for whole in (
        page_of(team, theme, comments="all"),
        team.get(on_comment(said[0], "answer")).content.decode(),
    ):
        assert "said as number 0." in whole
        assert "earlier comment" not in whole


def test_others_see_the_group_and_never_the_name(team, browser_of, participant, theme):
    participant.display_name = "Unmistakable Name"
    participant.save()
    CommentFactory(theme=theme, author=participant)
    other = browser_of(ParticipantFactory(workshop=theme.workshop))
    for browser in (team, other):
        page = page_of(browser, theme)
        assert "A participant</strong>" in page
        assert "Unmistakable" not in page


@pytest.mark.parametrize(
    ("rule", "minute", "day"),
    [
        (AttributionRule.ON_RECORD, True, True),
        (AttributionRule.CHATHAM_HOUSE, False, True),
        (AttributionRule.ANONYMOUS, False, False),
    ],
)
def test_the_stricter_the_rule_the_less_a_time_tells(reader, theme, rule, minute, day):
    said = CommentFactory(theme=theme)
    theme.workshop.attribution_rule = rule
    theme.workshop.save()
    page = page_of(reader, theme)
    comments = page[page.index('id="comments"') :]
    assert (f"{said.created_at:%H:%M}" in comments) is minute
    assert (f"{said.created_at:%Y-%m-%d}" in comments) is day


def test_htmx_gets_the_comment_alone(reader, theme):
    answer = reader.post(url(theme, "comment"), {"text": "Fair"}, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in html
    assert f'id="comment-{Comment.objects.get().pk}"' in html


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_comment_that_cannot_be_saved_is_told_and_kept(reader, theme, headers):
    text = "long " * 1_001
    answer = reader.post(url(theme, "comment"), {"text": text}, headers=headers)
    assert answer.status_code == 422
    assert "at most 5,000 characters" in answer.content.decode()
    if headers:
        assert answer["HX-Retarget"] == "#comment-error"
    else:
        assert text in answer.content.decode()
    assert not Comment.objects.exists()


def test_the_team_answers_and_decides_with_the_same_words(team, theme):
    said = CommentFactory(theme=theme)
    team.post(on_comment(said, "answer"), {"text": "Noted", "state": "open", "version": 1})
    assert said.replies.get().text == "Noted"
    declined = {"text": "Nobody held it.", "state": "declined", "version": 1}
    team.post(on_comment(said, "answer"), declined)
    said.refresh_from_db()
    assert (said.state, said.decision) == (CommentState.DECLINED, "Nobody held it.")
    page = page_of(team, theme)
    assert "Nobody held it." in page
    assert "Declined" in page


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    "case",
    [
        ({"text": "", "state": "declined", "version": 1}, 422, "Say why"),
        ({"text": "", "state": "open", "version": 1}, 422, "needs some words"),
        ({"text": "Kept words", "state": "adapted", "version": 1}, 422, "Kept words"),
        ({"text": "Kept words", "state": "accepted", "version": 7}, 409, "Kept words"),
    ],
)
def test_a_refused_answer_stands_open_with_its_words(team, theme, case, headers):
    body, status, words = case
    said = CommentFactory(theme=theme)
    answer = team.post(on_comment(said, "answer"), body, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert f'id="answer-{said.pk}-text"' in page
    said.refresh_from_db()
    assert said.state == CommentState.OPEN


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_form_for_an_answer_stands_below_its_comment_alone(team, reader, theme, headers):
    said, other = CommentFactory(theme=theme), CommentFactory(theme=theme)
    assert "Your answer" not in page_of(team, theme)
    page = team.get(on_comment(said, "answer"), headers=headers).content.decode()
    assert f'id="answer-{said.pk}-text"' in page
    assert f'id="answer-{other.pk}-text"' not in page
    assert 'value="open" checked' in page
    assert "accepted" not in reader.get(on_comment(said, "answer"), headers=HTMX).content.decode()


def test_a_participant_answers_and_does_not_decide(reader, theme):
    said = CommentFactory(theme=theme)
    body = {"text": "So did I", "state": "accepted", "version": 1}
    assert reader.post(on_comment(said, "answer"), body).status_code == 302
    said.refresh_from_db()
    assert (said.state, said.replies.get().text) == (CommentState.OPEN, "So did I")


def test_ones_own_comment_is_mended_on_its_page(reader, participant, team, theme):
    said = CommentFactory(theme=theme, author=participant, text="Scolars")
    address = on_comment(said, "edit_comment")
    assert "Scolars" in reader.get(address).content.decode()
    assert reader.post(address, {"text": "Scholars", "version": 1}).status_code == 302
    said.refresh_from_db()
    assert said.text == "Scholars"
    stale = reader.post(address, {"text": "Mine", "version": 1})
    assert stale.status_code == 409
    assert "Scholars" in stale.content.decode()
    assert "Mine" in stale.content.decode()
    assert reader.post(address, {"text": " ", "version": 2}).status_code == 422
    assert team.get(address).status_code == 403
