"""What was left lying, and where it is mended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.core.permissions import require
from apps.workshops.actors import Actor
from apps.workshops.coverage import gaps
from apps.workshops.pages import workshop_page

# What is shown of a list at once; the rest opens below it.
AT_ONCE = 10


@require_safe
@workshop_page
def coverage(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the team every list of what was left lying."""
    require(actor, "workshops.see_coverage", actor.workshop)
    every = gaps(actor)
    lists = []
    for gap in every:
        found = gap.found() if gap.count else []
        lists.append((gap, found[:AT_ONCE], found[AT_ONCE:]))
    context = {
        "section": "overview",
        "lists": lists,
        "total": sum(gap.count for gap in every),
    }
    return render(request, "workshops/coverage.html", context)
