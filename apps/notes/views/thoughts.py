"""Thoughts: what participants send from their phones, and the team's queue of them."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import allowed, require
from apps.notes import services
from apps.notes.forms import LetInForm, ThoughtForm
from apps.notes.selectors import (
    sessions_taking_thoughts,
    thoughts_by_state,
    thoughts_of,
    thoughts_visible_to,
    what_becomes_of_thoughts,
)
from apps.participants.models import Participant
from apps.workshops.models import Session
from apps.workshops.pages import is_htmx, workshop_page

SENT = "Sent. It waits for the facilitation team."
IS_A_NOTE = "It was sent before, and is a note by now."


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def thoughts(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Let a participant send a thought, and see which of theirs wait."""
    require(actor, "notes.have_thoughts", actor.workshop)
    may_send = allowed(actor, "notes.send_thoughts", actor.workshop)
    sessions = list(sessions_taking_thoughts(actor.workshop)) if may_send else []
    session = _chosen(sessions, request.POST.get("session") or request.GET.get("session"))
    if request.method != "POST":
        return _page(request, actor, sessions, session, ThoughtForm.empty())
    require(actor, "notes.send_thoughts", actor.workshop)
    form = ThoughtForm(request.POST)
    if session is None:
        form.add_error(None, "No session takes thoughts at the moment. Keep it, or say it aloud.")
    elif form.is_valid():
        try:
            thought = services.send_thought(actor=actor, session=session, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        except Conflict:
            form.begin_another()
        else:
            messages.success(request, SENT if thought else IS_A_NOTE)
            return redirect(request.get_full_path())
    return _page(request, actor, sessions, session, form, status=422)


@require_POST
@workshop_page
def take_back(request: HttpRequest, actor: Participant, thought_id: uuid.UUID) -> HttpResponse:
    """Take back a thought that nobody let in."""
    require(actor, "notes.take_back_thoughts", actor.workshop)
    thought = get_object_or_404(thoughts_of(actor), pk=thought_id)
    services.take_back_thought(actor=actor, thought=thought)
    messages.success(request, "Taken back. Nothing of it is kept.")
    return redirect("notes:thoughts", actor.workshop.slug)


@require_safe
@workshop_page
def waiting(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the team which thoughts wait, and which were set aside."""
    require(actor, "notes.read_thoughts", actor.workshop)
    return _queue(request, actor)


@require_POST
@workshop_page
def let_in(request: HttpRequest, actor: Participant, thought_id: uuid.UUID) -> HttpResponse:
    """Make a thought a note, as it was sent or with a change."""
    thought = get_object_or_404(thoughts_visible_to(actor), pk=thought_id)
    require(actor, "notes.decide_thoughts", thought)
    form = LetInForm(request.POST)
    if form.is_valid():
        try:
            note = services.let_in_thought(actor=actor, thought=thought, **form.given())
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            return _decided(request, actor, f"Let in as note {note.sequence}.")
    return _queue(request, actor, refused=(thought_id, form), status=422)


@require_POST
@workshop_page
def set_aside(request: HttpRequest, actor: Participant, thought_id: uuid.UUID) -> HttpResponse:
    """Put a thought aside."""
    return _put(request, actor, thought_id, services.set_aside_thought, "Set aside.")


@require_POST
@workshop_page
def bring_back(request: HttpRequest, actor: Participant, thought_id: uuid.UUID) -> HttpResponse:
    """Let a thought that was set aside wait again."""
    return _put(request, actor, thought_id, services.bring_back_thought, "It waits again.")


def _put(
    request: HttpRequest,
    actor: Participant,
    thought_id: uuid.UUID,
    service: Callable[..., object],
    done: str,
) -> HttpResponse:
    thought = get_object_or_404(thoughts_visible_to(actor), pk=thought_id)
    require(actor, "notes.decide_thoughts", thought)
    service(actor=actor, thought=thought)
    return _decided(request, actor, done)


def _decided(request: HttpRequest, actor: Participant, done: str) -> HttpResponse:
    if is_htmx(request):
        return _queue(request, actor, done=done)
    messages.success(request, done)
    return redirect("notes:waiting_thoughts", actor.workshop.slug)


def _queue(
    request: HttpRequest,
    actor: Participant,
    *,
    refused: tuple[uuid.UUID, LetInForm] | None = None,
    done: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"section": "thoughts", **thoughts_by_state(actor), "done": done}
    if refused:
        context |= {"refused_id": refused[0], "refused": refused[1]}
    template = "notes/queue.html" if is_htmx(request) else "notes/waiting.html"
    return render(request, template, context, status=status)


def _page(
    request: HttpRequest,
    actor: Participant,
    sessions: list[Session],
    session: Session | None,
    form: ThoughtForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": "send-thought",
        "sessions": sessions,
        "session": session,
        "becomes": what_becomes_of_thoughts(session) if session else [],
        "form": form,
        "sent": thoughts_of(actor),
    }
    return render(request, "notes/thoughts.html", context, status=status)


def _chosen(sessions: list[Session], wanted: str | None) -> Session | None:
    """Return the session that was asked for, or else the first: where the room is."""
    found = [session for session in sessions if str(session.pk) == wanted]
    return next(iter([*found, *sessions]), None)
