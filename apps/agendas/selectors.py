"""Reading the agenda: visibility is decided here and nowhere else."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from apps.agendas.models import Outcome, OutcomeKind, ResearchQuestion
from apps.annotations.models import Annotation, Term
from apps.annotations.selectors import annotations_visible_to, terms_visible_to
from apps.annotations.wording import joined
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.participants.selectors import groups_shown_to
from apps.themes.models import Theme
from apps.themes.selectors import themes_visible_to
from apps.workshops.models import Workshop

# The parts of the page in their order: what they are called, and the kinds that stand in them.
SECTIONS: list[tuple[str, tuple[str, ...]]] = [
    ("Key takeaways", (OutcomeKind.TAKEAWAY, OutcomeKind.RECOMMENDATION)),
    ("Actions", (OutcomeKind.ACTION,)),
    ("Not agreed", (OutcomeKind.NOT_AGREED,)),
    ("Out of scope", (OutcomeKind.OUT_OF_SCOPE,)),
    ("Not covered", (OutcomeKind.NOT_COVERED,)),
    ("Next event", (OutcomeKind.NEXT_EVENT,)),
]
# What should rest on what was said. That a thing was left out rests on nothing by its nature.
CLAIMS = (
    OutcomeKind.TAKEAWAY,
    OutcomeKind.RECOMMENDATION,
    OutcomeKind.ACTION,
    OutcomeKind.NOT_AGREED,
)


@dataclass(frozen=True)
class Origins:
    """What something rests on. `themes` hold also those that the annotations stand on."""

    themes: tuple[Theme, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.themes or self.annotations or self.terms)

    @property
    def findings(self) -> list[tuple[Annotation, str]]:
        """The annotations, each with its kind as the name of its shape."""
        return [(each, each.kind.replace("_", "-")) for each in self.annotations]

    def beyond(self, others: "Origins") -> "Origins":
        """Return those that aren't among `others`."""
        return Origins(
            themes=tuple(each for each in self.themes if each not in others.themes),
            annotations=tuple(each for each in self.annotations if each not in others.annotations),
            terms=tuple(each for each in self.terms if each not in others.terms),
        )


@dataclass(frozen=True)
class AgendaQuestion:
    """A research question with where it comes from, and its parts and examples.

    A part's `origins` are those that it has beyond its question's.
    """

    question: ResearchQuestion
    origins: Origins
    parts: tuple["AgendaQuestion", ...] = ()


@dataclass(frozen=True)
class AgendaOutcome:
    """An outcome with what it rests on, and to whom it is addressed: "scholars and donors"."""

    outcome: Outcome
    rests_on: Origins
    addressed_to: str


@dataclass(frozen=True)
class OutcomeSection:
    """The outcomes that stand under one heading."""

    title: str
    outcomes: tuple[AgendaOutcome, ...]


@dataclass(frozen=True)
class Agenda:
    """What to study next, and what the day came to."""

    questions: tuple[AgendaQuestion, ...]
    outcomes: tuple[AgendaOutcome, ...]

    @property
    def sections(self) -> list[OutcomeSection]:
        """The outcomes under their headings; a heading without any is left out."""
        found = [
            OutcomeSection(
                title, tuple(each for each in self.outcomes if each.outcome.kind in kinds)
            )
            for title, kinds in SECTIONS
        ]
        return [section for section in found if section.outcomes]


def questions_visible_to(actor: Participant) -> QuerySet[ResearchQuestion]:
    """Return the research questions that `actor` may read, parts among them, in order.

    What they come from is loaded with them, as far as the actor may read it.
    """
    questions = ResearchQuestion.objects.filter(workshop=actor.workshop_id)
    if not allowed(actor, "agendas.view", actor.workshop):
        questions = questions.none()
    return questions.prefetch_related(
        Prefetch("origin_themes", themes_visible_to(actor)),
        Prefetch("origin_annotations", annotations_visible_to(actor)),
        Prefetch("origin_terms", terms_visible_to(actor)),
    )


