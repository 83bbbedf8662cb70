"""People as one viewer, or everybody, may see them beside what was said."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property

from apps.core.permissions import allowed
from apps.participants.models import Naming, Participant
from apps.participants.selectors.attribution.groups import SOMEBODY, Sized, sized_groups
from apps.participants.selectors.groups import as_member
from apps.workshops.attribution import rule_in_force
from apps.workshops.models import AttributionRule, Session, Workshop
from apps.workshops.rules import TEAM

NAMELESS = "somebody who gave no name"


@dataclass(frozen=True)
class Everybody:
    """Whoever may come to read what is printed: nobody in particular, and nobody's friend."""

    workshop: Workshop


@dataclass(frozen=True)
class ShownTime:
    """A moment as far as it may be known: to the minute, or only to the day."""

    at: datetime
    to_the_minute: bool


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
        self._groups: dict[uuid.UUID, Sized] = sized_groups(self.workshop)

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

    def author(self, author: Participant | None) -> str:
        """Return how the author of a comment is shown: "You", a name, a role or a group."""
        if author is None:
            return SOMEBODY
        is_oneself = self._person is not None and author.pk == self._person.pk
        return "You" if is_oneself else self.to_others(author)

    def to_others(self, author: Participant) -> str:
        """Return how `author` is shown to everybody else.

        The team is shown by role, for what they write they write in that role. A label that is
        printed stands within a line.
        """
        if author.role in TEAM:
            article = "the" if self._person is None else "The"
            return f"{article} {author.get_role_display().lower()}"
        return self.member(author)

    def member(self, author: Participant) -> str:
        """Return how a comment by `author`, who isn't of the team, is shown to others.

        On the record by name; in print only where they agreed to be named there.
        """
        rule = AttributionRule(self.workshop.attribution_rule)
        may_be_named = self._person is not None or author.attribution == Naming.YES
        if rule == AttributionRule.ON_RECORD and author.display_name and may_be_named:
            return author.display_name
        for membership in author.memberships.all():
            if membership.axis == self.workshop.main_axis:
                return self._label(membership.group_id, rule)
        return SOMEBODY

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

    def time(self, moment: datetime) -> ShownTime | None:
        """Return when something was written, as far as the viewer may know: a time can be a name.

        The team, and on the record all, to the minute; else to the day; anonymously not at all.
        """
        rule = AttributionRule(self.workshop.attribution_rule)
        if self._is_team or (rule == AttributionRule.ON_RECORD and self._person is not None):
            return ShownTime(moment, to_the_minute=True)
        if rule == AttributionRule.ANONYMOUS:
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
