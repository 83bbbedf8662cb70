"""Merging, splitting, renaming, deleting, filing: nothing is lost, and all can be undone."""

import pytest
from django.db import DatabaseError, connection, transaction

from apps.agendas.models import Link
from apps.annotations.models import AnnotationComment
from apps.annotations.services import comment_on_annotation
from apps.core.exceptions import NotPermitted, RuleViolation
from apps.notes.services import redact_note
from apps.participants.services import forget_person, purge_now
from apps.themes.models import Descent, Filing, Lineage, Rearrangement, Step, Theme
from apps.themes.services import (
    comment_on_theme,
    delete_theme,
    edit_theme,
    file_notes,
    merge_themes,
    reparent_theme,
    reply_to_comment,
    shift_theme,
    sort_notes,
    split_theme,
    undo_rearrangement,
)
from apps.themes.services.outline import SUMMARY_LIMIT
from apps.workshops.models import Phase, Role
from tests.factories import (
    AnnotationFactory,
    CommentFactory,
    GuidingQuestionFactory,
    NoteFactory,
    OutcomeFactory,
    ParticipantFactory,
    ResearchQuestionFactory,
    SessionFactory,
    ThemeFactory,
)
from tests.themes.stored import stored

pytestmark = pytest.mark.django_db


class World:
    """A workshop with two themes that hold something of everything."""

    def __init__(self, actor):
        self.actor, self.workshop = actor, actor.workshop
        self.session = SessionFactory(workshop=self.workshop)
        self.notes = [NoteFactory(session=self.session) for _ in range(4)]
        self.one = self.theme("One", self.notes[:3])
        self.other = self.theme("Other", self.notes[2:])
        far = ThemeFactory(workshop=self.workshop, title="Far")
        for source, target in ((self.one, self.other), (far, self.one), (far, self.other)):
            self.link(source, target)
        self.link(self.one, far)

    def link(self, source, target):
        Link.objects.create(workshop=self.workshop, source_theme=source, target_theme=target)

    def theme(self, title, notes):
        theme = ThemeFactory(workshop=self.workshop, title=title, summary=f"{title}, summed up")
        file_notes(actor=self.actor, theme=theme, notes=notes)
        annotation = AnnotationFactory(theme=theme)
        comment_on_annotation(actor=self.actor, annotation=annotation, text=f"On {title}")
        reply_to_comment(
            actor=self.actor, comment=CommentFactory(theme=theme, author=self.actor), text="So?"
        )
        theme.questions.add(GuidingQuestionFactory(workshop=self.workshop))
        ResearchQuestionFactory(workshop=self.workshop).origin_themes.add(theme)
        OutcomeFactory(workshop=self.workshop).rests_on_themes.add(theme)
        ThemeFactory(workshop=self.workshop, parent=theme, title=f"Under {title}")
        return theme

    def places(self, notes):
        return [(note, self.one) for note in notes]

    def stored(self):
        return stored(self.workshop)

    def undo(self, rearrangement=None):
        rearrangement = rearrangement or Rearrangement.objects.latest("created_at")
        return undo_rearrangement(actor=self.actor, rearrangement=rearrangement)


@pytest.fixture
def world(rapporteur):
    return World(rapporteur)


ACTIONS = {
    "merge": lambda w: merge_themes(actor=w.actor, theme=w.one, into=w.other),
    "merge into what stands under it": lambda w: merge_themes(
        actor=w.actor, theme=w.one, into=w.one.children.get()
    ),
    "split": lambda w: split_theme(
        actor=w.actor, theme=w.one, title="New", notes=w.notes[:2],
        parts=[w.one.annotations.get().pk],
    ),
    "delete": lambda w: delete_theme(actor=w.actor, theme=w.one, to=w.other),
    "rename": lambda w: edit_theme(actor=w.actor, theme=w.one, title="Renamed", questions=[]),
    "put under": lambda w: reparent_theme(actor=w.actor, theme=w.one, parent=w.other),
    "put before": lambda w: reparent_theme(
        actor=w.actor, theme=w.other, parent=None, before=w.one
    ),
    "shift": lambda w: shift_theme(actor=w.actor, theme=w.one, by=1),
    "file": lambda w: sort_notes(actor=w.actor, notes=w.notes, theme=w.other),
    "file anew": lambda w: sort_notes(actor=w.actor, notes=w.notes, title="New"),
    "move": lambda w: sort_notes(
        actor=w.actor, notes=w.notes, theme=w.other, away=w.places(w.notes)
    ),
    "take off": lambda w: sort_notes(actor=w.actor, notes=w.notes, away=w.places(w.notes)),
}  # fmt: skip


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_undoing_restores_every_row_exactly(world, action):
    before = world.stored()
    action(world)
    assert world.stored() != before
    done = Rearrangement.objects.get()
    assert not world.undo(done).kept
    assert world.stored() == before
    connection.check_constraints()
    assert world.undo(done).rearrangement.undone_by == world.actor
    assert world.stored() == before


