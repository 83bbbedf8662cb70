"""The lobby, for those who let people in."""

import hashlib
import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.core.permissions import require
from apps.participants import services
from apps.participants.models import Participant
from apps.participants.selectors import waiting_in
from apps.workshops.pages import is_htmx, workshop_page

QUICKER = "They aren’t waiting any more."


@require_safe
@workshop_page
def lobby(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show who waits; a page that shows just these is answered with nothing new."""
    require(actor, "participants.admit", actor.workshop)
    waiting = list(waiting_in(actor.workshop))
    seen = _mark(waiting)
    if is_htmx(request) and request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    context = {"section": "lobby", "waiting": waiting, "seen": seen, "news": is_htmx(request)}
    template = "participants/lobby_list.html" if is_htmx(request) else "participants/lobby.html"
    return render(request, template, context)


@require_POST
@workshop_page
def admit(request: HttpRequest, actor: Participant, participant_id: uuid.UUID) -> HttpResponse:
    """Let one person in."""
    require(actor, "participants.admit", actor.workshop)
    participant = get_object_or_404(actor.workshop.participants.all(), pk=participant_id)
    if not services.admit(actor=actor, participant=participant):
        messages.info(request, QUICKER)
    return redirect("participants:lobby", actor.workshop.slug)


@require_POST
@workshop_page
def admit_all(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Let all those in who were shown."""
    require(actor, "participants.admit", actor.workshop)
    count = services.admit_all(actor=actor, shown=_ids(request.POST.getlist("shown")))
    messages.success(request, f"{count} {'person is' if count == 1 else 'people are'} in.")
    return redirect("participants:lobby", actor.workshop.slug)


@require_POST
@workshop_page
def turn_away(request: HttpRequest, actor: Participant, participant_id: uuid.UUID) -> HttpResponse:
    """Turn one person away."""
    require(actor, "participants.admit", actor.workshop)
    participant = get_object_or_404(actor.workshop.participants.all(), pk=participant_id)
    if not services.turn_away(actor=actor, participant=participant):
        messages.info(request, QUICKER)
    return redirect("participants:lobby", actor.workshop.slug)


def _mark(waiting: Iterable[Participant]) -> str:
    """Return something that changes when others wait."""
    ids = " ".join(str(participant.pk) for participant in waiting)
    return hashlib.sha256(ids.encode()).hexdigest()[:16]


def _ids(given: Iterable[str]) -> list[uuid.UUID]:
    """Return those of `given` that are ids at all."""
    found = []
    for each in given:
        try:
            found.append(uuid.UUID(each))
        except ValueError:
            continue
    return found
