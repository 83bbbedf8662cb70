"""Joining a workshop by its code, and leaving it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.exceptions import RuleViolation
from apps.participants import services
from apps.participants.forms import CodeForm, JoinForm
from apps.participants.models import Participant
from apps.participants.selectors import as_member, groups_of
from apps.workshops.models import Workshop
from apps.workshops.pages import workshop_page

READ_OR_SEND = ["GET", "HEAD", "POST"]
REFUSED: dict[type[services.CodeRefused], int] = {
    services.CodeUnknown: 404,
    services.CodeExpired: 410,
    services.TooManyGuesses: 429,
}


@never_cache
@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("participants:join_workshop", form.cleaned_data["code"])
    return _code_page(request, form, status=422 if form.errors else 200)


@never_cache
@require_http_methods(READ_OR_SEND)
def join_workshop(request: Any, code: str) -> HttpResponse:
    """Say what joining means, and let somebody in who wants to."""
    try:
        workshop = services.workshop_of(code, address=request.META.get("REMOTE_ADDR", ""))
    except services.CodeRefused as refusal:
        return _refused(request, code, refusal)
    try:
        request.taking_part.in_workshop(workshop.slug)
    except Http404:
        return _join_page(request, workshop)
    return redirect("workshops:overview", workshop.slug)


def _join_page(request: Any, workshop: Workshop) -> HttpResponse:
    user = request.user if request.user.is_authenticated else None
    form = JoinForm(
        request.POST or None, workshop=workshop, initial={"display_name": user.name if user else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            participant = services.join_workshop(workshop=workshop, user=user, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            if user is None:
                request.taking_part.remember(participant)
            return redirect("workshops:overview", workshop.slug)
    context = {
        "workshop": workshop,
        "form": form,
        "labels": [as_member(group) for group in groups_of(workshop)],
    }
    return render(request, "participants/join.html", context, status=422 if form.errors else 200)


def _refused(request: HttpRequest, code: str, refusal: services.CodeRefused) -> HttpResponse:
    form = CodeForm({"code": code})
    form.is_valid()
    form.errors.pop("code", None)
    form.add_error("code", str(refusal))
    response = _code_page(request, form, status=REFUSED[type(refusal)])
    if isinstance(refusal, services.TooManyGuesses):
        response["Retry-After"] = "60"
    return response


def _code_page(request: HttpRequest, form: CodeForm, *, status: int) -> HttpResponse:
    return render(request, "participants/join_code.html", {"form": form}, status=status)


@require_http_methods(READ_OR_SEND)
@workshop_page
def leave(request: Any, actor: Participant) -> HttpResponse:
    """Let this browser forget whom it joined as."""
    if actor.user_id is not None:
        raise Http404
    if request.method != "POST":
        return render(request, "participants/leave.html", {"section": ""})
    request.taking_part.forget(actor.workshop)
    messages.success(request, f"You have left “{actor.workshop}” on this device.")
    return redirect("participants:join")


@require_POST
@workshop_page
def renew_join_code(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Replace the join code."""
    services.renew_join_code(actor=actor)
    messages.success(request, "There is a new join code. The old one lets nobody in any more.")
    return redirect("workshops:overview", actor.workshop.slug)