def test_summaries_that_are_too_long_together_keep_themes_apart(world):
    long = "x" * (SUMMARY_LIMIT - 5)
    Theme.objects.filter(pk=world.other.pk).update(summary=long)
    with pytest.raises(RuleViolation, match="Shorten one of them first"):
        merge_themes(actor=world.actor, theme=world.one, into=world.other)
    assert Theme.objects.get(pk=world.one.pk).summary == "One, summed up"


def test_a_merged_theme_leaves_all_it_held_to_the_other(world):
    annotations = set(world.one.annotations.all()) | set(world.other.annotations.all())
    merge_themes(actor=world.actor, theme=world.one, into=world.other)
    connection.check_constraints()
    other = Theme.objects.get(pk=world.other.pk)
    assert not Theme.objects.filter(pk=world.one.pk).exists()
    assert set(other.notes.all()) == set(world.notes)
    assert other.filings.count() == 4
    assert set(other.annotations.all()) == annotations
    assert other.comments.count() == 6
    assert AnnotationComment.objects.filter(theme=other).count() == 2
    assert (other.questions.count(), other.research_questions.count()) == (2, 2)
    assert other.outcomes.count() == 2
    # What led from one to the other leads nowhere any more; what led twice to the same leads once.
    assert (other.links_from.count(), other.links_to.count()) == (1, 1)
    assert {child.title for child in other.children.all()} == {"Under One", "Under Other"}
    assert other.summary == "Other, summed up\n\nOne, summed up"
    orders = [annotation.order for annotation in other.annotations.all()]
    assert len(set(orders)) == 2


def test_what_became_of_a_theme_stays_known_through_several_merges(world):
    third = ThemeFactory(workshop=world.workshop, title="Third")
    merge_themes(actor=world.actor, theme=world.one, into=world.other)
    merge_themes(actor=world.actor, theme=world.other, into=third)
    found = Lineage.objects.filter(into=third).values_list("source_title", "how")
    assert list(found) == [("One", Descent.MERGED), ("Other", Descent.MERGED)]


def test_a_split_theme_takes_along_what_is_said_of_its_findings(world):
    annotation = world.one.annotations.get()
    new = split_theme(
        actor=world.actor, theme=world.one, title=" Apart ", parts=[annotation.pk],
        notes=world.notes[:1],
    )  # fmt: skip
    connection.check_constraints()
    assert (new.title, new.parent) == ("Apart", None)
    assert list(new.notes.all()) == world.notes[:1]
    assert [comment.text for comment in new.comments.all()] == ["On One"]
    assert set(world.one.notes.all()) == set(world.notes[1:3])
    assert Lineage.objects.get(into=new).source_id == world.one.pk


def test_a_new_theme_is_as_published_as_the_one_it_is_split_off(rapporteur):
    theme = ThemeFactory(workshop=rapporteur.workshop, published=True)
    part = AnnotationFactory(theme=theme)
    new = split_theme(actor=rapporteur, theme=theme, title="New", parts=[part.pk])
    assert new.published_at == theme.published_at


def test_what_others_do_before_it_is_undone_stays(world):
    colleague = ParticipantFactory(workshop=world.workshop, role=Role.FACILITATOR)
    comment = world.one.comments.get(text="So?").reply_to
    merged = merge_themes(actor=world.actor, theme=world.one, into=world.other)
    other = Theme.objects.get(pk=world.other.pk)
    late = NoteFactory(session=world.session)
    file_notes(actor=colleague, theme=other, notes=[late])
    comment_on_theme(actor=colleague, theme=other, text="Meanwhile")
    comment.refresh_from_db()
    reply_to_comment(actor=colleague, comment=comment, text="An answer meanwhile")
    world.undo(merged)
    connection.check_constraints()
    one = Theme.objects.get(pk=world.one.pk)
    assert late in other.notes.all()
    assert other.comments.filter(text="Meanwhile").exists()
    assert one.comments.filter(text="An answer meanwhile").exists()
    assert set(one.notes.all()) == set(world.notes[:3])


def test_a_new_theme_in_which_others_work_stays_when_its_split_is_undone(world):
    new = split_theme(actor=world.actor, theme=world.one, title="New", notes=world.notes[:1])
    comment_on_theme(actor=world.actor, theme=new, text="Here")
    assert world.undo().kept
    assert [comment.text for comment in new.comments.all()] == ["Here"]
    assert not new.notes.exists()
    assert set(world.one.notes.all()) == set(world.notes[:3])


def test_a_title_that_somebody_changed_since_stays(world):
    edit_theme(actor=world.actor, theme=world.one, title="Mine", summary="Also mine")
    first = Rearrangement.objects.get()
    edit_theme(actor=world.actor, theme=world.one, title="Theirs")
    assert world.undo(first).kept
    one = Theme.objects.get(pk=world.one.pk)
    assert (one.title, one.summary) == ("Theirs", "One, summed up")


def test_what_came_after_has_to_be_undone_first_where_it_matters(world):
    third = ThemeFactory(workshop=world.workshop)
    before = world.stored()
    first = merge_themes(actor=world.actor, theme=world.one, into=world.other)
    second = merge_themes(actor=world.actor, theme=world.other, into=third)
    with pytest.raises(RuleViolation, match="Undo first"):
        world.undo(first)
    world.undo(second)
    world.undo(first)
    assert world.stored() == before


