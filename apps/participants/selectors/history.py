"""The history of a workshop: what was done, told in sentences to whoever may read it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Case, F, Model, Q, QuerySet, Value, When
from django.db.models.functions import TruncDay
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.core.contributions import contributed
from apps.core.models import AuditEntry
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.participants.selectors.attribution import SOMEBODY, in_role, minutes_are_names
from apps.participants.selectors.changes import NAMELIKE, ChangedField, Wording
from apps.workshops.models import Workshop
from apps.workshops.rules import TEAM

PAGE = 50
GONE = "one that is gone"
# What nobody is named for: the system did it, where it isn't what participants do.
BY_THE_SYSTEM = ("workshop", "memo", "account")
PARTICIPANTS, SYSTEM = "participants", "system"


@dataclass(frozen=True)
class Line:
    """One thing that was done: by whom, what, and what it changed from what to what.

    `at` is None where the minute could tell who it was.
    """

    at: datetime | None
    who: str
    what: str
    changes: list[ChangedField]
    reason: str


@dataclass(frozen=True)
class Day:
    """What was done on one day, the latest first; what has no time stands last, in no order."""

    day: date
    lines: list[Line]


@dataclass(frozen=True)
class History:
    """A page of the history, and where the next begins.

    `withheld` says that it tells of what participants did by the day alone.
    """

    days: list[Day]
    older: str
    withheld: bool


@dataclass(frozen=True)
class Filters:
    """What of the history is asked for; empty for all."""

    kind: str = ""
    who: str = ""
    before: str = ""


def history_visible_to(actor: Participant) -> QuerySet[AuditEntry]:
    """Return what `actor` may read of the history: the owner all, the team what it did."""
    entries = AuditEntry.objects.filter(scope_id=actor.workshop_id)
    if allowed(actor, "participants.read_all_history", actor.workshop):
        return entries
    if allowed(actor, "participants.read_history", actor.workshop):
        return entries.filter(actor_id=actor.pk)
    return entries.none()


def history(actor: Participant, filters: Filters) -> History:
    """Return a page of the history as `actor` may read it, the latest first.

    What participants did is told by the day alone, unless all of it was on the record: who wrote
    at which minute, and between which of two others, can be a name. As many
    queries for one line as for fifty: the entries, the team, and one for each kind of thing that is
    named.
    """
    withheld = minutes_are_names(actor.workshop)
    placed = _placed(history_visible_to(actor), actor.workshop, withheld=withheld)
    entries = _filtered(placed, filters, actor).order_by("-place", "-id")
    rows = list(entries[: PAGE + 1])
    shown = rows[:PAGE]
    lines = _Lines(actor, shown)
    days: list[Day] = []
    for entry in shown:
        day = timezone.localtime(entry.at, actor.workshop.zone).date()
        if not days or days[-1].day != day:
            days.append(Day(day, []))
        days[-1].lines.append(lines.line(entry))
    older = _cursor(shown[-1]) if len(rows) > PAGE else ""
    return History(days, older=older, withheld=withheld)


def kinds() -> list[tuple[str, str]]:
    """Return what the history can be narrowed to: ("research_question", "Research question")."""
    found = {verb.partition(".")[0] for verb in sentences()}
    return sorted((kind, kind.replace("_", " ").capitalize()) for kind in found - {"account"})


def doers(actor: Participant) -> list[tuple[str, str]]:
    """Return whose deeds can be asked for: each of the team, all participants at once, the system.

    Single participants can't be: what somebody did one after the other could tell who they are.
    """
    team = actor.workshop.participants.filter(role__in=TEAM).order_by("created_at")
    named = [(str(person.pk), _of_the_team(person)) for person in team]
    return [*named, (PARTICIPANTS, "Participants"), (SYSTEM, "The system")]


def sentences() -> dict[str, str]:
    """Return how each verb is told, of all apps."""
    told: dict[str, str] = {}
    for more in contributed("history:verbs"):
        told.update(more)
    return told


def people_named(viewer: Participant, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return how people are called to `viewer`: by name to those who keep the list of them."""
    people = viewer.workshop.participants.filter(pk__in=set(ids))
    may_know = allowed(viewer, "participants.see_roster", viewer.workshop)
    return {
        person.pk: (may_know and person.display_name)
        or (in_role(person.role) if person.role in TEAM else SOMEBODY)
        for person in people
    }


