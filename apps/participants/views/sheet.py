"""The join code: large for the projector, and on a sheet for the tables."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.core.qr import qr_code
from apps.core.typesetting import TypesettingFailed
from apps.participants import services
from apps.participants.models import JoinCode, Participant
from apps.participants.selectors import sheet_of
from apps.participants.sheet import typeset
from apps.workshops.pages import workshop_page

OVER = "The code has run out. Renew it first: a sheet with this one would let nobody in."


@require_safe
@workshop_page
def join_code(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show code, QR code and address, large enough for a room."""
    require(actor, "participants.see_join_code", actor.workshop)
    code = JoinCode.objects.filter(workshop=actor.workshop_id).first()
    context: dict[str, Any] = {"section": "overview", "join_code": code}
    if code is not None:
        url = _url(request, code)
        context |= {"qr": qr_code(url), "url": url, "address": _address(request)}
    return render(request, "participants/join_screen.html", context)


@require_safe
@workshop_page
def join_sheet(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Send the sheet to whoever may have it at this moment."""
    require(actor, "participants.see_join_code", actor.workshop)
    code = JoinCode.objects.select_related("workshop").filter(workshop=actor.workshop_id).first()
    if code is None:
        raise Http404
    if code.is_over:
        raise RuleViolation(OVER)
    try:
        pdf = typeset(sheet_of(code, url=_url(request, code), address=_address(request)))
    except TypesettingFailed as failure:
        raise RuleViolation(failure.reason) from failure
    return HttpResponse(
        pdf,
        headers={
            "Content-Type": "application/pdf",
            "Content-Disposition": f'attachment; filename="{actor.workshop.slug}-join.pdf"',
            "Cache-Control": "no-store, private",
        },
    )


@require_POST
@workshop_page
def renew_join_code(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Replace the join code."""
    services.renew_join_code(actor=actor)
    messages.success(request, "There is a new join code. The old one lets nobody in any more.")
    return redirect("workshops:overview", actor.workshop.slug)


def _url(request: HttpRequest, code: JoinCode) -> str:
    return request.build_absolute_uri(reverse("participants:join_workshop", args=[code.key]))


def _address(request: HttpRequest) -> str:
    """Where one types the code, as people say addresses."""
    return f"{request.get_host()}{reverse('participants:join')}".rstrip("/")