def test_a_theme_comes_back_to_the_top_where_its_place_is_too_deep_by_now(rapporteur):
    above, top = (ThemeFactory(workshop=rapporteur.workshop) for _ in range(2))
    under = ThemeFactory(workshop=rapporteur.workshop, parent=above)
    deep = ThemeFactory(
        workshop=rapporteur.workshop, parent=ThemeFactory(workshop=top.workshop, parent=top)
    )
    merged = merge_themes(actor=rapporteur, theme=under, into=top)
    reparent_theme(actor=rapporteur, theme=above, parent=deep)
    assert undo_rearrangement(actor=rapporteur, rearrangement=merged).kept
    assert Theme.objects.get(pk=under.pk).parent is None


@pytest.mark.parametrize("merge", [True, False])
def test_a_theme_goes_neither_into_itself_nor_into_another_workshop(world, merge):
    for into in (world.one, ThemeFactory()):
        given = {"into" if merge else "to": into}
        with pytest.raises(RuleViolation) as refusal:
            (merge_themes if merge else delete_theme)(actor=world.actor, theme=world.one, **given)
        assert refusal.value.fields.keys() == given.keys()
    assert not Rearrangement.objects.exists()


def test_what_is_not_on_the_theme_cannot_be_split_off_it(world):
    for chosen in (
        {"notes": world.notes[3:]},
        {"parts": [world.other.annotations.get().pk]},
        {"notes": [NoteFactory()]},
        {},
    ):
        with pytest.raises(RuleViolation):
            split_theme(actor=world.actor, theme=world.one, title="New", **chosen)
    assert Theme.objects.filter(title="New").count() == 0


def test_only_the_team_rearranges_and_only_while_it_is_open(world):
    sort_notes(actor=world.actor, notes=world.notes, theme=world.other)
    done = Rearrangement.objects.get()
    before = world.stored()
    people = [
        ParticipantFactory(workshop=world.workshop),
        ParticipantFactory(workshop=world.workshop, role=Role.OBSERVER),
        ParticipantFactory(role=Role.OWNER),
    ]
    world.workshop.phase = Phase.ARCHIVED
    world.workshop.save()
    for person in [*people, world.actor]:
        as_them = World.__new__(World)
        as_them.__dict__ = {**world.__dict__, "actor": person}
        for action in ACTIONS.values():
            with pytest.raises((NotPermitted, RuleViolation)):
                action(as_them)
        with pytest.raises((NotPermitted, Rearrangement.DoesNotExist)):
            undo_rearrangement(actor=person, rearrangement=done)
    assert world.stored() == before


def test_filing_names_nobody_and_no_note_in_what_it_keeps(world):
    sort_notes(actor=world.actor, notes=world.notes, away=world.places(world.notes))
    kept = " ".join(str(step.before) + str(step.after) for step in Step.objects.all())
    assert str(world.actor.pk) not in kept
    assert Step.objects.filter(person=world.actor).count() == 3


def test_a_redacted_note_is_in_nothing_that_can_be_undone(world):
    sort_notes(actor=world.actor, notes=world.notes, away=world.places(world.notes))
    redact_note(actor=world.actor, note=world.notes[0], reason="It named somebody")
    assert not Step.objects.filter(note=world.notes[0]).exists()
    world.undo()
    assert set(world.one.notes.all()) == set(world.notes[1:3])


def test_who_rearranged_is_forgotten_with_them(world):
    sort_notes(actor=world.actor, notes=world.notes, away=world.places(world.notes))
    world.undo()
    owner = ParticipantFactory(workshop=world.workshop, role=Role.OWNER)
    forget_person(actor=owner, participant=world.actor)
    done = Rearrangement.objects.get()
    assert (done.made_by, done.undone_by) == (None, None)
    assert not Step.objects.filter(person__isnull=False).exists()


def test_nothing_can_be_undone_once_what_is_personal_is_deleted(world):
    sort_notes(actor=world.actor, notes=world.notes, away=world.places(world.notes))
    owner = ParticipantFactory(workshop=world.workshop, role=Role.OWNER)
    purge_now(actor=owner, title=world.workshop.title)
    assert not Step.objects.exists()
    assert not Rearrangement.objects.exists()


def test_the_database_lets_no_theme_stand_under_itself(world):
    child = world.one.children.get()
    Theme.objects.filter(pk=world.one.pk).update(parent=child)
    with pytest.raises(DatabaseError, match="under itself"), transaction.atomic():
        connection.check_constraints()
    Theme.objects.filter(pk=world.one.pk).update(parent=None)


def test_a_note_goes_from_one_theme_to_another_with_who_filed_it(world):
    filing = Filing.objects.get(theme=world.one, note=world.notes[0])
    sort_notes(
        actor=world.actor, notes=world.notes[:1], theme=world.other, away=world.places(world.notes)
    )
    assert Filing.objects.get(pk=filing.pk).theme == world.other
