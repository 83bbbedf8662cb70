"""A workshop with something of everything, and more of everything on demand."""

import uuid

from django.utils import timezone

from apps.agendas.models import Link
from apps.annotations.models import Annotation, AnnotationComment, Kind
from apps.notes.importing import read_text
from apps.notes.models import ImportDraft, NoteImport
from apps.participants.models import Participant, RosterDraft
from apps.statements.measures.counts import Counts
from apps.statements.models import AnswersFile, AskingPlan, Round, Statement, StatementEvidence
from apps.themes.models import Rearrangement, Suggestion
from apps.workshops.models import Role
from tests.factories import (
    AnnotationFactory,
    CommentFactory,
    EvidenceFactory,
    GroupFactory,
    GuidingQuestionFactory,
    JoinCodeFactory,
    MemoFactory,
    MemoFileFactory,
    MemoVersionFactory,
    NoteFactory,
    OrganisationFactory,
    OutcomeFactory,
    ParticipantFactory,
    PositionFactory,
    ProposalFactory,
    ResearchQuestionFactory,
    SenseFactory,
    SessionFactory,
    StatementFactory,
    TermFactory,
    ThemeFactory,
    ThoughtFactory,
    WorkshopFactory,
)
from tests.factories.asking import asked_again, revealed


class FullWorkshop:
    """Holds the first of each kind of thing, by the names that addresses give them."""

    def __init__(self, **about: object) -> None:
        self.workshop = WorkshopFactory(**about)
        # Participants send thoughts to it, and read along.
        self.session = SessionFactory(
            workshop=self.workshop, is_current=True, takes_thoughts=True, has_feed=True
        )
        self.group = GroupFactory(workshop=self.workshop)
        # As many as it takes for the group to be named.
        ParticipantFactory.create_batch(
            5, workshop=self.workshop, group=self.group, consented_at=timezone.now()
        )
        self.theme = ThemeFactory(workshop=self.workshop, published=True)
        self.memo = MemoFactory(workshop=self.workshop)
        code = JoinCodeFactory(workshop=self.workshop)
        self.people = {
            role: ParticipantFactory(workshop=self.workshop, role=role)
            for role in (Role.OWNER, Role.RAPPORTEUR, Role.PARTICIPANT)
        }
        self.arguments: dict[str, object] = {"slug": self.workshop.slug, "code": code.code}
        self.keys: dict[str, uuid.UUID] = {}
        AskingPlan.objects.create(workshop=self.workshop, takes_proposals=True)
        self.add_one_of_each()

    def add_one_of_each(self) -> None:
        """Add one more of everything that the pages of the workshop list."""
        workshop, theme = self.workshop, self.theme
        author = ParticipantFactory(workshop=workshop, group=self.group)
        ParticipantFactory(workshop=workshop, user=None, admitted_at=None, group=self.group)
        session = SessionFactory(workshop=workshop, takes_thoughts=True, has_feed=True)
        question = GuidingQuestionFactory(workshop=workshop)
        group = GroupFactory(workshop=workshop)
        note = NoteFactory(session=self.session, group=self.group)
        unfiled = NoteFactory(session=self.session, group=self.group)
        suggestion = Suggestion.objects.create(
            workshop=workshop, note=unfiled, theme=theme, likeness=0.5, words=["something"]
        )
        thought = ThoughtFactory(session=self.session, author=author, group=self.group)
        for person in self.people.values():
            ThoughtFactory(session=self.session, author=person, state="set_aside")
        child = ThemeFactory(workshop=workshop, parent=theme, published=True, notes=[note])
        theme.notes.add(note, through_defaults={"workshop": workshop})
        child.questions.add(question)
        comment = self._comments(author)
        annotation = AnnotationFactory(theme=theme, kind=Kind.DIVERGENCE, session=session)
        annotation.holders.add(self.group)
        for position in PositionFactory.create_batch(2, annotation=annotation):
            position.holders.add(self.group)
            EvidenceFactory(annotation=annotation, position=position, note=note)
        evidence = EvidenceFactory(annotation=annotation, note=note)
        about = CommentFactory(theme=theme, author=author)
        AnnotationComment.objects.create(comment=about, annotation=annotation, theme=theme)
        term = TermFactory(workshop=workshop, annotation=annotation)
        SenseFactory(term=term).holders.add(self.group)
        research = ResearchQuestionFactory(workshop=workshop)
        ResearchQuestionFactory(workshop=workshop, parent=research)
        research.origin_themes.add(theme, child)
        research.origin_annotations.add(annotation)
        research.origin_terms.add(term)
        outcome = OutcomeFactory(workshop=workshop)
        outcome.rests_on_themes.add(theme)
        outcome.rests_on_annotations.add(annotation)
        outcome.addressees.add(self.group)
        link = Link.objects.create(
            workshop=workshop, source_annotation=annotation, target_theme=child
        )
        statement, asked, test = self._asked(annotation)
        version = MemoVersionFactory(memo=self.memo, made_by=self.people[Role.RAPPORTEUR])
        file = MemoFileFactory(version=version)
        draft = RosterDraft.objects.create(
            workshop=workshop, made_by=self.people[Role.OWNER], rows=[["Name"], ["Anna Berg"]]
        )
        imported = NoteImport.objects.create(workshop=workshop, format="text", count=1)
        NoteFactory(session=self.session, imported_in=imported)
        text = self._text()
        done = Rearrangement.objects.create(
            workshop=workshop, kind="filed", said="Filed 1 note", made_by=author
        )
        first = {
            "organisation": OrganisationFactory(workshop=workshop),
            "participant": author, "person": author, "draft": draft,
            "session": session, "guiding-question": question, "group": group, "note": note,
            "thought": thought,
            "theme": theme, "suggestion": suggestion, "comment": comment, "rearrangement": done,
            "annotation": annotation,
            "position": annotation.positions.first(), "evidence": evidence, "term": term,
            "import": imported, "text": text, "research-question": research, "outcome": outcome,
            "link": link, "statement": statement, "round": asked, "test": test,
            "file": self.answers_file(),
            "memo": version, "memo-file": file,
        }  # fmt: skip
        for name, thing in first.items():
            self.keys.setdefault(name, thing.pk)

    def _asked(self, annotation: Annotation) -> tuple[Statement, Round, StatementEvidence]:
        """Return a statement that was revealed and is asked again, and tests `annotation`."""
        counts = {self.group: Counts(4, 2, 1), None: Counts(3, 2, 1)}
        statement = revealed(counts, workshop=self.workshop, theme=self.theme)
        again = asked_again(statement)
        StatementFactory(workshop=self.workshop, theme=self.theme)
        self.keys.setdefault("proposal", ProposalFactory(workshop=self.workshop).pk)
        test = StatementEvidence.objects.create(
            workshop=self.workshop, statement=statement, annotation=annotation
        )
        return statement, again, test

    def answers_file(self) -> AnswersFile:
        """Return a file of all answers that was made."""
        return AnswersFile.objects.create(
            workshop=self.workshop,
            snapshot=self.workshop.snapshots.latest("number"),
            kind="table",
            state="ready",
            content=b"PK",
        )

    def _text(self) -> ImportDraft:
        """Return the text that the owner looks at before notes are taken from it."""
        owner = self.people[Role.OWNER]
        text, _ = ImportDraft.objects.get_or_create(
            workshop=self.workshop,
            made_by=owner,
            defaults={"format": "text", "document": read_text("A scholar: one").as_json()},
        )
        return text

    def _comments(self, author: Participant) -> object:
        comment = CommentFactory(theme=self.theme, author=author)
        CommentFactory(theme=self.theme, author=author, reply_to=comment)
        CommentFactory(
            theme=self.theme, author=author, state="accepted", decided_at=timezone.now(),
            decided_by=self.people[Role.RAPPORTEUR],
        )  # fmt: skip
        return comment
