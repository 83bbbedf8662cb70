"""People as one viewer, or everybody, may see them beside what was said."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property

from apps.core.permissions import allowed
from apps.participants.models import Naming, Participant
from apps.participants.selectors.attribution.groups import (
    SOMEBODY,
    Sized,
    group_to_keep,
    sized_groups,
)
from apps.participants.selectors.groups import as_member
from apps.workshops.attribution import rule_in_force
from apps.workshops.models import AttributionRule, Role, Session, Workshop
from apps.workshops.rules import TEAM

NAMELESS = "somebody who gave no name"


@dataclass(frozen=True)
class Everybody:
    """Whoever may come to read what is printed: nobody in particular, and nobody's friend."""

    workshop: Workshop


def in_role(role: str) -> str:
    """Return how somebody of the team is shown."""
    return f"The {Role(role).label.lower()}"


def signature(person: Participant) -> str:
    """Return as whom others see what `person` writes from now on."""
    if person.role in TEAM:
        return in_role(person.role)
    on_record = person.workshop.attribution_rule == AttributionRule.ON_RECORD
    if on_record and person.display_name:
        return person.display_name
    group = group_to_keep(person)
    return as_member(group) if group else SOMEBODY


@dataclass(frozen=True)
class ShownTime:
    """A moment as far as it may be known: to the minute, or only to the day."""

    at: datetime
    to_the_minute: bool


def minutes_are_names(workshop: Workshop) -> bool:
    """Say whether the minute at which a participant did something may be told to nobody.

    So it is unless the whole workshop, with all its sessions, is on the record.
    """
    parts = [None, *workshop.sessions.all()]
    return any(rule_in_force(workshop, part) != AttributionRule.ON_RECORD for part in parts)


class Quotation(Enum):
    """Whether the words of a quotation may be printed."""

    PRINTED = "printed"
    NEEDS_CONSENT = "needs consent"
    NEVER = "never"


class Attribution:
    """How people are shown to a viewer in one workshop. Made once a page: two queries in all."""

    def __init__(self, viewer: Participant | Everybody) -> None:
        self.workshop = viewer.workshop
        self._person = viewer if isinstance(viewer, Participant) else None
        self._groups: dict[uuid.UUID, Sized] = sized_groups(self.workshop, without=self._person)

    def group(self, group_id: uuid.UUID | None, session: Session | None = None) -> str:
        """Return the label for something that a member of a group said; empty if not recorded.

        The facilitation team, which enters the groups of notes, reads what it entered; others
        read the name of a group only where it gives nobody away.
        """
        rule = rule_in_force(self.workshop, session)
        if group_id is None or rule == AttributionRule.ANONYMOUS:
            return ""
        return self._label(group_id, AttributionRule.ON_RECORD if self._is_team else rule)

    def group_id(
        self, group_id: uuid.UUID | None, session: Session | None = None
    ) -> uuid.UUID | None:
        """Return `group_id` where `group` would name it: what the API says in place of a label."""
        return group_id if self.group(group_id, session) not in {"", SOMEBODY} else None

    def author(
        self, author: Participant | None, *, written_as: str, group_id: uuid.UUID | None
    ) -> str:
        """Return how the author of a comment is shown: "You", a name, a role or a group.

        By what was kept with it when it was written alone: what its author is now says nothing.
        The team is shown by role, for what they write they write in that role. Others on the
        record by name, in print only where they agreed to be named there.
        """
        if author is not None and self._person is not None and author.pk == self._person.pk:
            return "You"
        if written_as in TEAM:
            label = in_role(written_as)
            # What is printed stands within a line.
            return label if self._person is not None else label.lower()
        if author is not None and self.names(author, written_as=written_as):
            return author.display_name
        rule = AttributionRule(self.workshop.attribution_rule)
        return self._label(group_id, rule) if group_id else SOMEBODY

    def names(self, author: Participant | None, *, written_as: str) -> bool:
        """Say whether the author of a comment is shown by name: on the record, not the team."""
        rule = AttributionRule(self.workshop.attribution_rule)
        if author is None or written_as in TEAM or rule != AttributionRule.ON_RECORD:
            return False
        may_be_named = self._person is not None or author.attribution == Naming.YES
        return may_be_named and author.display_name != ""

    def sees_speakers(self, session: Session) -> bool:
        """Say whether names of speakers may stand beside notes of `session` at all."""
        on_record = rule_in_force(self.workshop, session) == AttributionRule.ON_RECORD
        return on_record and self._person is not None

    def speaker(self, speaker: Participant, session: Session) -> str:
        """Return the name of whoever said a note of `session`, where it may stand beside it.

        On the record the team reads it, and others once the speaker agreed. Under the other
        rules nobody does: what the Chatham House Rule lets be kept is told only to those who
        say why they ask (`apps.notes.speakers`).
        """
        may_know = self._is_team or speaker.attribution == Naming.YES
        return speaker.display_name if self.sees_speakers(session) and may_know else ""

    def told(self, speaker: Participant) -> str:
        """Return who a speaker is, for one who said why they ask, and was let in."""
        return speaker.display_name or NAMELESS

    def time(
        self, moment: datetime, *, written_as: str, session: Session | None = None
    ) -> ShownTime | None:
        """Return when something was written, as far as the viewer may know: a time can be a name.

        On the record all read the minute; else the day, and anonymously nothing. The team reads
        the minute of what was `written_as` one of it, and the day of the rest.
        """
        rule = rule_in_force(self.workshop, session)
        among_the_team = self._is_team and written_as in TEAM
        if among_the_team or (rule == AttributionRule.ON_RECORD and self._person is not None):
            return ShownTime(moment, to_the_minute=True)
        if rule == AttributionRule.ANONYMOUS and not self._is_team:
            return None
        return ShownTime(moment, to_the_minute=False)

    def quotation(self, session: Session, *, agreed: bool) -> Quotation:
        """Say whether a quotation may be printed word by word; `agreed`: its speaker did."""
        rule = rule_in_force(self.workshop, session)
        if rule == AttributionRule.ANONYMOUS:
            return Quotation.NEVER
        if rule == AttributionRule.ON_RECORD or agreed:
            return Quotation.PRINTED
        return Quotation.NEEDS_CONSENT

    def _label(self, group_id: uuid.UUID, rule: AttributionRule) -> str:
        found = self._groups.get(group_id)
        return as_member(found.group) if found and found.may_be_named(rule) else SOMEBODY

    @cached_property
    def _is_team(self) -> bool:
        person = self._person
        return person is not None and allowed(person, "participants.see_all_groups", self.workshop)
