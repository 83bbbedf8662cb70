"""Reading workshops: their phases, their day, their questions, and what to do next."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from apps.core.contributions import Step, Task, contributed
from apps.workshops.actors import Actor
from apps.workshops.models import GuidingQuestion, Phase, QuestionOrigin, Session, Workshop
from apps.workshops.phases import ALLOWANCES, MEANING, Allowance

# How long what is personal is usually kept.
MONTHS_KEPT = 6

# Notes that were redacted count for nothing any more, wherever notes are counted by session.
STANDING_NOTES = Count("notes", filter=Q(notes__redacted_at__isnull=True))

# A room to give an example with, where nobody has said how many come.
ROOM = 20


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


def allowances() -> list[Allowance]:
    """Return what the phases allow, in their order."""
    return ALLOWANCES


def before_phase(actor: Actor, phase: Phase | None) -> list[Step]:
    """Return what the apps have to say before the workshop goes on to `phase`.

    A step that is done says what going on does; any other has to be mended first.
    """
    if phase is None:
        return []
    return contributed("workshops:before_phase", actor=actor, phase=phase)


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
    sessions = Session.objects.filter(workshop=workshop).annotate(note_count=STANDING_NOTES)
    # A model's own ordering doesn't hold for aggregates.
    return sessions.order_by("order", "starts_at")


@dataclass(frozen=True)
class Room:
    """Where the room is: `here` and `after` are None before the day begins, and at its end."""

    here: Session | None
    after: Session | None
    others: list[Session]


def room_of(workshop: Workshop) -> Room:
    """Return where the room is, what comes next, and where else it could go.

    What comes next is never one of several parallel sessions: nobody can be in all of them.
    """
    sessions = list(Session.objects.filter(workshop=workshop).select_related("parent"))
    here = next((session for session in sessions if session.is_current), None)
    whole = [session for session in sessions if session.parent_id is None]
    at = here.parent if here is not None and here.parent_id is not None else here
    after = next(iter(whole[whole.index(at) + 1 :] if at is not None else whole), None)
    return Room(here, after, [session for session in sessions if session != here])


def in_order_of_the_day(sessions: list[Session]) -> list[Session]:
    """Return `sessions`, which come in their present order, by the clock.

    One without a time stays behind the one before it, parallel ones behind what they are part of.
    """
    found: list[Session] = []
    for session in _by_the_clock([s for s in sessions if s.parent_id is None]):
        found.append(session)
        found += _by_the_clock([s for s in sessions if s.parent_id == session.pk])
    return found


def _by_the_clock(sessions: list[Session]) -> list[Session]:
    placed: list[tuple[datetime | None, Session]] = []
    clock: datetime | None = None
    for session in sessions:
        clock = session.starts_at or clock
        placed.append((clock, session))
    placed.sort(key=lambda pair: (pair[0] is not None, pair[0]))
    return [session for _, session in placed]


def beside(session: Session) -> Any:
    """Return the sessions among which `session` stands, itself too, in order."""
    siblings = Session.objects.filter(workshop=session.workshop_id, parent=session.parent_id)
    return siblings.order_by("order", "created_at")


def clock_decides(one: Session, other: Session) -> bool:
    """Say whether the clock alone says which of two sessions comes first."""
    return bool(one.starts_at and other.starts_at and one.starts_at != other.starts_at)


def with_ways_to_move(sessions: Iterable[Session]) -> list[tuple[Session, bool, bool]]:
    """Return the sessions of a day, each with whether it can move up, and down, beside others."""
    by_parent: dict[Any, list[Session]] = {}
    for session in (found := list(sessions)):
        by_parent.setdefault(session.parent_id, []).append(session)

    def can_pass(session: Session, by: int) -> bool:
        siblings = by_parent[session.parent_id]
        place = siblings.index(session) + by
        return 0 <= place < len(siblings) and not clock_decides(session, siblings[place])

    return [(session, can_pass(session, -1), can_pass(session, 1)) for session in found]


def why_session_stays(session: Session) -> str:
    """Say why `session` can't be removed; empty if it can."""
    count = session.notes.filter(redacted_at=None).count()
    if count:
        notes = f"{count} notes were" if count > 1 else "One note was"
        return f"{notes} taken in it, so it stays. Nothing that was said is deleted with a session."
    if session.notes.exists():
        return "What was said in it was redacted. That it was stays, and the session with it."
    if session.thoughts.exists():
        return "A participant’s thought waits in it, or was set aside. It isn’t deleted with it."
    if not Session.objects.filter(workshop=session.workshop_id).exclude(pk=session.pk).exists():
        return "It is the only session, and notes are taken in one. Add another first."
    return ""


def untouched_session(workshop: Workshop) -> Session | None:
    """Return the session with which a workshop begins, while nothing was made of it.

    It is the only one, and has neither a time nor notes.
    """
    sessions = list(sessions_of(workshop)[:2])
    only = sessions[0] if len(sessions) == 1 else None
    return only if only and only.starts_at is None and not only.notes.exists() else None


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


def what_goes_with(question: GuidingQuestion) -> str:
    """Say what else is removed when `question` is."""
    parts, themes = question.parts.count(), question.themes.count()
    said = []
    if parts:
        said.append("Its part goes with it." if parts == 1 else f"Its {parts} parts go with it.")
    if themes:
        said.append("A theme answers it." if themes == 1 else f"{themes} themes answer it.")
    return " ".join(said)


def suggested_day_of_deletion(workshop: Workshop) -> date:
    """Return the day six months after the last, or after today if that is over.

    The same day of the month, or the month's last.
    """
    end = max(workshop.ends_on, timezone.localdate(timezone=workshop.zone))
    month = end.month + MONTHS_KEPT
    year, month = end.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(end.day, monthrange(year, month)[1]))


def holds_content(workshop: Workshop) -> bool:
    """Say whether anyone has relied on the attribution rule: by being noted down, by sending a
    thought, or by joining.
    """
    return (
        workshop.notes.exists()
        or workshop.thoughts.exists()
        or workshop.participants.filter(consented_at__isnull=False).exists()
    )


def rule_is_relied_on(workshop: Workshop) -> bool:
    """Say whether anybody has answered by the consensus rule, as an app says who holds answers."""
    return any(contributed("workshops:rule-relied-on", workshop=workshop))


def tasks_for(actor: Actor) -> list[Task]:
    """Return what there is to set up in the actor's workshop, and how far each of it is."""
    return contributed("workshops:setup", actor=actor)


def steps_for(actor: Actor) -> list[Step]:
    """Return what is done and what is to do in the actor's workshop, as far as it is theirs."""
    return contributed("workshops:next", actor=actor)


def next_step(steps: list[Step]) -> Step | None:
    """Return the first step that is still to do and can be done with one button."""
    return next((step for step in steps if not step.done and step.action), None)
