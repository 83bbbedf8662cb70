"""What this app shows on the pages of others: oneself, the join code, the groups."""

import uuid
from collections.abc import Collection, Iterator, Mapping

from django.db.models import Model
from django.urls import reverse

from apps.core.contributions import NavEntry, Panel, Step, Task, TaskState, contribute
from apps.core.holdings import Held, Kept, Removal
from apps.core.live import LISTENERS
from apps.core.live.clients import Listener
from apps.core.models import AuditEntry
from apps.core.permissions import allowed
from apps.participants import listening
from apps.participants.models import Group, JoinCode, Participant
from apps.participants.selectors import (
    REMINDED,
    days_left,
    groups_of,
    listed_in,
    people_named,
    row_of,
    signature,
    waiting_count,
    waiting_in,
)
from apps.participants.services.purging import what_has_run_out
from apps.participants.services.removals import (
    PRESENT_TEAM,
    removals_of_person,
    removals_of_workshop,
)
from apps.workshops.models import Workshop
from apps.workshops.rules import TEAM

# What open pages of the team hear of: who came, went or waits.
PEOPLE = "people"


@contribute("account", order=10)
def oneself(actor: Participant) -> Iterator[Panel]:
    """Say who one is here, and as whom others see one."""
    shown_as = "" if actor.role in TEAM else signature(actor)
    yield Panel("participants/oneself.html", {"shown_as": shown_as})


@contribute("workshops:overview_aside", order=10)
def join_code(actor: Participant) -> Iterator[Panel]:
    """Show the team how people join."""
    if allowed(actor, "participants.see_join_code", actor.workshop):
        code = JoinCode.objects.filter(workshop=actor.workshop_id).first()
        waiting = waiting_count(actor.workshop)
        yield Panel("participants/code_card.html", {"join_code": code, "waiting": waiting})


@contribute("live:topics", order=20)
def people_hear(actor: Participant) -> Iterator[str]:
    """Tell the team that people came, went or wait."""
    if actor.role in TEAM:
        yield PEOPLE


@contribute("live:changed", order=20)
def people_changed(subject: Model, verb: str) -> Iterator[str]:
    """Say that the list of people changed, and perhaps who may listen."""
    if isinstance(subject, Participant):
        yield PEOPLE
        if verb != "participant.joined":
            yield LISTENERS


@contribute("live:outdated", order=20)
def outdated(listeners: Collection[Listener]) -> Iterator[list[Listener]]:
    """Say for whom something changed of what let them listen."""
    yield listening.outdated(listeners)


@contribute("navigation", order=60)
def people_page(actor: Participant) -> Iterator[NavEntry]:
    """Lead the team to the list of people, or to how many there are."""
    if allowed(actor, "participants.see_counts", actor.workshop):
        url = reverse("participants:people", args=[actor.workshop.slug])
        yield NavEntry("People", url, "people", listed_in(actor.workshop))


@contribute("navigation", order=70)
def lobby(actor: Participant) -> Iterator[NavEntry]:
    """Lead those who let people in to the lobby, if there is one or somebody waits in it."""
    if allowed(actor, "participants.admit", actor.workshop):
        url = reverse("participants:lobby", args=[actor.workshop.slug])
        waiting, has_one = waiting_in(actor.workshop), actor.workshop.lobby
        yield NavEntry("Lobby", url, "lobby", waiting, stays=has_one)


@contribute("workshops:next", order=5)
def somebody_waits(actor: Participant) -> Iterator[Step]:
    """Ask those who let people in to look who waits."""
    if allowed(actor, "participants.admit", actor.workshop):
        waiting = waiting_count(actor.workshop)
        if waiting:
            url = reverse("participants:lobby", args=[actor.workshop.slug])
            text = f"{waiting} {'waits' if waiting == 1 else 'wait'} to be let in"
            yield Step(text, url, action="Let people in")


@contribute("workshops:setup", order=50)
def groups(actor: Participant) -> Iterator[Task]:
    """Let the owner name the groups."""
    url = reverse("participants:groups", args=[actor.workshop.slug])
    named = [group.plural for group in groups_of(actor.workshop)]
    if named:
        yield Task("groups", "Groups", url, TaskState.DONE, ", ".join(named))
    else:
        yield Task("groups", "Groups", url, TaskState.TO_DO, "none yet", action="Name the groups")


