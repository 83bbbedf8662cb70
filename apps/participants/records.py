"""What of the people stands in a workshop's file: groups, and those who chose to be listed.

Who chose not to be isn't in it, and nobody is under the anonymous rule: `attribution` decides.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apps.core.contributions import contribute
from apps.core.documents import Choice, Field, Many, Reading, Record, Section, Text, Texts, Writing
from apps.participants.models import Group, GroupMembership, Listing, Participant
from apps.participants.plurals import singular_of
from apps.participants.selectors.attribution import as_chosen, listed_in_file, names_people
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import Role


@dataclass(frozen=True)
class AsChosen(Text):
    """A name, or an affiliation, as far as its owner chose to have it listed."""

    place: int = 0

    def get(self, row: Any) -> Any:
        return as_chosen(row)[self.place] if row.consented_at else getattr(row, self.held_in)


@dataclass(frozen=True)
class RoleOf(Choice):
    """The role; whoever loads a file is its owner, and makes a team of those who agree to it."""

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        row.role = value if reading.context.get("trusted") else Role.PARTICIPANT


@dataclass(frozen=True)
class Agreed(Field):
    """That somebody agreed to the rule: on another day, unless the file is the site's own."""

    private = True

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        return value is True and reading.context.get("trusted")

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        morning = dt.datetime.combine(reading.scope.starts_on, dt.time(8, 30), tzinfo=reading.zone)
        row.consented_at = morning if value else None

    def get(self, row: Any) -> Any:
        return row.consented_at is not None or None


@dataclass(frozen=True)
class Memberships(Many):
    """The groups of somebody, which nobody keeps anonymously."""

    private = True

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        super().put(row, value if keeps_groups(reading.scope) else [], reading)

    def get(self, row: Any) -> Any:
        return list(row.groups.all()) if names_people(row.workshop) else []


def _member(person: Any, group: Any, reading: Reading) -> GroupMembership:
    return GroupMembership(workshop=reading.scope, participant=person, group=group, axis=group.axis)


def _group(row: Group, record: Record, _reading: Reading) -> None:
    row.order = record.index + 1
    if not row.singular and row.plural:
        row.singular = singular_of(row.plural)[: Group._meta.get_field("singular").max_length]
        record.keep("singular", None, row.singular)


def _groups(writing: Writing) -> Any:
    return writing.scope.groups.order_by("order", "created_at")


def _people(writing: Writing) -> Any:
    return listed_in_file(writing.scope)


GROUPS = Section(
    name="groups",
    noun="group",
    prefix="g",
    model=Group,
    rows=_groups,
    settle=_group,
    fields=(
        Text("label", "plural", also=("plural",), required=True),
        Text("singular"),
        Text("axis"),
    ),
)
PEOPLE = Section(
    name="people",
    noun="person",
    prefix="n",
    model=Participant,
    rows=_people,
    closed=True,
    fields=(
        AsChosen("name", "display_name", required=True),
        AsChosen("affiliation", place=1),
        RoleOf("role", choices=Role, default=Role.PARTICIPANT),
        Texts("functions"),
        Choice("listing", choices=Listing, required=True),
        Agreed("agreed", "consented_at"),
        Memberships("groups", also=("group",), to="groups", build=_member),
    ),
)


@contribute("workshop:records", order=20)
def records() -> Iterator[Section]:
    """Say what the file lists of people."""
    yield from (GROUPS, PEOPLE)
