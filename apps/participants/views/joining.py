"""Joining a workshop by its code, waiting to be let in, and leaving it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.exceptions import RuleViolation
from apps.participants import services
from apps.participants.codes import is_key
from apps.participants.forms import CodeForm, JoinForm
from apps.participants.models import Participant
from apps.participants.selectors import terms_of
from apps.participants.services.joining import not_removed
from apps.workshops.models import Workshop
from apps.workshops.pages import is_htmx, workshop_page

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
    # Asked first: whoever is in is kept from coming back by nobody's guessing.
    known = request.taking_part.behind(code=code)
    if known is not None:
        return _onwards(not_removed(known))
    try:
        workshop = services.workshop_of(code, address=request.META.get("REMOTE_ADDR", ""))
    except services.CodeRefused as refusal:
        return _refused(request, code, refusal)
    return _join_page(request, workshop)


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
            if user is None or participant.admitted_at is None:
                request.taking_part.remember(participant)
            return _onwards(participant)
    context = {"workshop": workshop, "form": form, "terms": terms_of(workshop)}
    return render(request, "participants/join.html", context, status=422 if form.errors else 200)


def _onwards(participant: Participant) -> HttpResponse:
    """Lead somebody who has joined to where they may be."""
    page = "workshops:overview" if participant.admitted_at else "participants:wait"
    return redirect(page, participant.workshop.slug)


def _refused(request: HttpRequest, code: str, refusal: services.CodeRefused) -> HttpResponse:
    # A key is nothing that anybody would correct.
    form = CodeForm({"code": "" if is_key(code) else code})
    form.is_valid()
    form.errors.pop("code", None)
    form.add_error("code", str(refusal))
    response = _code_page(request, form, status=REFUSED[type(refusal)])
    if isinstance(refusal, services.TooManyGuesses):
        response["Retry-After"] = "60"
    return response


def _code_page(request: HttpRequest, form: CodeForm, *, status: int) -> HttpResponse:
    return render(request, "participants/join_code.html", {"form": form}, status=status)


@never_cache
@require_safe
def wait(request: Any, slug: str) -> HttpResponse:
    """Let somebody wait who joined by the code, and lead them in once they are admitted."""
    known = request.taking_part.behind(slug=slug)
    if known is None:
        return _not_waiting(request, slug)
    if known.removed_at is not None:
        raise Http404
    if known.admitted_at is None:
        if is_htmx(request):
            return HttpResponse(status=204)
        return render(request, "participants/wait.html", {"workshop": known.workshop})
    return _leading(request, _onwards(known))


def _not_waiting(request: Any, slug: str) -> HttpResponse:
    if request.taking_part.is_unknown:
        return redirect_to_login(request.get_full_path())
    workshop = get_object_or_404(Workshop, slug=slug)
    if not request.taking_part.was_turned_away(workshop):
        raise Http404
    if is_htmx(request):
        return _leading(request, redirect("participants:wait", slug))
    return render(request, "participants/turned_away.html", {"workshop": workshop})


def _leading(request: HttpRequest, redirection: HttpResponse) -> HttpResponse:
    """Lead the whole page elsewhere, also when only a part of it asked."""
    if not is_htmx(request):
        return redirection
    return HttpResponse(status=204, headers={"HX-Redirect": redirection["Location"]})


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
