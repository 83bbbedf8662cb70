"""All that a memo is made of, read at one moment."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from apps.agendas.models import Outcome, ResearchQuestion
from apps.annotations.models import Annotation, Evidence, Term
from apps.annotations.wording import proper_names
from apps.memos.assembling.asked import Asked, read_asked
from apps.memos.models import Memo
from apps.notes.models import Note
from apps.participants.models import Group
from apps.participants.selectors import groups_of
from apps.participants.selectors.attribution import (
    Attribution,
    Everybody,
    PrintedRoster,
    group_labels,
    printed_roster,
)
from apps.themes.models import Comment, Placement, Theme
from apps.themes.selectors import placements
from apps.workshops.models import GuidingQuestion, Organisation, Session, Workshop


@dataclass(frozen=True)
class Unreported:
    """How many sessions with notes aren't reported, and of which notes findings make use."""

    sessions: int
    behind_findings: set[uuid.UUID]


@dataclass(frozen=True)
class Material:
    """A workshop with all that belongs to it, in order. Nothing of it is looked up again.

    Groups that may not be named under the attribution rule are held by nothing: their members
    are participants like all others. How people are printed says `attribution`. Notes of sessions
    that aren't reported aren't here, neither among `notes` nor as evidence; `unreported` counts
    them.
    """

    workshop: Workshop
    memo: Memo
    organisations: list[Organisation]
    sessions: list[Session]
    questions: list[GuidingQuestion]
    groups: list[Group]
    attribution: Attribution
    people: PrintedRoster
    themes: list[Theme]
    sections: Mapping[uuid.UUID, str]
    annotations: list[Annotation]
    terms: list[Term]
    research_questions: list[ResearchQuestion]
    outcomes: list[Outcome]
    notes: list[Note]
    unreported: Unreported
    comments: list[Comment]
    asked: Asked
    # Words that keep their capital in the middle of a sentence.
    names: frozenset[str]

    def printed_in(self, section: str) -> list[tuple[Theme, int]]:
        """Return the themes of `section` in the order of the tree, each with its depth there.

        A theme is nested under its parent only where both stand in the same section.
        """
        found: list[tuple[Theme, int]] = []

        def walk(parent_id: uuid.UUID | None, depth: int) -> None:
            for theme in self.themes:
                if theme.parent_id == parent_id:
                    here = self.sections[theme.pk] == section
                    if here:
                        found.append((theme, depth))
                    walk(theme.pk, depth + 1 if here else depth)

        walk(None, 0)
        return found

    @property
    def printed(self) -> list[Annotation]:
        """The annotations of all themes that are printed."""
        return [a for a in self.annotations if self.sections[a.theme_id] != Placement.OMITTED]


def gather(memo: Memo) -> Material:
    """Read what the memo of a workshop is made of: as many queries for one note as for all."""
    workshop = memo.workshop
    labels = group_labels(workshop)
    groups = [group for group in groups_of(workshop) if group.pk in labels]
    themes = list(Theme.objects.of_workshop(workshop))
    sections = {theme_id: placed.section for theme_id, placed in placements(themes).items()}
    annotations = _annotations(workshop, nameable=Group.objects.filter(pk__in=labels))
    return Material(
        workshop=workshop,
        memo=memo,
        organisations=list(workshop.organisations.all()),
        sessions=list(workshop.sessions.all()),
        questions=list(workshop.guiding_questions.filter(parent=None).prefetch_related("parts")),
        groups=groups,
        attribution=Attribution(Everybody(workshop)),
        people=printed_roster(workshop, groups),
        themes=themes,
        sections=sections,
        annotations=annotations,
        terms=list(
            workshop.terms.prefetch_related(
                "senses", Prefetch("senses__holders", Group.objects.filter(pk__in=labels))
            )
        ),
        research_questions=list(
            workshop.research_questions.prefetch_related(
                "origin_themes", "origin_annotations__theme", "origin_terms"
            )
        ),
        outcomes=list(
            workshop.outcomes.prefetch_related(
                "rests_on_themes",
                "rests_on_annotations__theme",
                Prefetch("addressees", Group.objects.filter(pk__in=labels)),
            )
        ),
        notes=list(
            Note.objects.of_workshop(workshop)
            .standing()
            .filter(session__reported=True)
            .select_related("session")
        ),
        unreported=_unreported(workshop, themes, sections),
        comments=list(
            # What the team says of a draft among itself isn't for print.
            workshop.comments.filter(theme__in=Theme.objects.published(), hidden_at=None)
            .select_related("author", "theme", "about_annotation__annotation")
            .order_by("created_at")
        ),
        asked=read_asked(workshop, annotations),
        names=proper_names(_texts(themes, annotations)),
    )


def _texts(themes: list[Theme], annotations: list[Annotation]) -> Iterator[str]:
    for theme in themes:
        yield theme.summary
    for annotation in annotations:
        yield annotation.claim
        for position in annotation.positions.all():
            yield position.text


def _annotations(workshop: Workshop, *, nameable: QuerySet[Group]) -> list[Annotation]:
    return list(
        workshop.annotations.select_related("theme", "session").prefetch_related(
            Prefetch("holders", nameable),
            "positions",
            Prefetch("positions__holders", nameable),
            Prefetch(
                "evidence",
                Evidence.objects.standing()
                .filter(note__session__reported=True)
                .select_related("note"),
            ),
        )
    )


def _unreported(
    workshop: Workshop, themes: list[Theme], sections: Mapping[uuid.UUID, str]
) -> Unreported:
    notes = Note.objects.of_workshop(workshop).standing().filter(session__reported=False)
    printed = [theme.pk for theme in themes if sections[theme.pk] != Placement.OMITTED]
    behind = Evidence.objects.filter(note__in=notes, annotation__theme__in=printed)
    return Unreported(
        sessions=notes.values("session").distinct().count(),
        behind_findings=set(behind.values_list("note", flat=True)),
    )
