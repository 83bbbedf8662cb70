"""Makes whatever a test needs, with no more said than matters to it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from apps.accounts.models import User
from apps.agendas.models import Outcome, ResearchQuestion
from apps.annotations.models import Annotation, Basis, Evidence, Kind, Position, Sense, Term
from apps.memos.models import Memo, MemoFile, MemoVersion
from apps.notes.models import Note, NoteCounter, Thought
from apps.participants.models import Group, GroupMembership, JoinCode, Participant
from apps.participants.selectors.attribution import group_to_keep
from apps.statements.models import Proposal, Round, Statement, Wording
from apps.themes.models import Comment, Filing, Theme
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import (
    GuidingQuestion,
    Organisation,
    OrganisationRole,
    Phase,
    Role,
    Session,
    Workshop,
)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password("a good long password")


class WorkshopFactory(DjangoModelFactory[Workshop]):
    class Meta:
        model = Workshop

    slug = factory.Sequence(lambda n: f"workshop-{n}")
    title = factory.Sequence(lambda n: f"Workshop {n}")
    starts_on = date(2026, 5, 13)
    ends_on = date(2026, 5, 13)
    number_present = 12
    phase = Phase.SYNTHESIS


class GroupFactory(DjangoModelFactory[Group]):
    class Meta:
        model = Group

    workshop = factory.SubFactory(WorkshopFactory)
    singular = factory.Sequence(lambda n: f"scholar{n}")
    plural = factory.LazyAttribute(lambda group: f"{group.singular}s")


class ParticipantFactory(DjangoModelFactory[Participant]):
    """A participant with an account; `role=…` for the team, `user=None` for none,
    `group=…` for a member of a group.
    """

    class Meta:
        model = Participant
        skip_postgeneration_save = True

    workshop = factory.SubFactory(WorkshopFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.PARTICIPANT
    display_name = factory.Sequence(lambda n: f"Participant {n}")

    @factory.post_generation
    def group(self: Any, create: bool, group: Group | None, **_: Any) -> None:
        if group is not None and keeps_groups(group.workshop):
            GroupMembership.objects.create(
                workshop=group.workshop, participant=self, group=group, axis=group.axis
            )


class SessionFactory(DjangoModelFactory[Session]):
    class Meta:
        model = Session

    workshop = factory.SubFactory(WorkshopFactory)
    title = factory.Sequence(lambda n: f"Session {n}")
    order = factory.Sequence(int)


class GuidingQuestionFactory(DjangoModelFactory[GuidingQuestion]):
    class Meta:
        model = GuidingQuestion

    workshop = factory.SubFactory(WorkshopFactory)
    text = factory.Sequence(lambda n: f"What about {n}?")


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    workshop = factory.SubFactory(WorkshopFactory)
    name = factory.Sequence(lambda n: f"Organisation {n}")
    role = OrganisationRole.HOST
    order = factory.Sequence(int)


class JoinCodeFactory(DjangoModelFactory[JoinCode]):
    class Meta:
        model = JoinCode

    workshop = factory.SubFactory(WorkshopFactory)
    code = factory.Sequence(lambda n: f"K7QM{n:04d}")
    expires_at = factory.LazyFunction(lambda: datetime.now(UTC) + timedelta(days=7))


class NoteFactory(DjangoModelFactory[Note]):
    class Meta:
        model = Note

    workshop = factory.LazyAttribute(lambda note: note.session.workshop)
    session = factory.SubFactory(SessionFactory)
    text = factory.Sequence(lambda n: f"Something said, {n}")

    @factory.lazy_attribute
    def sequence(self: Any) -> int:
        counter, _ = NoteCounter.objects.get_or_create(workshop=self.session.workshop)
        counter.last += 1
        counter.save()
        return counter.last


class ThoughtFactory(DjangoModelFactory[Thought]):
    """A thought that waits; `author=None` for one that leads to nobody."""

    class Meta:
        model = Thought

    workshop = factory.LazyAttribute(lambda thought: thought.session.workshop)
    session = factory.SubFactory(SessionFactory, takes_thoughts=True)
    author = factory.SubFactory(
        ParticipantFactory, workshop=factory.SelfAttribute("..session.workshop")
    )
    text = factory.Sequence(lambda n: f"A thought, {n}")


class ThemeFactory(DjangoModelFactory[Theme]):
    """A theme; `published=True` for one that participants see, `notes=[…]` to file some."""

    class Meta:
        model = Theme
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(published_at=datetime(2026, 5, 14, tzinfo=UTC))

    workshop = factory.SubFactory(WorkshopFactory)
    title = factory.Sequence(lambda n: f"Theme {n}")
    order = factory.Sequence(int)

    @factory.post_generation
    def notes(self: Any, create: bool, notes: list[Note] | None, **_: Any) -> None:
        for note in notes or []:
            Filing.objects.create(workshop=self.workshop, theme=self, note=note)


class CommentFactory(DjangoModelFactory[Comment]):
    class Meta:
        model = Comment

    workshop = factory.LazyAttribute(lambda comment: comment.theme.workshop)
    theme = factory.SubFactory(ThemeFactory)
    author = factory.SubFactory(
        ParticipantFactory, workshop=factory.SelfAttribute("..theme.workshop")
    )
    # As services write it.
    written_as = factory.LazyAttribute(
        lambda comment: comment.author.role if comment.author else Role.PARTICIPANT
    )
    group = factory.LazyAttribute(
        lambda comment: group_to_keep(comment.author) if comment.author else None
    )
    text = factory.Sequence(lambda n: f"A comment, {n}")


class AnnotationFactory(DjangoModelFactory[Annotation]):
    class Meta:
        model = Annotation

    workshop = factory.LazyAttribute(lambda annotation: annotation.theme.workshop)
    theme = factory.SubFactory(ThemeFactory)
    kind = Kind.CONSENSUS
    basis = Basis.SENSE_OF_ROOM
    claim = factory.Sequence(lambda n: f"Claim {n} holds")
    order = factory.Sequence(int)


class PositionFactory(DjangoModelFactory[Position]):
    class Meta:
        model = Position

    workshop = factory.LazyAttribute(lambda position: position.annotation.workshop)
    annotation = factory.SubFactory(AnnotationFactory, kind=Kind.DIVERGENCE)
    label = factory.Sequence(lambda n: f"Side {n}")
    text = factory.Sequence(lambda n: f"What side {n} holds.")
    order = factory.Sequence(int)


class EvidenceFactory(DjangoModelFactory[Evidence]):
    class Meta:
        model = Evidence

    workshop = factory.LazyAttribute(lambda evidence: evidence.annotation.workshop)
    annotation = factory.SubFactory(AnnotationFactory)
    note = factory.SubFactory(
        NoteFactory, session__workshop=factory.SelfAttribute("...annotation.workshop")
    )


class TermFactory(DjangoModelFactory[Term]):
    class Meta:
        model = Term

    workshop = factory.SubFactory(WorkshopFactory)
    name = factory.Sequence(lambda n: f"term {n}")


class SenseFactory(DjangoModelFactory[Sense]):
    class Meta:
        model = Sense

    workshop = factory.LazyAttribute(lambda sense: sense.term.workshop)
    term = factory.SubFactory(TermFactory)
    text = factory.Sequence(lambda n: f"sense {n}")


class ResearchQuestionFactory(DjangoModelFactory[ResearchQuestion]):
    class Meta:
        model = ResearchQuestion

    workshop = factory.SubFactory(WorkshopFactory)
    text = factory.Sequence(lambda n: f"Why {n}?")
    new = True
    order = factory.Sequence(int)


class OutcomeFactory(DjangoModelFactory[Outcome]):
    class Meta:
        model = Outcome

    workshop = factory.SubFactory(WorkshopFactory)
    text = factory.Sequence(lambda n: f"Takeaway {n}")
    new = True
    order = factory.Sequence(int)


class MemoFactory(DjangoModelFactory[Memo]):
    class Meta:
        model = Memo

    workshop = factory.SubFactory(WorkshopFactory)


class MemoVersionFactory(DjangoModelFactory[MemoVersion]):
    class Meta:
        model = MemoVersion

    memo = factory.SubFactory(MemoFactory)
    number = factory.Sequence(lambda n: n + 1)
    content = factory.LazyAttribute(
        lambda version: {
            "schema": "rapporteur/memo-1",
            "title": "A memo",
            "subtitle": "",
            "authors": [],
            "date": "20 May 2026",
            "language": "en",
            "draft": True,
            "version": f"Draft {version.number}",
            "notice": "",
            "made_at": "2026-05-20T10:00:00+00:00",
            "organisation_line": "",
            "blocks": [],
        }
    )
    sha256 = "0" * 64


class MemoFileFactory(DjangoModelFactory[MemoFile]):
    class Meta:
        model = MemoFile

    version = factory.SubFactory(MemoVersionFactory)


class StatementFactory(DjangoModelFactory[Statement]):
    """A statement with its wording and a round that isn't open yet."""

    class Meta:
        model = Statement
        skip_postgeneration_save = True

    workshop = factory.SubFactory(WorkshopFactory)
    text = factory.Sequence(lambda n: f"Number {n} is an end in itself.")
    order = factory.Sequence(int)

    @factory.post_generation
    def asked(self: Any, create: bool, given: Any, **_: Any) -> None:
        wording = Wording.objects.create(
            workshop=self.workshop, statement=self, number=1, text=self.text
        )
        Round.objects.create(
            workshop=self.workshop, statement=self, wording=wording, number=1, scale=self.scale
        )


class ProposalFactory(DjangoModelFactory[Proposal]):
    class Meta:
        model = Proposal

    workshop = factory.SubFactory(WorkshopFactory)
    text = factory.Sequence(lambda n: f"Ask about {n}.")