@contribute("workshops:setup", order=80)
def people(actor: Participant) -> Iterator[Task]:
    """Let the owner say who takes part; whoever has the code can join without."""
    url = reverse("participants:people", args=[actor.workshop.slug])
    count, waiting = listed_in(actor.workshop).count(), waiting_count(actor.workshop)
    if count > 1 or waiting:
        summary = "1 person" if count == 1 else f"{count} people"
        summary += f", {waiting} waiting" if waiting else ""
        yield Task("people", "People", url, TaskState.DONE, summary)
    else:
        summary = "nobody but you; people can join by the code on the day"
        yield Task("people", "People", url, TaskState.OPTIONAL, summary)


@contribute("workshops:overview", order=5)
def deletion_is_near(actor: Participant) -> Iterator[Panel]:
    """Remind the owner of the day of deletion; say to the team that it has come."""
    left = days_left(actor.workshop)
    is_near = left is not None and left <= REMINDED.days
    if is_near and allowed(actor, "participants.purge", actor.workshop):
        yield Panel("participants/deletion_notice.html", {"days_left": left})
    elif actor.workshop.purged_at and allowed(actor, "participants.see_deletion", actor.workshop):
        yield Panel("participants/deletion_notice.html")


@contribute("workshops:overview_aside", order=90)
def records(actor: Participant) -> Iterator[Panel]:
    """Lead to the history and to the day of deletion."""
    may_read = allowed(actor, "participants.read_history", actor.workshop)
    may_see = allowed(actor, "participants.see_deletion", actor.workshop)
    if actor.role in TEAM and (may_read or may_see):
        context = {"may_read_history": may_read, "may_see_deletion": may_see}
        yield Panel("participants/records.html", context)


@contribute("people:held", order=20)
def held(participant: Participant) -> Iterator[Held]:
    """Tell somebody what their row, their groups and their links hold."""
    yield from row_of(participant)


@contribute("people:forget", order=20)
def forget(participant: Participant) -> Iterator[Removal]:
    """Empty somebody's row; their groups and links go."""
    yield from removals_of_person(participant)


@contribute("purge", order=20)
def purge(workshop: Workshop) -> Iterator[Removal]:
    """Let who took part go; the team stays."""
    yield from removals_of_workshop(workshop)


@contribute("purge:kept", order=20)
def kept(workshop: Workshop) -> Iterator[Kept]:
    """The team stays, and how many took part."""
    everyone = workshop.participants.count()
    team = workshop.participants.filter(PRESENT_TEAM).count()
    yield Kept("members of the team", team, "They answer for the memo, and keep their accounts.")
    yield Kept("other people", everyone - team, "That somebody was here in a role, and no more.")
    yield Kept(
        "lines in the history",
        AuditEntry.objects.filter(scope_id=workshop.pk).count(),
        "They say what was changed, and hold no names of people.",
    )


@contribute("sweep", order=20)
def sweep() -> Iterator[Removal]:
    """Delete drafts, links and sessions that have run out."""
    yield from what_has_run_out()


@contribute("history:verbs", order=20)
def told() -> Iterator[dict[str, str]]:
    """Say what was done with people, groups and the join code."""
    yield {
        "participant.joined": "joined",
        "participant.added": "put {subject} on the list of people",
        "participant.regrouped": "put {subject} into another group",
        "participant.removed": "removed {subject}",
        "participant.left": "left: they came by a personal link instead",
        "participant.brought_back": "brought {subject} back",
        "roster.imported": "took a list of people",
        "participant.admitted": "admitted {subject}",
        "participant.turned_away": "turned somebody away",
        "participant.changed": "changed what is known of {subject}",
        "participant.group_chosen": "chose another group",
        "participant.account_attached": "came with an account",
        "participant.erased": "erased {subject}",
        "link.made": "made a personal link for {subject}",
        "link.sent": "sent a personal link to {subject}",
        "link.used": "came by a personal link",
        "join_code.renewed": "renewed the join code",
        "group.added": "added the group {subject}",
        "group.changed": "changed the group {subject}",
        "group.moved": "moved the group {subject}",
        "group.removed": "removed the group {subject}",
    }


@contribute("history:names", order=20)
def names(viewer: Participant, ids: Mapping[str, set[uuid.UUID]]) -> Iterator[dict[uuid.UUID, str]]:
    """Call groups and people as the viewer may know them."""
    groups = Group.objects.filter(workshop=viewer.workshop_id)
    found = groups.filter(pk__in=ids.get("participants.group", ()))
    yield {group.pk: f"“{group.plural}”" for group in found}
    yield people_named(viewer, ids.get("participants.participant", set()))
