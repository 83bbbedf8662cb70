"""What this app shows on the pages of others: oneself, the join code, the groups."""

from collections.abc import Iterator

from django.urls import reverse

from apps.core.contributions import Panel, Step, contribute
from apps.core.permissions import allowed
from apps.participants.forms import GroupForm
from apps.participants.models import JoinCode, Participant
from apps.participants.selectors import Attribution, groups_of
from apps.workshops.models import Phase
from apps.workshops.rules import TEAM


@contribute("account", order=10)
def oneself(actor: Participant) -> Iterator[Panel]:
    """Say who one is here, and as whom others see one."""
    shown_as = "" if actor.role in TEAM else Attribution(actor).member(actor)
    yield Panel("participants/oneself.html", {"shown_as": shown_as})


@contribute("workshops:overview_aside", order=10)
def join_code(actor: Participant) -> Iterator[Panel]:
    """Show the team how people join."""
    if allowed(actor, "participants.see_join_code", actor.workshop):
        code = JoinCode.objects.filter(workshop=actor.workshop_id).first()
        yield Panel("participants/code_card.html", {"join_code": code})


@contribute("workshops:setup", order=10)
def groups(actor: Participant) -> Iterator[Panel]:
    """Let the owner name the groups."""
    yield Panel(
        "participants/groups.html",
        {"groups": groups_of(actor.workshop), "group_form": GroupForm(auto_id="group_%s")},
    )


@contribute("workshops:next", order=15)
def groups_are_named(actor: Participant) -> Iterator[Step]:
    """Ask the owner to name the groups."""
    if not allowed(actor, "workshops.set_up", actor.workshop):
        return
    url = f"{reverse('workshops:setup', args=[actor.workshop.slug])}#groups"
    count = len(groups_of(actor.workshop))
    if count:
        yield Step("The groups have their names", url, done=True)
    else:
        action = "Name the groups" if actor.workshop.phase == Phase.SETTING_UP else ""
        yield Step("No groups are named yet", url, action=action)
