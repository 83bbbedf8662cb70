"""The workshops someone takes part in, the overview of one, and its phases."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.core.exceptions import RuleViolation
from apps.core.permissions import allowed, require
from apps.workshops import selectors, services
from apps.workshops.actors import Actor
from apps.workshops.forms import PhaseForm
from apps.workshops.pages import workshop_page


@require_safe
@never_cache
def workshop_list(request: Any) -> HttpResponse:
    """Show the workshops that this person takes part in, by account or in this browser."""
    if request.taking_part.is_unknown:
        return redirect_to_login(request.get_full_path())
    known = request.taking_part
    context = {"taking_part": known.everywhere(), "outside": known.outside()}
    return render(request, "workshops/list.html", context)


@require_safe
@workshop_page
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show where the workshop stands and what to do next."""
    return _overview(request, actor, PhaseForm())


@require_POST
@workshop_page
def move_phase(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Move the workshop one phase on, or back."""
    require(actor, "workshops.move_phase", actor.workshop)
    form = PhaseForm(request.POST)
    if not form.is_valid():
        return _overview(request, actor, form)
    try:
        services.move_phase(actor=actor, workshop=actor.workshop, **form.cleaned_data)
    except RuleViolation as violation:
        form.refuse(violation)
        return _overview(request, actor, form)
    return redirect("workshops:overview", actor.workshop.slug)


def _overview(request: HttpRequest, actor: Actor, phase_form: PhaseForm) -> HttpResponse:
    workshop = actor.workshop
    steps = selectors.steps_for(actor)
    after = selectors.phase_after(workshop)
    may_move = allowed(actor, "workshops.move_phase", workshop)
    before = selectors.before_phase(actor, after) if may_move else []
    context = {
        "section": "overview",
        "phases": selectors.phases_of(workshop),
        "phase_after": after,
        "before_phase": before,
        "must_be_mended": any(not step.done for step in before),
        "allowances": selectors.allowances(),
        "phase_before": selectors.phase_before(workshop),
        "phase_form": phase_form,
        "steps": steps,
        "next_step": selectors.next_step(steps),
        "sessions": selectors.sessions_of(workshop),
        "questions": selectors.guiding_questions_of(workshop),
    }
    status = 422 if phase_form.errors else 200
    return render(request, "workshops/overview.html", context, status=status)
