"""The list of people: as each of them chose to stand in it."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from apps.participants.models import Group, GroupMembership, Listing, Participant
from apps.participants.selectors.being_here import HERE
from apps.workshops.models import AttributionRule, Role, Workshop
from apps.workshops.rules import TEAM


@dataclass(frozen=True)
class Listed:
    """Somebody who is named, with as much of their affiliation as they chose; empty for none."""

    id: uuid.UUID
    name: str
    affiliation: str
    role: Role


@dataclass(frozen=True)
class Choosable:
    """Somebody who may be chosen as a speaker, and the group by which they are labelled."""

    id: uuid.UUID
    name: str
    group: uuid.UUID | None


@dataclass(frozen=True)
class PrintedRoster:
    """Who is named in print; how many are listed as members of each group, or of none that may
    be named; and how many on the roster belong to each group.
    """

    named: list[Listed]
    by_group: list[tuple[Group, int]]
    others: int
    sizes: dict[uuid.UUID, int]


def as_chosen(person: Participant) -> tuple[str, str]:
    """Return the name and affiliation by which `person` chose to be listed; empty for neither."""
    if person.listing not in {Listing.FULL, Listing.NAME} or not person.consented_at:
        return "", ""
    return person.display_name, person.affiliation if person.listing == Listing.FULL else ""


def printed_roster(workshop: Workshop, groups: Iterable[Group]) -> PrintedRoster:
    """Return the list of people as it is printed; `groups` are those that may be named.

    Everybody stands in it as they chose, once they agreed to the rule; under the anonymous rule
    nobody does. Two queries.
    """
    groups = list(groups)
    people = list(workshop.participants.filter(HERE).prefetch_related("memberships"))
    sizes = {group.pk: len(_members(group, people)) for group in groups}
    if workshop.attribution_rule == AttributionRule.ANONYMOUS:
        return PrintedRoster([], [], 0, sizes)
    by_label = [p for p in people if p.consented_at and p.listing == Listing.ROLE_LABEL]
    by_group = [(group, len(_members(group, by_label))) for group in groups]
    return PrintedRoster(
        named=[
            Listed(person.pk, name, affiliation, Role(person.role))
            for person in sorted(people, key=_order)
            for name, affiliation in [as_chosen(person)]
            if name
        ],
        by_group=[(group, number) for group, number in by_group if number],
        others=len(by_label) - sum(number for _, number in by_group),
        sizes=sizes,
    )


def listed_in_file(workshop: Workshop) -> list[Participant]:
    """Return those whom a file of `workshop` may list: who agreed, and chose to be named."""
    if workshop.attribution_rule == AttributionRule.ANONYMOUS:
        return []
    people = workshop.participants.filter(HERE).order_by("created_at").prefetch_related("groups")
    return [person for person in people.select_related("workshop") if as_chosen(person)[0]]


def left_out_of_file(workshop: Workshop) -> list[str]:
    """Say what of its people a file of `workshop` doesn't hold, under its rule."""
    if workshop.attribution_rule == AttributionRule.ANONYMOUS:
        return ["Everybody’s names and groups: nothing that was said leads to anybody."]
    found = ["People who didn’t agree to be listed by name, and everybody’s addresses."]
    if workshop.attribution_rule != AttributionRule.ON_RECORD:
        found.append(
            "To which group somebody belongs, and groups of which fewer than five people have "
            "joined, beside what was said or found."
        )
    return found


def names_people(workshop: Workshop) -> bool:
    """Say whether a file may say whose something is: on the record alone."""
    return workshop.attribution_rule == AttributionRule.ON_RECORD


def people_to_choose(workshop: Workshop) -> list[Choosable]:
    """Return all who may be chosen as a speaker: for those who read the list of people.

    Where two have the same name, their affiliation tells them apart. Two queries.
    """
    people = list(
        workshop.participants.filter(HERE)
        .exclude(display_name="")
        .order_by("display_name", "created_at")
        # The workshop is set on each of them, which would fetch it if it weren't there.
        .only("display_name", "affiliation", "workshop")
    )
    names = Counter(person.display_name for person in people)
    groups = dict(
        GroupMembership.objects.filter(workshop=workshop, axis=workshop.main_axis).values_list(
            "participant", "group"
        )
    )
    return [
        Choosable(
            id=person.pk,
            name=_told_apart(person, alone=names[person.display_name] == 1),
            group=groups.get(person.pk),
        )
        for person in people
    ]


def names_to_choose(workshop: Workshop) -> list[tuple[str, str]]:
    """Return (id, name) of all who may be chosen as a speaker: for those who read the list."""
    return [(str(person.id), person.name) for person in people_to_choose(workshop)]


def _told_apart(person: Participant, *, alone: bool) -> str:
    if alone or not person.affiliation:
        return person.display_name
    return f"{person.display_name} ({person.affiliation})"


def _members(group: Group, people: Iterable[Participant]) -> list[Participant]:
    return [p for p in people if any(m.group_id == group.pk for m in p.memberships.all())]


def _order(person: Participant) -> tuple[bool, str, str]:
    surname = person.display_name.split()[-1:] or [""]
    return person.role not in TEAM, surname[0].casefold(), person.display_name.casefold()
