"""Reading workshops: their phases, their day, their questions, and what to do next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from apps.core.contributions import Step, contributed
from apps.workshops.actors import Actor
from apps.workshops.models import GuidingQuestion, Phase, QuestionOrigin, Session, Workshop

# What happens in each phase, for someone who sees the line of phases for the first time.
MEANING: dict[str, str] = {
    Phase.SETTING_UP: "Sessions, questions and groups",
    Phase.LIVE: "Notes are taken in the room",
    Phase.SYNTHESIS: "Notes become themes and findings",
    Phase.REVIEW: "Participants read and comment",
    Phase.PUBLISHED: "The memo is out",
    Phase.ARCHIVED: "Closed, and kept as it is",
}


@dataclass(frozen=True)
class PhaseLine:
    """A phase of a workshop, in the line of all of them: done, now or later."""

    name: str
    meaning: str
    state: str


def phases_of(workshop: Workshop) -> list[PhaseLine]:
    """Return the workshop's phases in order; the archive only once it is there."""
    order = list(Phase)
    now = order.index(Phase(workshop.phase))
    return [
        PhaseLine(
            name=str(phase.label),
            meaning=MEANING[phase],
            state="done" if place < now else "now" if place == now else "later",
        )
        for place, phase in enumerate(order)
        if phase != Phase.ARCHIVED or workshop.phase == Phase.ARCHIVED
    ]


def phase_after(workshop: Workshop) -> Phase | None:
    """Return the phase that comes next, None after the last."""
    return _beside(workshop, 1)


def phase_before(workshop: Workshop) -> Phase | None:
    """Return the phase that came before, None before the first."""
    return _beside(workshop, -1)


def _beside(workshop: Workshop, distance: int) -> Phase | None:
    order = list(Phase)
    place = order.index(Phase(workshop.phase)) + distance
    return order[place] if 0 <= place < len(order) else None


def sessions_of(workshop: Workshop) -> Any:
    """Return the sessions of the workshop in the order of the day, each with its `note_count`."""
    sessions = Session.objects.filter(workshop=workshop).annotate(note_count=Count("notes"))
    # A model's own ordering doesn't hold for aggregates.
    return sessions.order_by("order", "starts_at")


def questions_with_parts(workshop: Workshop) -> Any:
    """Return the workshop's guiding questions that are no part of another, with their parts."""
    return GuidingQuestion.objects.filter(workshop=workshop, parent=None).prefetch_related("parts")


def guiding_questions_of(workshop: Workshop) -> list[tuple[str, list[GuidingQuestion]]]:
    """Return the guiding questions by origin, framing ones first, each with its parts."""
    questions = list(questions_with_parts(workshop))
    by_origin = [
        ("Asked from the start", [q for q in questions if q.origin == QuestionOrigin.FRAMING]),
        ("Arose in the room", [q for q in questions if q.origin == QuestionOrigin.EMERGENT]),
    ]
    return [(title, found) for title, found in by_origin if found]


def holds_content(workshop: Workshop) -> bool:
    """Say whether anyone has relied on the attribution rule: by being noted down, or by joining."""
    return (
        workshop.notes.exists() or workshop.participants.filter(consented_at__isnull=False).exists()
    )


def steps_for(actor: Actor) -> list[Step]:
    """Return what is done and what is to do in the actor's workshop, as far as it is theirs."""
    return contributed("workshops:next", actor=actor)


def next_step(steps: list[Step]) -> Step | None:
    """Return the first step that is still to do and can be done with one button."""
    return next((step for step in steps if not step.done and step.action), None)
