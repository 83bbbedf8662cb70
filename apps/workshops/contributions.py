"""What this app shows on the pages inside a workshop."""

import uuid
from collections.abc import Iterator, Mapping

from django.urls import reverse

from apps.core.contributions import NavEntry, Step, contribute
from apps.core.holdings import Kept
from apps.core.permissions import allowed
from apps.workshops.actors import Actor
from apps.workshops.models import GuidingQuestion, Phase, Session, Workshop
from apps.workshops.selectors import phase_after, questions_with_parts


@contribute("navigation", order=10)
def overview(actor: Actor) -> Iterator[NavEntry]:
    """Lead to the overview."""
    url = reverse("workshops:overview", args=[actor.workshop.slug])
    yield NavEntry("Overview", url, "overview")


@contribute("workshops:next", order=10)
def questions_are_asked(actor: Actor) -> Iterator[Step]:
    """Ask the owner for the questions that guide the day."""
    if not allowed(actor, "workshops.set_up", actor.workshop):
        return
    url = f"{reverse('workshops:setup', args=[actor.workshop.slug])}#questions"
    if questions_with_parts(actor.workshop).exists():
        yield Step("The guiding questions are there", url, done=True)
    else:
        action = "Add the guiding questions" if actor.workshop.phase == Phase.SETTING_UP else ""
        yield Step("No guiding questions yet", url, action=action)


@contribute("workshops:next", order=90)
def phase_moves_on(actor: Actor) -> Iterator[Step]:
    """Lead those who may to the next phase, after all else; nobody must archive anything."""
    phase = phase_after(actor.workshop)
    if phase in {None, Phase.ARCHIVED}:
        return
    if phase and allowed(actor, "workshops.move_phase", actor.workshop):
        url = f"{reverse('workshops:overview', args=[actor.workshop.slug])}#phase"
        yield Step(f"Then go on to “{phase.label}”", url, action=f"Go on to “{phase.label}”")


@contribute("history:verbs", order=10)
def told() -> Iterator[dict[str, str]]:
    """Say what was done with the workshop, its sessions and its questions."""
    yield {
        "workshop.started": "started the workshop",
        "workshop.changed": "changed the basics",
        "workshop.phase_moved": "moved the workshop to another phase",
        "workshop.deletion_date_changed": "changed the day of deletion",
        "workshop.purged": "deleted what is personal",
        "workshop.loaded": "loaded the workshop",
        "session.added": "added the session {subject}",
        "session.changed": "changed the session {subject}",
        "guiding_question.added": "added the guiding question {subject}",
        "guiding_question.changed": "changed the guiding question {subject}",
    }


@contribute("history:names", order=10)
def names(viewer: Actor, ids: Mapping[str, set[uuid.UUID]]) -> Iterator[dict[uuid.UUID, str]]:
    """Call sessions and questions by their words."""
    for model in (Session, GuidingQuestion):
        found = model._default_manager.filter(
            workshop=viewer.workshop_id, pk__in=ids.get(model._meta.label_lower, ())
        )
        yield {row.pk: f"“{row}”" for row in found}


@contribute("purge:kept", order=10)
def kept(workshop: Workshop) -> Iterator[Kept]:
    """The day itself stays."""
    yield Kept(
        "sessions and guiding questions",
        workshop.sessions.count() + workshop.guiding_questions.count(),
        "They say what the day was about.",
    )
