"""Making themes and putting them in order."""

import threading

import pytest
from django.db import connection

from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.participants.models import Participant
from apps.themes.models import Placement, Theme
from apps.themes.services import (
    add_theme,
    delete_theme,
    edit_theme,
    file_notes,
    place_theme,
    publish_theme,
    reparent_theme,
    shift_theme,
    unpublish_theme,
)
from apps.workshops.models import Phase, Role
from tests.factories import (
    AnnotationFactory,
    CommentFactory,
    GuidingQuestionFactory,
    NoteFactory,
    OutcomeFactory,
    ParticipantFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme(rapporteur):
    return ThemeFactory(workshop=rapporteur.workshop, title="Influence")


def edit(actor, theme, **changes):
    """Edit `theme`, leaving as it is what `changes` doesn't name."""
    values = {
        "title": theme.title,
        "parent": theme.parent,
        "summary": theme.summary,
        "placement": theme.placement,
        "questions": list(theme.questions.all()),
    }
    return edit_theme(actor=actor, theme=theme, **{**values, **changes})


def order_of(workshop):
    return [theme.title for theme in Theme.objects.filter(workshop=workshop, parent=None)]


def test_a_theme_is_added_last_among_those_beside_it(rapporteur, theme):
    ThemeFactory(workshop=rapporteur.workshop, parent=theme, order=999)
    added = add_theme(actor=rapporteur, title="  Legitimacy ")
    under = add_theme(actor=rapporteur, title="Under", parent=theme)
    assert (added.title, added.order) == ("Legitimacy", theme.order + 1)
    assert (under.parent, under.order) == (theme, 1000)
    assert AuditEntry.objects.filter(verb="theme.added").count() == 2


@pytest.mark.parametrize("title", ["", "  ", "\x00", "x" * 201])
def test_a_theme_without_a_fitting_title_is_refused(rapporteur, title):
    with pytest.raises(RuleViolation) as refusal:
        add_theme(actor=rapporteur, title=title)
    assert refusal.value.fields.keys() == {"title"}
    assert not Theme.objects.exists()


def test_what_is_of_another_workshop_cannot_be_parent_or_question(rapporteur, theme):
    with pytest.raises(RuleViolation) as refusal:
        add_theme(actor=rapporteur, title="Under", parent=ThemeFactory())
    assert refusal.value.fields.keys() == {"parent"}
    with pytest.raises(RuleViolation) as refusal:
        edit(rapporteur, theme, questions=[GuidingQuestionFactory()])
    assert refusal.value.fields.keys() == {"questions"}
    assert not theme.questions.exists()


def test_an_edit_counts_the_version_up_once_and_logs_what_changed(rapporteur, theme):
    question = GuidingQuestionFactory(workshop=rapporteur.workshop)
    edited = edit(rapporteur, theme, title="Standing", questions=[question])
    assert (edited.title, edited.version) == ("Standing", 2)
    assert list(edited.questions.all()) == [question]
    entry = AuditEntry.objects.get(verb="theme.edited")
    assert entry.before == {"title": "Influence", "questions": []}
    assert entry.after == {"title": "Standing", "questions": [str(question.pk)]}
    assert edit(rapporteur, edited, questions=[]).version == 3
    assert edit(rapporteur, edited, questions=[]).version == 3


def test_an_edit_of_a_theme_changed_meanwhile_is_a_conflict(rapporteur, theme):
    edit(rapporteur, theme, title="Mine", version=1)
    with pytest.raises(Conflict) as conflict:
        edit(rapporteur, theme, title="Yours", version=1)
    assert conflict.value.current.title == "Mine"


def test_a_summary_that_is_too_long_is_refused(rapporteur, theme):
    with pytest.raises(RuleViolation) as refusal:
        edit(rapporteur, theme, summary="x" * 20_001)
    assert refusal.value.fields.keys() == {"summary"}


def test_no_theme_becomes_its_own_ancestor(rapporteur, theme):
    child = ThemeFactory(workshop=theme.workshop, parent=theme, title="Child")
    grandchild = ThemeFactory(workshop=theme.workshop, parent=child)
    for parent in (theme, child, grandchild):
        for change in (edit, reparent):
            with pytest.raises(RuleViolation) as refusal:
                change(rapporteur, theme, parent=parent)
            assert "under" in str(refusal.value)
            assert refusal.value.fields.keys() == {"parent"}
    theme.refresh_from_db()
    assert (theme.parent, theme.version) == (None, 1)


def reparent(actor, theme, *, parent):
    return reparent_theme(actor=actor, theme=theme, parent=parent)


def test_an_outline_has_four_levels_at_most(rapporteur, theme):
    deepest = theme
    for _ in range(3):
        deepest = add_theme(actor=rapporteur, title="Deeper", parent=deepest)
    with pytest.raises(RuleViolation, match="levels"):
        add_theme(actor=rapporteur, title="Too deep", parent=deepest)
    other = add_theme(actor=rapporteur, title="With one under it")
    add_theme(actor=rapporteur, title="Under it", parent=other)
    with pytest.raises(RuleViolation, match="levels"):
        reparent(rapporteur, other, parent=deepest.parent)


def test_a_theme_moves_with_all_under_it_to_the_end(rapporteur, theme):
    child = ThemeFactory(workshop=theme.workshop, parent=theme)
    goal = ThemeFactory(workshop=theme.workshop)
    ThemeFactory(workshop=theme.workshop, parent=goal, order=7)
    moved = reparent(rapporteur, theme, parent=goal)
    assert (moved.parent, moved.order) == (goal, 8)
    child.refresh_from_db()
    assert child.parent == theme
    assert reparent(rapporteur, moved, parent=None).parent is None


def test_themes_move_up_and_down_among_those_beside_them(rapporteur):
    a, _, c = (ThemeFactory(workshop=rapporteur.workshop, title=t, order=0) for t in "abc")
    shift_theme(actor=rapporteur, theme=c, by=-1)
    assert order_of(rapporteur.workshop) == ["a", "c", "b"]
    shift_theme(actor=rapporteur, theme=a, by=1)
    assert order_of(rapporteur.workshop) == ["c", "a", "b"]
    shift_theme(actor=rapporteur, theme=c, by=-1)
    assert order_of(rapporteur.workshop) == ["c", "a", "b"]
    a.refresh_from_db()
    assert a.version == 1


def test_a_place_in_the_memo_can_be_given_by_hand(rapporteur, theme):
    assert place_theme(actor=rapporteur, theme=theme, placement=Placement.CONTEXT).version == 2
    with pytest.raises(RuleViolation):
        place_theme(actor=rapporteur, theme=theme, placement="elsewhere")


def test_publishing_twice_keeps_the_first_time(rapporteur, theme):
    first = publish_theme(actor=rapporteur, theme=theme).published_at
    assert publish_theme(actor=rapporteur, theme=theme).published_at == first
    assert unpublish_theme(actor=rapporteur, theme=theme).published_at is None


def test_a_theme_that_holds_something_stays_and_says_what(rapporteur, theme):
    file_notes(
        actor=rapporteur,
        theme=theme,
        notes=[NoteFactory(session__workshop=theme.workshop) for _ in range(2)],
    )
    CommentFactory(theme=theme)
    AnnotationFactory(theme=theme)
    ThemeFactory(workshop=theme.workshop, parent=theme)
    OutcomeFactory(workshop=theme.workshop).rests_on_themes.add(theme)
    with pytest.raises(RuleViolation) as refusal:
        delete_theme(actor=rapporteur, theme=theme)
    for held in ("2 notes", "1 comment", "1 annotation", "1 theme under it", "1 outcome"):
        assert held in str(refusal.value)
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_a_theme_that_holds_nothing_can_be_deleted(rapporteur, theme):
    theme.questions.add(GuidingQuestionFactory(workshop=theme.workshop))
    delete_theme(actor=rapporteur, theme=theme)
    assert not Theme.objects.exists()
    assert AuditEntry.objects.get(verb="theme.deleted").before == {"title": "Influence"}


def verbs(theme):
    """Yield everything that can be done to a theme."""
    return [
        lambda actor: add_theme(actor=actor, title="Mine", parent=theme),
        lambda actor: edit(actor, theme, title="Mine"),
        lambda actor: reparent(actor, theme, parent=None),
        lambda actor: shift_theme(actor=actor, theme=theme, by=1),
        lambda actor: place_theme(actor=actor, theme=theme, placement=Placement.OMITTED),
        lambda actor: publish_theme(actor=actor, theme=theme),
        lambda actor: unpublish_theme(actor=actor, theme=theme),
        lambda actor: delete_theme(actor=actor, theme=theme),
    ]


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_people_outside_the_team_change_no_theme(role, theme):
    outsider = ParticipantFactory(workshop=theme.workshop, role=role)
    for verb in verbs(theme):
        with pytest.raises(NotPermitted):
            verb(outsider)


def test_the_team_of_another_workshop_changes_no_theme_here(theme):
    stranger = ParticipantFactory(role=Role.OWNER)
    for verb in verbs(theme)[1:]:
        with pytest.raises(NotPermitted):
            verb(stranger)
    with pytest.raises(RuleViolation):
        verbs(theme)[0](stranger)


def test_nothing_changes_once_the_workshop_is_published(rapporteur, theme):
    rapporteur.workshop.phase = Phase.PUBLISHED
    for verb in verbs(theme):
        with pytest.raises(NotPermitted):
            verb(rapporteur)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_put_themes_under_one_another_at_once_make_no_circle():
    rapporteur = ParticipantFactory(role=Role.RAPPORTEUR)
    one, other = (ThemeFactory(workshop=rapporteur.workshop) for _ in range(2))
    ready, refusals = threading.Barrier(2), []

    def put(theme, parent):
        actor = Participant.objects.select_related("workshop").get(pk=rapporteur.pk)
        ready.wait()
        try:
            reparent_theme(actor=actor, theme=theme, parent=parent)
        except RuleViolation as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=put, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 1
    assert Theme.objects.filter(parent=None).count() == 1
