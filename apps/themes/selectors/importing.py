"""Reading what notes from elsewhere would become, and what imports there were."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apps.core.permissions import allowed
from apps.notes.importing import Document, Entry, Reading, entries_of
from apps.notes.importing.deciding import Known, KnownSession
from apps.notes.importing.planning import Plan, Wishes, plan_of
from apps.notes.importing.signs import with_signs
from apps.notes.models import ImportDraft
from apps.participants.models import GroupMembership, Participant
from apps.participants.selectors.attribution import names_to_choose
from apps.participants.selectors.groups import as_member
from apps.themes.models import Theme
from apps.workshops.attribution import keeps_groups, keeps_speakers
from apps.workshops.models import Session


def document_of(draft: ImportDraft) -> Document:
    """Return what was read."""
    return Document.from_json(draft.document, draft.format)


def known_in(actor: Participant) -> Known:
    """Return what there is in the actor's workshop for notes to go with. Five queries at most."""
    workshop = actor.workshop
    reads_names = allowed(actor, "participants.see_roster", workshop)
    sessions = {
        str(session.pk): KnownSession(
            session.title, keeps_groups(workshop, session), keeps_speakers(workshop, session)
        )
        for session in Session.objects.filter(workshop=workshop)
    }
    groups = {
        str(group.pk): (group.singular, group.plural, as_member(group))
        for group in workshop.groups.all()
    }
    memberships = GroupMembership.objects.filter(workshop=workshop, axis=workshop.main_axis)
    return Known(
        sessions=sessions,
        themes=_paths(actor),
        groups=groups,
        people=dict(names_to_choose(workshop)) if reads_names else {},
        memberships={
            str(person): str(group)
            for person, group in memberships.order_by("pk").values_list("participant", "group")
            if reads_names
        },
    )


def read_again(document: Document, known: Known, reading: Reading) -> list[Entry]:
    """Return what each line of `document` says, when names and groups are as `known`."""
    words = [*known.people.values(), *(name for names in known.groups.values() for name in names)]
    names = frozenset(word.lower() for word in words)
    entries = entries_of(document, replace(reading, known=names))
    return list(with_signs(entries, known)) if reading.signs else entries


def plan_for(
    actor: Participant, draft: ImportDraft, reading: Reading, wishes: Wishes | None = None
) -> Plan:
    """Return what `draft` becomes in the actor's workshop as it is now. Raises `Unreadable`."""
    known = known_in(actor)
    return plan_of(read_again(document_of(draft), known, reading), known, wishes)


def _paths(actor: Participant) -> Mapping[str, tuple[str, ...]]:
    """Return the titles of each theme and of those it stands under, the uppermost first."""
    rows: dict[Any, Theme] = {
        theme.pk: theme
        for theme in Theme.objects.of_workshop(actor.workshop).order_by("order", "created_at")
    }

    def path(theme: Theme) -> tuple[str, ...]:
        above = rows.get(theme.parent_id)
        return (*(path(above) if above else ()), theme.title)

    return {str(pk): path(theme) for pk, theme in rows.items()}
