"""Where the room is, and moving it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from apps.core.permissions import require
from apps.workshops import selectors, services
from apps.workshops.actors import Actor
from apps.workshops.pages import is_htmx, workshop_page

SWITCHES = ("takes_thoughts", "has_feed")


@require_safe
@workshop_page
def room(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show where the room is, as a part of a page."""
    return _room(request, actor)


@require_POST
@workshop_page
def go(request: HttpRequest, actor: Actor, session_id: uuid.UUID) -> HttpResponse:
    """Move the room into a session."""
    session = get_object_or_404(selectors.sessions_of(actor.workshop), pk=session_id)
    services.go_to_session(actor=actor, session=session)
    return _done(request, actor)


@require_POST
@workshop_page
def open_session(request: HttpRequest, actor: Actor, session_id: uuid.UUID) -> HttpResponse:
    """Let participants send thoughts to a session, or read along; or no longer."""
    session = get_object_or_404(selectors.sessions_of(actor.workshop), pk=session_id)
    require(actor, "workshops.steer", session)
    switched = {name: request.POST[name] == "on" for name in SWITCHES if name in request.POST}
    services.open_session(actor=actor, session=session, **switched)
    return _done(request, actor)


def _done(request: HttpRequest, actor: Actor) -> HttpResponse:
    if is_htmx(request):
        return _room(request, actor)
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("workshops:overview", actor.workshop.slug)


def _room(request: HttpRequest, actor: Actor) -> HttpResponse:
    # What the page behind it was, which the form leads back to without JavaScript.
    context = {
        "room": selectors.room_of(actor.workshop),
        "back": request.POST.get("back", request.GET.get("back", "")),
    }
    return render(request, "workshops/room_here.html", context)
