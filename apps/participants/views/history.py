"""The history of a workshop."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from apps.core.permissions import allowed, require
from apps.participants.models import Participant
from apps.participants.selectors.history import Filters, doers, history, kinds
from apps.workshops.pages import workshop_page


@require_safe
@workshop_page
def show_history(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show who changed what, from what to what: all of it to the owner, to the team its own."""
    require(actor, "participants.read_history", actor.workshop)
    sees_all = allowed(actor, "participants.read_all_history", actor.workshop)
    filters = Filters(
        kind=request.GET.get("kind", ""),
        who=request.GET.get("who", "") if sees_all else "",
        before=request.GET.get("before", ""),
    )
    found = history(actor, filters)
    asked = {name: value for name, value in vars(filters).items() if value}
    context = {
        "section": "",
        "history": found,
        "filters": filters,
        "kinds": kinds(),
        "doers": doers(actor) if sees_all else [],
        "older": urlencode({**asked, "before": found.older}) if found.older else "",
    }
    return render(request, "participants/history.html", context)
