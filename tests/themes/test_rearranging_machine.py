"""Two people file, merge, split, undo, comment and annotate in any order: nothing is lost.

A short run of it belongs to every test run; `make fuzz` tries it at length.
"""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from apps.annotations.models import Annotation
from apps.annotations.services import comment_on_annotation
from apps.core.exceptions import RuleViolation
from apps.notes.models import Note
from apps.participants.models import Participant
from apps.themes.models import Comment, Filing, Rearrangement, RearrangementKind, Theme
from apps.themes.services import (
    add_theme,
    comment_on_theme,
    delete_theme,
    edit_theme,
    merge_themes,
    reparent_theme,
    reply_to_comment,
    shift_theme,
    sort_notes,
    split_theme,
    undo_rearrangement,
)
from apps.themes.services.tree import LEVELS
from apps.workshops.models import Role
from tests.factories import AnnotationFactory, NoteFactory, ParticipantFactory, SessionFactory
from tests.themes.stored import stored

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WHO = st.integers(0, 1)
WHICH = st.integers(0, 1_000)
# As long as the profile says in `make fuzz`; otherwise as long as nobody minds.
SHORT, STEPS = 10, 20


class Sorting(RuleBasedStateMachine):
    """A workshop, two of its team, and a list of all that was ever said in it."""

    @initialize()
    def begin(self) -> None:
        first: Participant = ParticipantFactory(role=Role.RAPPORTEUR)
        second = ParticipantFactory(workshop=first.workshop, role=Role.FACILITATOR)
        self.people, self.workshop = [first, second], first.workshop
        session = SessionFactory(workshop=self.workshop)
        self.notes: list[Note] = [NoteFactory(session=session) for _ in range(6)]
        self.said: set[uuid.UUID] = set()
        self.found: set[uuid.UUID] = set()
        # Notes that stand under a theme until somebody takes them off it.
        self.filed: set[uuid.UUID] = set()
        for title in ("One", "Two", "Three"):
            add_theme(actor=first, title=title)

    @rule(who=WHO, which=WHICH, to=WHICH, away=st.none() | WHICH, undone=st.booleans())
    def sort(self, who: int, which: int, to: int, away: int | None, undone: bool) -> None:
        notes = [note for n, note in enumerate(self.notes) if which & (1 << n)] or self.notes[:1]
        places = [(note, self._theme(away)) for note in notes] if away is not None else []
        given = {"theme": self._theme(to), "away": places}
        if self._do(lambda: sort_notes(actor=self.people[who], notes=notes, **given), undone):
            self.filed |= {note.pk for note in notes}

    @rule(who=WHO, which=WHICH, away=WHICH, undone=st.booleans())
    def take_off(self, who: int, which: int, away: int, undone: bool) -> None:
        note, theme = self.notes[which % len(self.notes)], self._theme(away)
        if self._do(
            lambda: sort_notes(actor=self.people[who], notes=[note], away=[(note, theme)]), undone
        ):
            self.filed.discard(note.pk)

    @rule(who=WHO, which=WHICH, into=WHICH, undone=st.booleans(), deleting=st.booleans())
    def merge(self, who: int, which: int, into: int, undone: bool, deleting: bool) -> None:
        theme, other = self._theme(which), self._theme(into)
        if deleting:
            self._do(lambda: delete_theme(actor=self.people[who], theme=theme, to=other), undone)
        else:
            self._do(lambda: merge_themes(actor=self.people[who], theme=theme, into=other), undone)

    @rule(who=WHO, which=WHICH, notes=WHICH, parts=WHICH, undone=st.booleans())
    def split(self, who: int, which: int, notes: int, parts: int, undone: bool) -> None:
        theme = self._theme(which)
        some = [note for n, note in enumerate(theme.notes.order_by("pk")) if notes & (1 << n)]
        found = [a.pk for n, a in enumerate(theme.annotations.all()) if parts & (1 << n)]
        title = f"Split {which}"
        self._do(
            lambda: split_theme(
                actor=self.people[who], theme=theme, title=title, notes=some, parts=found
            ),
            undone,
        )

    @rule(who=WHO, which=WHICH, under=st.none() | WHICH, undone=st.booleans())
    def arrange(self, who: int, which: int, under: int | None, undone: bool) -> None:
        theme, actor = self._theme(which), self.people[who]
        parent = self._theme(under) if under is not None else None
        self._do(lambda: reparent_theme(actor=actor, theme=theme, parent=parent), undone)

    @rule(who=WHO, which=WHICH, by=st.sampled_from([-1, 1]), undone=st.booleans())
    def shift(self, who: int, which: int, by: int, undone: bool) -> None:
        theme = self._theme(which)
        self._do(lambda: shift_theme(actor=self.people[who], theme=theme, by=by), undone)

    @rule(who=WHO, which=WHICH, title=st.sampled_from("ABC"), undone=st.booleans())
    def rename(self, who: int, which: int, title: str, undone: bool) -> None:
        theme = self._theme(which)
        self._do(lambda: edit_theme(actor=self.people[who], theme=theme, title=title), undone)

    @rule(which=WHICH)
    def annotate(self, which: int) -> None:
        self.found.add(AnnotationFactory(theme=self._theme(which)).pk)

    @rule(who=WHO, which=WHICH)
    def comment(self, who: int, which: int) -> None:
        theme = self._theme(which)
        self.said.add(comment_on_theme(actor=self.people[who], theme=theme, text="So").pk)

    @precondition(lambda self: self.found)
    @rule(who=WHO, which=WHICH)
    def comment_on_finding(self, who: int, which: int) -> None:
        found = Annotation.objects.get(pk=sorted(self.found)[which % len(self.found)])
        comment = comment_on_annotation(actor=self.people[who], annotation=found, text="So")
        self.said.add(comment.pk)

    @precondition(lambda self: self.said)
    @rule(who=WHO, which=WHICH)
    def answer(self, who: int, which: int) -> None:
        comments = Comment.objects.filter(workshop=self.workshop, reply_to=None).order_by("pk")
        comment = comments[which % len(comments)]
        self.said.add(reply_to_comment(actor=self.people[who], comment=comment, text="No").pk)

    @rule(who=WHO, which=WHICH)
    def undo(self, who: int, which: int) -> None:
        waiting = list(self.workshop.rearrangements.filter(undone_at=None))
        if not waiting:
            return
        done = waiting[which % len(waiting)]
        try:
            undo_rearrangement(actor=self.people[who], rearrangement=done)
        except RuleViolation:
            return
        if done.kind == RearrangementKind.FILED:
            made = done.steps.filter(before__isnull=True, model=Filing._meta.label_lower)
            self.filed -= {uuid.UUID(step.after["note_id"]) for step in made}

    @invariant()
    def nothing_is_lost(self) -> None:
        if not hasattr(self, "workshop"):
            return
        connection.check_constraints()
        of_it = {"workshop": self.workshop}
        assert Note.objects.filter(**of_it).count() == len(self.notes)
        assert set(Comment.objects.filter(**of_it).values_list("pk", flat=True)) == self.said
        assert set(Annotation.objects.filter(**of_it).values_list("pk", flat=True)) == self.found
        assert self.filed <= set(Filing.objects.filter(**of_it).values_list("note_id", flat=True))

    @invariant()
    def themes_are_a_tree(self) -> None:
        if not hasattr(self, "workshop"):
            return
        above = dict(Theme.objects.filter(workshop=self.workshop).values_list("pk", "parent_id"))
        for theme in above:
            path = [theme]
            while (parent := above[path[-1]]) is not None:
                path.append(parent)
                assert len(path) <= LEVELS

    def _do(self, action: Callable[[], Any], undone: bool) -> bool:
        """Do it, or be refused; undone at once, everything is as before. Say whether it stands."""
        before = stored(self.workshop)
        last = Rearrangement.objects.filter(workshop=self.workshop).first()
        try:
            action()
        except RuleViolation:
            assert stored(self.workshop) == before
            return False
        done = Rearrangement.objects.filter(workshop=self.workshop).first()
        if not undone or done is None or done == last:
            return True
        assert not undo_rearrangement(actor=self.people[1], rearrangement=done).kept
        assert stored(self.workshop) == before
        return False

    def _theme(self, which: int) -> Theme:
        themes = Theme.objects.filter(workshop=self.workshop).order_by("created_at", "pk")
        found: Theme = themes[which % len(themes)]
        return found


def test_two_who_rearrange_at_will_lose_nothing():
    at_length = settings.get_current_profile_name() == "fuzz"
    how = settings(
        # A failing run is told as it is: to make it shorter takes longer than to read it.
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        max_examples=settings.default.max_examples // 50 if at_length else SHORT,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Sorting, settings=how)
