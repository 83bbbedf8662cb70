"""The list of people, as those read it who may: owner and facilitator. The rest get counts."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextChoices
from django.utils import timezone

from apps.core.permissions import allowed
from apps.core.texts import fold
from apps.participants.models import Group, GroupMembership, Participant, PersonalLink
from apps.participants.selectors.attribution import SOMEBODY, as_chosen, group_labels
from apps.participants.selectors.being_here import HERE
from apps.workshops.models import Role, Workshop

# They can act: admitted, not removed, and they came, by an account or by agreeing to the rule.
CAME = Q(user__is_active=True) | Q(user__isnull=True, consented_at__isnull=False)
# Nothing is left of them but that they were here: they were erased, and are on no list.
ERASED = Q(removed_at__isnull=False, user=None, display_name="", affiliation="", email="")
# Asks for those who are in no group of the main axis.
NO_GROUP = "none"


class State(TextChoices):
    """Where somebody stands who is on the list."""

    HERE = "here", "Here"
    EXPECTED = "expected", "Expected"
    WAITING = "waiting", "In the lobby"
    REMOVED = "removed", "Removed"


@dataclass(frozen=True)
class Line:
    """Somebody on the list, as those see them who read it. E-mail for those who keep it."""

    person: Participant
    name: str
    affiliation: str
    email: str
    groups: list[Group]
    state: State
    reached: str


@dataclass(frozen=True)
class Filters:
    """Which people are asked for; empty for all. Those removed only if asked for."""

    q: str = ""
    role: str = ""
    group: str = ""
    state: str = ""


@dataclass(frozen=True)
class Counts:
    """How many people there are, without those who were removed."""

    total: int
    removed: int
    by_state: list[tuple[State, int]]
    by_role: list[tuple[Role, int]]
    by_group: list[tuple[Group, int]]
    without_group: int


@dataclass(frozen=True)
class _Brief:
    id: uuid.UUID
    name: str
    role: str
    state: State
    groups: set[uuid.UUID] = field(default_factory=set)


class Roster:
    """The list of people of a workshop: counts for the team, names for those who may read them.

    Two queries whatever its length, and three more for the lines of a page of it.
    """

    def __init__(self, viewer: Participant) -> None:
        self.viewer = viewer
        self.workshop = viewer.workshop
        self.groups = list(self.workshop.groups.all())
        self._main = {g.pk for g in self.groups if g.axis == self.workshop.main_axis}
        self._people = _briefs(self.workshop)

    def counts(self) -> Counts:
        """Count the people by state, role and group."""
        there = [each for each in self._people if each.state != State.REMOVED]
        states = Counter(each.state for each in there)
        roles = Counter(each.role for each in there)
        return Counts(
            total=len(there),
            removed=len(self._people) - len(there),
            by_state=[(state, states[state]) for state in State if states[state]],
            by_role=[(role, roles[role]) for role in Role if roles[role]],
            by_group=[(group, sum(group.pk in p.groups for p in there)) for group in self.groups],
            without_group=sum(not p.groups & self._main for p in there) if self._main else 0,
        )

    def found(self, filters: Filters) -> list[uuid.UUID]:
        """Return who is asked for, by name; those without a name come last."""
        if not allowed(self.viewer, "participants.see_roster", self.workshop):
            return []
        words = fold(filters.q).split()
        found = [
            each
            for each in self._people
            if _in_state(each, filters.state)
            and filters.role in {"", each.role}
            and self._in_group(each, filters.group)
            and all(word in fold(each.name) for word in words)
        ]
        found.sort(key=lambda each: (not each.name, fold(each.name)))
        return [each.id for each in found]

    def lines(self, ids: Sequence[uuid.UUID]) -> list[Line]:
        """Return the lines of these people, in this order."""
        by_id = {line.person.pk: line for line in lines_of(self.viewer, ids)}
        return [by_id[each] for each in ids if each in by_id]

    def _in_group(self, brief: _Brief, group: str) -> bool:
        if group == NO_GROUP:
            return not brief.groups & self._main
        return not group or group in map(str, brief.groups)


def roster_of(viewer: Participant) -> Any:
    """Return the people of the viewer's workshop whom the viewer may read, those removed too."""
    people = Participant.objects.filter(~ERASED, workshop=viewer.workshop_id)
    if not allowed(viewer, "participants.see_roster", viewer.workshop):
        return people.none()
    links = PersonalLink.objects.filter(participant=OuterRef("pk"))
    groups = GroupMembership.objects.select_related("group").order_by("group__axis")
    return people.annotate(
        came_by_link=Exists(links.filter(used_at__isnull=False)),
        has_link=Exists(links.filter(used_at__isnull=True, expires_at__gt=timezone.now())),
    ).prefetch_related(Prefetch("memberships", groups))


