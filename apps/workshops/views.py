"""The workshops someone takes part in, and the overview of one."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.workshops import selectors
from apps.workshops.actors import Actor
from apps.workshops.pages import workshop_page


@require_safe
@never_cache
def workshop_list(request: Any) -> HttpResponse:
    """Show the workshops that this person takes part in, by account or in this browser."""
    if request.taking_part.is_unknown:
        return redirect_to_login(request.get_full_path())
    return render(request, "workshops/list.html", {"taking_part": request.taking_part.everywhere()})


@require_safe
@workshop_page
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show where the workshop stands and what to do next."""
    steps = selectors.steps_for(actor)
    context = {
        "section": "overview",
        "phases": selectors.phases_of(actor.workshop),
        "steps": steps,
        "next_step": selectors.next_step(steps),
        "sessions": selectors.sessions_of(actor.workshop),
        "questions": selectors.guiding_questions_of(actor.workshop),
    }
    return render(request, "workshops/overview.html", context)
