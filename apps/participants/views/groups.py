"""The groups of a workshop."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from apps.participants import services
from apps.participants.forms import GroupForm
from apps.participants.models import Participant
from apps.workshops.pages import edit_page, values_of, workshop_page

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_SEND)
@workshop_page
def add_group(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Add a group."""
    return edit_page(
        request,
        actor,
        GroupForm(request.POST or None),
        save=lambda values: services.add_group(actor=actor, **values),
        title="A new group",
        anchor="groups",
    )


@require_http_methods(READ_OR_SEND)
@workshop_page
def change_group(request: HttpRequest, actor: Participant, group_id: uuid.UUID) -> HttpResponse:
    """Call a group otherwise."""
    group = get_object_or_404(actor.workshop.groups.all(), pk=group_id)
    return edit_page(
        request,
        actor,
        GroupForm(request.POST or None, initial=values_of(GroupForm, group)),
        save=lambda values: services.change_group(actor=actor, group=group, **values),
        title=f"The {group.plural}",
        anchor="groups",
    )