class _Lines:
    """Tells entries as lines: the names of all that they speak of are fetched once."""

    def __init__(self, viewer: Participant, entries: list[AuditEntry]) -> None:
        self.viewer = viewer
        self.told = sentences()
        self.entries = entries
        self.wordings = {
            entry.subject_type: Wording(_model(entry.subject_type), viewer.workshop.zone)
            for entry in entries
        }

    def line(self, entry: AuditEntry) -> Line:
        """Tell one entry."""
        wording = self.wordings[entry.subject_type]
        sentence = self.told.get(entry.verb, entry.verb.replace(".", " ").replace("_", " "))
        return Line(
            at=entry.at if entry.has_time else None,  # type: ignore[attr-defined]
            who=self._who(entry),
            what=sentence.replace("{subject}", self._subject(entry)),
            changes=wording.changes(entry, self._names),
            reason=entry.reason,
        )

    def _who(self, entry: AuditEntry) -> str:
        if entry.actor_id == self.viewer.pk:
            return "You"
        if entry.actor_id is None:
            is_system = entry.verb.startswith(BY_THE_SYSTEM)
            return "The system" if is_system else SOMEBODY.capitalize()
        person = self._team.get(entry.actor_id)
        return _of_the_team(person) if person else SOMEBODY.capitalize()

    def _subject(self, entry: AuditEntry) -> str:
        if entry.subject_id == entry.actor_id:
            # Not by name: what else they did stands beside it.
            return "yourself" if entry.actor_id == self.viewer.pk else "themselves"
        if entry.subject_id in self._names:
            return self._names[entry.subject_id]
        for values in (entry.after, entry.before):
            for name in NAMELIKE:
                if values.get(name):
                    return f"“{values[name]}”"
        return GONE

    @cached_property
    def _team(self) -> dict[uuid.UUID, Participant]:
        people = self.viewer.workshop.participants.filter(role__in=TEAM)
        return {person.pk: person for person in people}

    @cached_property
    def _names(self) -> dict[uuid.UUID, str]:
        ids: dict[str, set[uuid.UUID]] = {}
        for entry in self.entries:
            ids.setdefault(entry.subject_type, set()).add(entry.subject_id)
            for label, found in self.wordings[entry.subject_type].mentioned(entry):
                ids.setdefault(label, set()).update(found)
        names: dict[uuid.UUID, str] = {}
        for more in contributed("history:names", viewer=self.viewer, ids=ids):
            names.update(more)
        return names


def _of_the_team(person: Participant) -> str:
    """Return role and name of one of the team. Only the team reads what others of it did."""
    role = f"The {person.get_role_display().lower()}"
    return f"{role}, {person.display_name}" if person.display_name else role


def _placed(entries: QuerySet[AuditEntry], workshop: Workshop, *, withheld: bool) -> Any:
    """Give each entry a `place` in time: its own, or the begin of its day where that is withheld.

    Ids are random, so that the order of those that share a place says nothing.
    """
    if not withheld:
        return entries.annotate(place=F("at"), has_time=Value(value=True))
    theirs, day = _by_participants(workshop), TruncDay("at", tzinfo=workshop.zone)
    return entries.annotate(
        place=Case(When(theirs, then=day), default=F("at")),
        has_time=Case(When(theirs, then=Value(value=False)), default=Value(value=True)),
    )


def _by_participants(workshop: Workshop) -> Q:
    of_others = ~Q(actor_id__in=_team_of(workshop)) | Q(actor_id=None)
    return of_others & ~_by_the_system()


def _by_the_system() -> Q:
    found = Q(pk__in=[])
    for kind in BY_THE_SYSTEM:
        found |= Q(actor_id=None, verb__startswith=kind)
    return found


def _team_of(workshop: Workshop) -> QuerySet[Participant]:
    return workshop.participants.filter(role__in=TEAM)


def _filtered(entries: Any, filters: Filters, actor: Participant) -> Any:
    if filters.kind:
        entries = entries.filter(verb__startswith=f"{filters.kind}.")
    if filters.who == PARTICIPANTS:
        entries = entries.filter(_by_participants(actor.workshop))
    elif filters.who == SYSTEM:
        entries = entries.filter(_by_the_system())
    elif filters.who:
        asked = _uuid(filters.who)
        whom = _team_of(actor.workshop).filter(pk__in=[asked] if asked else [])
        entries = entries.filter(actor_id__in=whom)
    at, _, pk = filters.before.partition("|")
    moment, last = _moment(at), _uuid(pk)
    if moment is not None and last is not None:
        entries = entries.filter(Q(place__lt=moment) | Q(place=moment, id__lt=last))
    return entries


def _cursor(entry: AuditEntry) -> str:
    return f"{entry.place.isoformat()}|{entry.pk}"  # type: ignore[attr-defined]


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
