"""Searching a workshop."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.workshops.actors import Actor
from apps.workshops.pages import is_htmx, workshop_page
from apps.workshops.searching import Search


@require_safe
@workshop_page
def search(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what was found, of what the reader may read: all of it, or what is typed so far."""
    asked = Search(actor.workshop, request.GET.get("q", ""), only=request.GET.get("in", ""))
    kinds = asked.found(actor)
    context = {
        "section": "search",
        "search": asked,
        "kinds": kinds,
        "count": sum(kind.count for kind in kinds),
    }
    template = "workshops/found.html" if is_htmx(request) else "workshops/search.html"
    return render(request, template, context)
