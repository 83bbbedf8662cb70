"""The groups of a workshop."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.permissions import require
from apps.participants import services
from apps.participants.forms.groups import GroupForm, NewGroupForm
from apps.participants.models import Group, Participant
from apps.participants.selectors.groups import axes_of, why_group_stays
from apps.workshops.pages import (
    Removal,
    edit_page,
    places_in,
    values_of,
    version_in,
    workshop_page,
)

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
@workshop_page
def groups(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the groups, by what they are of, with a short form to add one."""
    require(actor, "workshops.set_up", actor.workshop)
    context = {
        "section": "overview",
        "title": "Groups",
        "axes": axes_of(actor.workshop),
        "form": NewGroupForm(workshop=actor.workshop),
        "arrange": "arrange" in request.GET,
    }
    return render(request, "participants/groups.html", context)


@require_http_methods(READ_OR_SEND)
@workshop_page
def add_group(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Add a group."""

    def save(values: dict[str, Any]) -> None:
        group = services.add_group(actor=actor, **values)
        messages.success(request, f"Added “{group.plural}”; one is “{group.singular}”.")

    return edit_page(
        request,
        actor,
        NewGroupForm(request.POST or None, workshop=actor.workshop),
        save=save,
        title="A new group",
        **_under(actor),
    )


@require_http_methods(READ_OR_SEND)
@workshop_page
def change_group(request: HttpRequest, actor: Participant, group_id: uuid.UUID) -> HttpResponse:
    """Call a group otherwise."""
    group = _found(actor, group_id)
    return edit_page(
        request,
        actor,
        GroupForm(request.POST or None, initial=values_of(GroupForm, group)),
        save=lambda values: services.change_group(actor=actor, group=group, **values),
        title=f"The {group.plural}",
        removal=Removal(
            "group",
            reverse("participants:remove_group", args=[actor.workshop.slug, group.pk]),
            stays=why_group_stays(group),
        ),
        **_under(actor),
    )


@require_POST
@workshop_page
def move_group(request: HttpRequest, actor: Participant, group_id: uuid.UUID) -> HttpResponse:
    """Move a group up or down."""
    group = _found(actor, group_id)
    services.move_group(actor=actor, group=group, by=places_in(request))
    return redirect(f"{_under(actor)['back']}?arrange=1#group-{group.pk}")


@require_POST
@workshop_page
def remove_group(request: HttpRequest, actor: Participant, group_id: uuid.UUID) -> HttpResponse:
    """Remove a group that nobody belongs to."""
    group = _found(actor, group_id)
    services.remove_group(actor=actor, group=group, version=version_in(request))
    messages.success(request, f"Removed “{group.plural}”. It stays in the history.")
    return redirect(_under(actor)["back"])


def _found(actor: Participant, group_id: uuid.UUID) -> Group:
    return get_object_or_404(actor.workshop.groups.all(), pk=group_id)


def _under(actor: Participant) -> dict[str, Any]:
    url = reverse("participants:groups", args=[actor.workshop.slug])
    return {"back": url, "trail": [("Groups", url)]}
