"""Setting up the sessions."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.workshops import selectors, services
from apps.workshops.actors import Actor
from apps.workshops.forms import SessionForm
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
def sessions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the day, session by session."""
    require(actor, "workshops.set_up", actor.workshop)
    context = {
        "section": "overview",
        "title": "Sessions",
        "sessions": selectors.with_ways_to_move(selectors.sessions_of(actor.workshop)),
        "arrange": "arrange" in request.GET,
    }
    return render(request, "workshops/setup/sessions.html", context)


@require_http_methods(READ_OR_SEND)
@workshop_page
def add_session(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add a session to the day."""
    return edit_page(
        request,
        actor,
        SessionForm(request.POST or None, workshop=actor.workshop),
        save=lambda values: services.add_session(actor=actor, **values),
        title="A new session",
        **_under(actor),
    )


@require_http_methods(READ_OR_SEND)
@workshop_page
def change_session(request: HttpRequest, actor: Actor, session_id: uuid.UUID) -> HttpResponse:
    """Change a session."""
    session = get_object_or_404(selectors.sessions_of(actor.workshop), pk=session_id)
    form = SessionForm(
        request.POST or None,
        workshop=actor.workshop,
        session=session,
        initial=values_of(SessionForm, session),
    )
    return edit_page(
        request,
        actor,
        form,
        save=lambda values: services.change_session(actor=actor, session=session, **values),
        title=session.title,
        removal=Removal(
            "session",
            reverse("workshops:remove_session", args=[actor.workshop.slug, session.pk]),
            stays=selectors.why_session_stays(session),
        ),
        **_under(actor),
    )


@require_POST
@workshop_page
def move_session(request: HttpRequest, actor: Actor, session_id: uuid.UUID) -> HttpResponse:
    """Move a session up or down among those beside it."""
    session = get_object_or_404(selectors.sessions_of(actor.workshop), pk=session_id)
    try:
        services.move_session(actor=actor, session=session, by=places_in(request))
    except RuleViolation as violation:
        messages.warning(request, str(violation))
    return redirect(f"{_under(actor)['back']}?arrange=1#session-{session.pk}")


@require_POST
@workshop_page
def remove_session(request: HttpRequest, actor: Actor, session_id: uuid.UUID) -> HttpResponse:
    """Remove a session in which nothing was noted down."""
    session = get_object_or_404(selectors.sessions_of(actor.workshop), pk=session_id)
    services.remove_session(actor=actor, session=session, version=version_in(request))
    messages.success(request, f"Removed “{session.title}”. It stays in the history.")
    return redirect(_under(actor)["back"])


def _under(actor: Actor) -> dict[str, Any]:
    url = reverse("workshops:sessions", args=[actor.workshop.slug])
    return {"back": url, "trail": [("Sessions", url)]}
