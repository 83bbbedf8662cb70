"""Turning the lines of a planned list into people, within the transaction of its import."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from apps.core.exceptions import RuleViolation
from apps.participants.models import Group, GroupMembership, Participant
from apps.participants.roster import Choice, Entry, Plan, Planned
from apps.participants.selectors.telling import may_propose
from apps.participants.services.people import change
from apps.workshops.attribution import keeps_groups

MEANWHILE = "Somebody changed the list of people meanwhile. Nothing was taken; try again."


class Taking:
    """Takes one line after the other; new people are written all at once at the end."""

    def __init__(
        self, actor: Participant, plan: Plan, new_groups: Mapping[str, Group | None]
    ) -> None:
        self.added = self.updated = self.skipped = 0
        self._actor, self._plan, self._new_groups = actor, plan, new_groups
        known = [line.known.id for line in plan.good if line.known]
        people = Participant.objects.select_for_update(of=("self",))
        self._rows = people.prefetch_related("memberships__group").in_bulk(known)
        self._groups = {group.pk: group for group in actor.workshop.groups.all()}
        # Whom each line before is about, and the groups of those who are new.
        self._people: dict[int, Participant] = {}
        self._new: dict[uuid.UUID, tuple[Participant, dict[str, Group]]] = {}

    def take(self, line: Planned, chosen: Choice) -> None:
        """Add, update or leave whomever `line` is about; `chosen` counts where they are known."""
        if not line.is_double:
            self._add(line)
        elif chosen not in line.choices or chosen == Choice.SKIP:
            self._people[line.entry.line] = self._whom(line)
            self.skipped += 1
        elif chosen == Choice.UPDATE:
            self._update(line)
        else:
            self._add(line)

    def finish(self) -> None:
        """Write those who are new."""
        new = list(self._new.values())
        try:
            Participant.objects.bulk_create([person for person, _ in new])
            GroupMembership.objects.bulk_create(
                GroupMembership(
                    workshop=self._actor.workshop, participant=person, group=group, axis=group.axis
                )
                for person, groups in new
                for group in groups.values()
            )
        except IntegrityError as error:
            raise RuleViolation(MEANWHILE) from error

    def _add(self, line: Planned) -> None:
        person = Participant(
            workshop=self._actor.workshop,
            **_told(line.entry),
        )
        try:
            person.clean_fields(exclude={"workshop", "user"})
        except ValidationError as error:
            said = f"Line {line.entry.line}: {' '.join(error.messages)}"
            raise RuleViolation(said) from error
        self._people[line.entry.line] = person
        self._new[person.pk] = (person, self._groups_of(line.entry))
        self.added += 1

    def _update(self, line: Planned) -> None:
        person = self._whom(line)
        self._people[line.entry.line] = person
        self.updated += 1
        told, groups = _told(line.entry), self._groups_of(line.entry)
        if person.pk in self._new:
            for name, value in told.items():
                setattr(person, name, value)
            self._new[person.pk][1].update(groups)
            return
        if not self._change(person, told, groups):
            self.updated, self.skipped = self.updated - 1, self.skipped + 1

    def _change(self, person: Participant, told: dict[str, Any], groups: dict[str, Group]) -> bool:
        """Change somebody on the roster; say whether the line said anything new."""
        held = {membership.axis: membership.group for membership in person.memberships.all()}
        new = {
            name: value
            for name, value in told.items()
            if getattr(person, name) != value and may_propose(person, name, value)
        }
        if not new and held | groups == held and person.removed_at is None:
            return False
        person.workshop = self._actor.workshop
        if person.removed_at is not None:
            back: dict[str, Any] = {"removed_at": None}
            change(person, actor=self._actor, values=back, verb="participant.brought_back")
        change(person, actor=self._actor, values=new, groups=list((held | groups).values()))
        # A later line may be about them, too.
        person.refresh_from_db()
        return True

    def _whom(self, line: Planned) -> Participant:
        if line.known is not None:
            return self._rows[line.known.id]
        return self._people[line.earlier or 0]

    def _groups_of(self, entry: Entry) -> dict[str, Group]:
        found: dict[str, Group] = {}
        if not keeps_groups(self._actor.workshop):
            return found
        for axis, name in entry.groups.items():
            known = self._plan.group_of(axis, name)
            group = (
                self._groups[known.id]
                if known
                else self._new_groups.get(self._plan.key(axis, name))
            )
            if group is not None:
                found[group.axis] = group
        return found


def _told(entry: Entry) -> dict[str, Any]:
    """Return what a line says of somebody; what it doesn't say stays as it is, or as by default."""
    told = {
        "display_name": entry.display_name,
        "affiliation": entry.affiliation,
        "email": entry.email,
        "role": entry.role,
        "functions": entry.functions,
        "listing": entry.listing,
        "attribution": entry.attribution,
    }
    return {name: value for name, value in told.items() if value}
