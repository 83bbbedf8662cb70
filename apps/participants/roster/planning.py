"""Setting a list beside the roster: who is there already, twice in the list, or new."""

import hashlib
import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from apps.core.texts import fold
from apps.participants.models import Group
from apps.participants.plurals import plural_of, singular_of
from apps.participants.roster.entries import Entry
from apps.participants.roster.words import fold_name

# More are a column of something else.
MOST_NEW_GROUPS = 20
LONGEST = int(Group._meta.get_field("plural").max_length or 0)


class Choice(StrEnum):
    """What becomes of a line about somebody who seems to be there already."""

    SKIP = "skip"
    UPDATE = "update"
    ADD = "add"


@dataclass(frozen=True)
class Known:
    """Somebody on the roster."""

    id: uuid.UUID
    name: str
    email: str
    removed: bool = False


@dataclass(frozen=True)
class KnownGroup:
    """A group that there is."""

    id: uuid.UUID
    axis: str
    singular: str
    plural: str


@dataclass(frozen=True)
class NewGroup:
    """A group that the list names and the workshop doesn't have."""

    key: str
    axis: str
    name: str
    count: int

    @property
    def singular(self) -> str:
        """Guess what one member is called."""
        return singular_of(self.name)[:LONGEST]

    @property
    def plural(self) -> str:
        """Guess what all members are called."""
        one = singular_of(self.name)
        return (self.name if one != self.name else plural_of(one))[:LONGEST]


@dataclass(frozen=True)
class Planned:
    """A line of the list, and whom it seems to be about."""

    entry: Entry
    # On the roster, or in a line before.
    known: Known | None = None
    earlier: int | None = None
    by_email: bool = False

    @property
    def is_double(self) -> bool:
        """Somebody like this is there already."""
        return self.known is not None or self.earlier is not None

    @property
    def choices(self) -> list[Choice]:
        """What may become of the line: two people can't share an e-mail address."""
        return [Choice.SKIP, Choice.UPDATE, *([] if self.by_email else [Choice.ADD])]


@dataclass(frozen=True)
class Plan:
    """What a list becomes, before anything of it is done."""

    lines: list[Planned]
    new_groups: list[NewGroup]
    groups: dict[tuple[str, str], KnownGroup] = field(default_factory=dict)

    @property
    def good(self) -> list[Planned]:
        """The lines that can be taken."""
        return [line for line in self.lines if not line.entry.errors]

    @property
    def bad(self) -> list[Planned]:
        """The lines that can't."""
        return [line for line in self.lines if line.entry.errors]

    @property
    def doubles(self) -> list[Planned]:
        """The good lines about people who seem to be there already."""
        return [line for line in self.good if line.is_double]

    def group_of(self, axis: str, name: str) -> KnownGroup | None:
        """Return the group that there is by this name."""
        return self.groups.get((axis, group_key(name)))

    @staticmethod
    def key(axis: str, name: str) -> str:
        """Return the `NewGroup.key` of a name that no group has."""
        return f"{axis}:{group_key(name)}"

    @property
    def digest(self) -> str:
        """Tell this plan from any other: what was looked at is what is done."""
        told = [
            [e.line, e.display_name, e.email, e.role, e.errors, str(p.known), p.earlier]
            for p in self.lines
            for e in [p.entry]
        ]
        groups = [[group.key, group.count] for group in self.new_groups]
        return hashlib.sha256(json.dumps([told, groups]).encode()).hexdigest()[:16]


def plan_of(
    entries: Iterable[Entry], *, known: Collection[Known], groups: Collection[KnownGroup]
) -> Plan:
    """Set `entries` beside the people and the groups that there are."""
    seen = _Seen(known)
    lines = []
    for entry in entries:
        if entry.errors:
            lines.append(Planned(entry))
            continue
        lines.append(seen.match(entry))
    by_name = {
        (group.axis, group_key(name)): group
        for group in groups
        for name in (group.singular, group.plural)
    }
    return Plan(lines, _new_groups(lines, by_name), by_name)


def group_key(name: str) -> str:
    """Return the name of a group for comparison: one and several of them are the same."""
    folded = fold(name)
    return folded.removesuffix("s") if len(folded) > 3 else folded  # noqa: PLR2004 - "gas"


class _Seen:
    """Who was there before a line: first those who are on the roster, then earlier lines."""

    def __init__(self, known: Collection[Known]) -> None:
        # Those who take part come before those who were removed.
        there = sorted(known, key=lambda each: not each.removed)
        self.by_email = {each.email.casefold(): each for each in there if each.email}
        self.by_name = {fold_name(each.name): each for each in there if fold_name(each.name)}
        self.lines_by_email: dict[str, int] = {}
        self.lines_by_name: dict[str, int] = {}

    def match(self, entry: Entry) -> Planned:
        email, name = entry.email.casefold(), fold_name(entry.display_name)
        found = self._found(entry, email, name)
        if email:
            self.lines_by_email.setdefault(email, entry.line)
        if name:
            self.lines_by_name.setdefault(name, entry.line)
        return found

    def _found(self, entry: Entry, email: str, name: str) -> Planned:
        if email and email in self.by_email:
            known = self.by_email[email]
            return Planned(entry, known=known, by_email=not known.removed)
        if email and email in self.lines_by_email:
            return Planned(entry, earlier=self.lines_by_email[email], by_email=True)
        if name and name in self.by_name:
            return Planned(entry, known=self.by_name[name])
        if name and name in self.lines_by_name:
            return Planned(entry, earlier=self.lines_by_name[name])
        return Planned(entry)


def _new_groups(
    lines: Iterable[Planned], known: dict[tuple[str, str], KnownGroup]
) -> list[NewGroup]:
    names: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        if line.entry.errors:
            continue
        for axis, name in line.entry.groups.items():
            if (axis, group_key(name)) not in known:
                names.setdefault((axis, group_key(name)), []).append(name)
    # As it is written most often.
    return [
        NewGroup(Plan.key(axis, several[0]), axis, max(several, key=several.count), len(several))
        for (axis, _), several in names.items()
    ]