def lines_of(viewer: Participant, ids: Iterable[uuid.UUID]) -> list[Line]:
    """Return the lines of some people of the viewer's workshop."""
    keeps = allowed(viewer, "participants.keep_roster", viewer.workshop)
    return [_line(person, keeps=keeps) for person in roster_of(viewer).filter(pk__in=list(ids))]


def line_of(viewer: Participant, person: Participant) -> Line:
    """Return the line of `person`, who comes from `roster_of`."""
    return _line(person, keeps=allowed(viewer, "participants.keep_roster", viewer.workshop))


def state_of(person: Any) -> State:
    """Return where somebody stands."""
    if person.removed_at is not None:
        return State.REMOVED
    if person.admitted_at is None:
        return State.WAITING
    came = person.user_id is not None or person.consented_at is not None
    return State.HERE if came else State.EXPECTED


def listed_in(workshop: Workshop) -> QuerySet[Participant]:
    """Return who is on the list."""
    return Participant.objects.filter(workshop=workshop, removed_at=None)


def owners_in(workshop_id: uuid.UUID) -> Any:
    """Return the owners of a workshop who can act as such: some owner is there at all times."""
    return Participant.objects.filter(HERE, CAME, workshop=workshop_id, role=Role.OWNER)


def people_listed(workshop: Workshop) -> list[tuple[str, str, str]]:
    """Return (name, affiliation, group) of those who take part, as each chose to be listed.

    Who chose to be listed as a member of a group has its label instead of a name, as far as it
    may be named; who chose not to be listed, or didn't agree to the rule yet, isn't in it.
    """
    labels = group_labels(workshop)
    people = workshop.participants.filter(HERE, consented_at__isnull=False)
    found = []
    for person in people.prefetch_related("memberships"):
        name, affiliation = as_chosen(person)
        if name:
            found.append((name, affiliation, ""))
        elif person.listing == "role_label":
            found.append(("", "", _label(person, workshop, labels)))
    return sorted(found, key=lambda row: (not row[0], fold(row[0]), row[2]))


def _label(person: Participant, workshop: Workshop, labels: Mapping[uuid.UUID, str]) -> str:
    groups = [m.group_id for m in person.memberships.all() if m.axis == workshop.main_axis]
    return labels.get(groups[0], SOMEBODY) if groups else SOMEBODY


def _briefs(workshop: Workshop) -> list[_Brief]:
    """Return as much of everybody as counting, finding and ordering needs."""
    people = {
        person.pk: _Brief(person.pk, person.display_name, person.role, state_of(person))
        for person in Participant.objects.filter(~ERASED, workshop=workshop)
        .order_by("created_at")
        .only("display_name", "role", "removed_at", "admitted_at", "consented_at", "user_id")
    }
    memberships = GroupMembership.objects.filter(workshop=workshop)
    for person_id, group_id in memberships.values_list("participant", "group"):
        if person_id in people:
            people[person_id].groups.add(group_id)
    return list(people.values())


def _in_state(brief: _Brief, state: str) -> bool:
    return brief.state == state if state else brief.state != State.REMOVED


def _line(person: Any, *, keeps: bool) -> Line:
    state = state_of(person)
    return Line(
        person=person,
        name=person.display_name,
        affiliation=person.affiliation,
        email=person.email if keeps else "",
        groups=[membership.group for membership in person.memberships.all()],
        state=state,
        reached=_reached(person, state),
    )


def _reached(person: Any, state: State) -> str:
    """Say how somebody came, or how they can come."""
    if person.user_id is not None:
        return "by account"
    if state == State.EXPECTED:
        return "has a personal link" if person.has_link else "has no link yet"
    return "by personal link" if person.came_by_link else "by code"
