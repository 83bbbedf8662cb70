"""Setting up the organisations."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.permissions import require
from apps.workshops import services
from apps.workshops.actors import Actor
from apps.workshops.forms import OrganisationForm
from apps.workshops.models import Organisation
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
def organisations(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show who is behind the workshop."""
    require(actor, "workshops.set_up", actor.workshop)
    context = {
        "section": "overview",
        "title": "Organisations",
        "organisations": actor.workshop.organisations.all(),
        "arrange": "arrange" in request.GET,
    }
    return render(request, "workshops/setup/organisations.html", context)


@require_http_methods(READ_OR_SEND)
@workshop_page
def add_organisation(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add an organisation."""
    return edit_page(
        request,
        actor,
        OrganisationForm(request.POST or None),
        save=lambda values: services.add_organisation(actor=actor, **values),
        title="A new organisation",
        **_under(actor),
    )


@require_http_methods(READ_OR_SEND)
@workshop_page
def change_organisation(
    request: HttpRequest, actor: Actor, organisation_id: uuid.UUID
) -> HttpResponse:
    """Change an organisation."""
    organisation = _found(actor, organisation_id)
    return edit_page(
        request,
        actor,
        OrganisationForm(request.POST or None, initial=values_of(OrganisationForm, organisation)),
        save=lambda values: services.change_organisation(
            actor=actor, organisation=organisation, **values
        ),
        title=organisation.name,
        removal=Removal(
            "organisation",
            reverse("workshops:remove_organisation", args=[actor.workshop.slug, organisation.pk]),
        ),
        **_under(actor),
    )


@require_POST
@workshop_page
def move_organisation(
    request: HttpRequest, actor: Actor, organisation_id: uuid.UUID
) -> HttpResponse:
    """Move an organisation up or down."""
    organisation = _found(actor, organisation_id)
    services.move_organisation(actor=actor, organisation=organisation, by=places_in(request))
    return redirect(f"{_under(actor)['back']}?arrange=1#organisation-{organisation.pk}")


@require_POST
@workshop_page
def remove_organisation(
    request: HttpRequest, actor: Actor, organisation_id: uuid.UUID
) -> HttpResponse:
    """Remove an organisation."""
    organisation = _found(actor, organisation_id)
    services.remove_organisation(
        actor=actor, organisation=organisation, version=version_in(request)
    )
    messages.success(request, f"Removed “{organisation.name}”. It stays in the history.")
    return redirect(_under(actor)["back"])


def _found(actor: Actor, organisation_id: uuid.UUID) -> Organisation:
    return get_object_or_404(Organisation, workshop=actor.workshop, pk=organisation_id)


def _under(actor: Actor) -> dict[str, Any]:
    url = reverse("workshops:organisations", args=[actor.workshop.slug])
    return {"back": url, "trail": [("Organisations", url)]}
