"""The screen of the room: for the projector, and the same to everybody who is here."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.core.exceptions import RuleViolation
from apps.core.permissions import allowed, require
from apps.core.qr import QrCode, qr_code
from apps.participants.models import JoinCode, Participant
from apps.statements import services
from apps.statements.forms import ShowForm
from apps.statements.room import stage_of
from apps.statements.selectors import screen_of
from apps.workshops.pages import workshop_page


@dataclass(frozen=True)
class Code:
    """How one joins, as a room reads it."""

    told: str
    address: str
    url: str
    qr: QrCode


@require_safe
@workshop_page
def screen(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show what the team put on the screen."""
    require(actor, "statements.view", actor.workshop)
    shown = screen_of(actor.workshop)
    context: dict[str, Any] = {
        "shown": shown,
        "code": _code(request, actor),
        "hears_answers": allowed(actor, "statements.see_all", actor.workshop),
        "stage": stage_of(shown),
    }
    return render(request, "statements/screen.html", context)


@require_POST
@workshop_page
def show(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Put something else on the screen."""
    require(actor, "statements.ask", actor.workshop)
    form = ShowForm(request.POST, actor=actor)
    if form.is_valid():
        try:
            services.show_on_screen(
                actor=actor,
                showing=form.cleaned_data["showing"],
                asked=form.cleaned_data["round"],
            )
        except RuleViolation as violation:
            messages.warning(request, str(violation))
    else:
        messages.warning(request, form.problems())
    page = reverse("statements:console", args=[actor.workshop.slug])
    at = form.cleaned_data.get("at")
    return redirect(f"{page}?at={at}" if at else page)


def _code(request: HttpRequest, actor: Participant) -> Code | None:
    """Return how one joins, for those who may know it: others take part already."""
    if not allowed(actor, "participants.see_join_code", actor.workshop):
        return None
    code = JoinCode.objects.filter(workshop=actor.workshop_id).first()
    if code is None or code.is_over:
        return None
    url = request.build_absolute_uri(reverse("participants:join_workshop", args=[code.key]))
    address = f"{request.get_host()}{reverse('participants:join')}".rstrip("/")
    return Code(str(code), address, url, qr_code(url))
