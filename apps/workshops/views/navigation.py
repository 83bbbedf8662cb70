"""The ways through a workshop, for pages that are open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.workshops.actors import Actor
from apps.workshops.pages import workshop_page


@require_safe
@workshop_page
def navigation(request: HttpRequest, _actor: Actor) -> HttpResponse:
    """Show the navigation alone, with its counts as they are now."""
    context = {"section": request.GET.get("section", "")}
    return render(request, "workshops/navigation.html", context)