def outcomes_visible_to(actor: Participant) -> QuerySet[Outcome]:
    """Return the outcomes that `actor` may read, in order, with what they rest on; see above."""
    outcomes = Outcome.objects.filter(workshop=actor.workshop_id)
    if not allowed(actor, "agendas.view", actor.workshop):
        outcomes = outcomes.none()
    return outcomes.prefetch_related(
        Prefetch("listed_under", themes_visible_to(actor)),
        Prefetch("rests_on_themes", themes_visible_to(actor)),
        Prefetch("rests_on_annotations", annotations_visible_to(actor)),
        Prefetch("addressees", groups_shown_to(actor)),
    )


def agenda_visible_to(actor: Participant) -> Agenda:
    """Return the agenda as `actor` may read it: the same number of queries however long it is."""
    return _agenda(questions_visible_to(actor), outcomes_visible_to(actor))


def agenda_of(workshop: Workshop) -> Agenda:
    """Return the whole agenda of `workshop`, whoever asks: for documents, not for pages."""
    questions = workshop.research_questions.prefetch_related(
        "origin_themes", "origin_annotations__theme", "origin_terms"
    )
    outcomes = workshop.outcomes.prefetch_related(
        "rests_on_themes", "rests_on_annotations__theme", "addressees"
    )
    return _agenda(questions, outcomes)


def questions_from_nowhere(actor: Participant) -> QuerySet[ResearchQuestion]:
    """Return the questions, parts aside, that no theme, annotation or term led to."""
    return ResearchQuestion.objects.filter(
        workshop=actor.workshop_id,
        parent=None,
        origin_themes=None,
        origin_annotations=None,
        origin_terms=None,
    )


def outcomes_on_nothing(actor: Participant) -> QuerySet[Outcome]:
    """Return the outcomes that claim something and rest on no theme or annotation."""
    return Outcome.objects.filter(
        workshop=actor.workshop_id,
        kind__in=CLAIMS,
        rests_on_themes=None,
        rests_on_annotations=None,
    )


def beside(outcome: Outcome) -> QuerySet[Outcome]:
    """Return the outcomes that stand under the same heading as `outcome`, in order."""
    kinds = next(kinds for _, kinds in SECTIONS if outcome.kind in kinds)
    return Outcome.objects.filter(workshop=outcome.workshop_id, kind__in=kinds)


def _agenda(questions: Iterable[ResearchQuestion], outcomes: Iterable[Outcome]) -> Agenda:
    by_parent: dict[uuid.UUID | None, list[ResearchQuestion]] = {}
    for question in questions:
        by_parent.setdefault(question.parent_id, []).append(question)
    return Agenda(
        questions=tuple(
            _question(question, by_parent.get(question.pk, []))
            for question in by_parent.get(None, [])
        ),
        outcomes=tuple(
            AgendaOutcome(
                outcome=outcome,
                rests_on=_origins(
                    outcome.rests_on_themes.all(), outcome.rests_on_annotations.all()
                ),
                addressed_to=_addressed_to(outcome),
            )
            for outcome in outcomes
        ),
    )


def _question(question: ResearchQuestion, parts: Iterable[ResearchQuestion]) -> AgendaQuestion:
    origins = _origins_of(question)
    return AgendaQuestion(
        question=question,
        origins=origins,
        parts=tuple(AgendaQuestion(part, _origins_of(part).beyond(origins)) for part in parts),
    )


def _origins_of(question: ResearchQuestion) -> Origins:
    return _origins(
        question.origin_themes.all(), question.origin_annotations.all(), question.origin_terms.all()
    )


def _origins(
    themes: Iterable[Theme], annotations: Iterable[Annotation], terms: Iterable[Term] = ()
) -> Origins:
    rows = tuple(annotations)
    # A dictionary keeps the order, and each of them once.
    of_rows: dict[Any, None] = dict.fromkeys([*themes, *(row.theme for row in rows)])
    return Origins(themes=tuple(of_rows), annotations=rows, terms=tuple(terms))


def _addressed_to(outcome: Outcome) -> str:
    groups = [group.plural for group in outcome.addressees.all()]
    return joined([*groups, *([outcome.addressee] if outcome.addressee else [])])
