"""What the agenda shows elsewhere."""

import uuid
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.db.models import Model
from django.urls import reverse

from apps.agendas.models import Link, Outcome, ResearchQuestion
from apps.agendas.relations import related_to
from apps.agendas.selectors import (
    outcomes_on_nothing,
    outcomes_visible_to,
    questions_from_nowhere,
    questions_visible_to,
)
from apps.annotations.models import Annotation
from apps.annotations.selectors import Use
from apps.core.contributions import NavEntry, Panel, Step, contribute
from apps.core.holdings import Kept
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.themes.contributions import THEMES
from apps.workshops.models import Phase, Workshop

# What open pages hear of, where the agenda may be read.
AGENDA = "agenda"


@contribute("live:topics", order=60)
def hear(actor: Participant) -> Iterator[str]:
    """Tell those who may read the agenda that it changed."""
    if allowed(actor, "agendas.view", actor.workshop):
        yield AGENDA


@contribute("live:changed", order=60)
def changed(subject: Model, **_: str) -> Iterator[str]:
    """Say that the agenda changed."""
    if isinstance(subject, (ResearchQuestion, Outcome)):
        yield AGENDA
    elif isinstance(subject, Link):
        yield THEMES


@contribute("annotations:related", order=10)
def related(actor: Participant, annotations: list[Annotation]) -> Iterator[dict[uuid.UUID, Panel]]:
    """Show on each finding what it relates to."""
    yield {
        annotation_id: Panel("agendas/related.html", {"related": found})
        for annotation_id, found in related_to(actor, annotations).items()
    }


@contribute("navigation", order=40)
def agenda(actor: Participant) -> Iterator[NavEntry]:
    """Lead to the agenda."""
    yield NavEntry("Agenda", _url(actor), "agenda", questions_visible_to(actor).filter(parent=None))


@contribute("workshops:next", order=50)
def ask_what_to_study(actor: Participant) -> Iterator[Step]:
    """Begin the agenda once the day is over; then say what of it rests on nothing said."""
    if not allowed(actor, "agendas.edit", actor.workshop):
        return
    if actor.workshop.phase == Phase.SYNTHESIS and not questions_visible_to(actor).exists():
        url = reverse("agendas:question-new", args=[actor.workshop.slug])
        yield Step("No research question yet", url, action="Add a research question")
    questions = questions_from_nowhere(actor).count()
    if questions:
        verb = "question comes" if questions == 1 else "questions come"
        yield Step(f"{questions} research {verb} from nowhere", f"{_url(actor)}#questions")
    outcomes = outcomes_on_nothing(actor).count()
    if outcomes:
        verb = "outcome rests" if outcomes == 1 else "outcomes rest"
        yield Step(f"{outcomes} {verb} on nothing said", f"{_url(actor)}#outcomes")


@contribute("annotations:dependants", order=10)
def rests_on(subject: Any) -> Iterator[str]:
    """Name the questions and outcomes that rest on an annotation or a term."""
    questions: list[ResearchQuestion] = list(subject.research_questions.all())
    for question in questions:
        yield f"the research question “{question.text}”"
    if isinstance(subject, Annotation):
        for outcome in subject.outcomes.all():
            yield f"the {outcome.get_kind_display().lower()} “{outcome.text}”"


@contribute("annotations:term-uses", order=10)
def uses(actor: Participant) -> Iterator[Use]:
    """Say in which words questions and outcomes speak, which take terms as settled."""
    for question in questions_visible_to(actor).prefetch_related(None):
        there = partial(_place, actor, f"question-{question.pk}")
        yield Use("research question", question.text, there)
    for outcome in outcomes_visible_to(actor).prefetch_related(None):
        yield Use("outcome", outcome.text, partial(_place, actor, f"outcome-{outcome.pk}"))


@contribute("purge:kept", order=60)
def kept(workshop: Workshop) -> Iterator[Kept]:
    """The agenda stays."""
    yield Kept(
        "research questions and outcomes",
        workshop.research_questions.count() + workshop.outcomes.count(),
        "They are what comes after the day.",
    )


@contribute("history:verbs", order=60)
def told() -> Iterator[dict[str, str]]:
    """Say what was done with research questions and outcomes."""
    yield {
        "research_question.raised": "added the research question {subject}",
        "research_question.revised": "revised the research question {subject}",
        "research_question.moved": "moved the research question {subject} in the order",
        "research_question.withdrawn": "withdrew the research question {subject}",
        "outcome.recorded": "recorded the outcome {subject}",
        "outcome.revised": "revised the outcome {subject}",
        "outcome.moved": "moved the outcome {subject} in the order",
        "outcome.withdrawn": "withdrew the outcome {subject}",
        "link.made": "said that one thing relates to another",
        "link.removed": "took back that one thing relates to another",
    }


@contribute("history:names", order=60)
def names(viewer: Participant, ids: Mapping[str, set[uuid.UUID]]) -> Iterator[dict[uuid.UUID, str]]:
    """Call research questions and outcomes by their words."""
    for model in (ResearchQuestion, Outcome):
        found = model._default_manager.filter(
            workshop=viewer.workshop_id, pk__in=ids.get(model._meta.label_lower, ())
        )
        yield {row.pk: f"“{row}”" for row in found}


def _url(actor: Participant) -> str:
    return reverse("agendas:agenda", args=[actor.workshop.slug])


def _place(actor: Participant, where: str) -> str:
    return f"{_url(actor)}#{where}"
