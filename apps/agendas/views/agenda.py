"""The agenda: research questions as an outline, and what the day came to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.agendas.selectors import agenda_visible_to
from apps.participants.models import Participant
from apps.workshops.pages import workshop_page


@require_safe
@workshop_page
def agenda(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the agenda, each line with what it rests on; the team may put it in order."""
    context = {
        "section": "agenda",
        "agenda": agenda_visible_to(actor),
        "arrange": "arrange" in request.GET,
    }
    return render(request, "agendas/agenda.html", context)
