"""The console: what the room is asked next, on the facilitator's phone or laptop."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.statements import services
from apps.statements.forms import Step, StepForm
from apps.statements.models import Means, Round, RoundState
from apps.statements.picture import picture_of
from apps.statements.selectors import Queued, console_of, plan_of
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.pages import workshop_page

UNDER_WAY = {RoundState.OPEN, RoundState.CLOSED}
STEPS = {
    RoundState.DRAFT: Step.OPEN,
    RoundState.OPEN: Step.CLOSE,
    RoundState.CLOSED: Step.REVEAL,
}


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def console(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show what is asked and what the screen shows; let a round go on by a step."""
    require(actor, "statements.ask", actor.workshop)
    if request.method == "POST":
        return _go_on(request, actor)
    found = console_of(actor, at=_named(request))
    context: dict[str, Any] = {"section": "statements", "console": found}
    if found.current is not None:
        context |= _about(actor, found.current)
    if found.revealed is not None and found.revealed.counts is not None:
        counts = {"": found.revealed.counts}
        context["picture"] = picture_of(counts, members=found.revealed.members)
    return render(request, "statements/console.html", context)


def _about(actor: Participant, queued: Queued) -> dict[str, Any]:
    """Return what can be done next about a statement."""
    asked = queued.round
    asks_hands = asked.means == Means.HANDS and asked.state in UNDER_WAY
    waits = asks_hands and asked.confirmed_at is None
    entered = waits and asked.hand_counts.exists()
    return {
        "step": Step.REVEAL if asks_hands else STEPS.get(RoundState(asked.state)),
        "hands_missing": waits and not entered,
        "hands_wait": entered,
        "own_count": asked.counted_by_id == actor.pk,
        "may_reopen": not leaves_no_trace(actor.workshop),
        "may_repeat": asked.number < plan_of(actor.workshop).rounds,
    }


def _go_on(request: HttpRequest, actor: Participant) -> HttpResponse:
    form = StepForm(request.POST, actor=actor)
    if not form.is_valid():
        messages.warning(request, form.problems())
        return redirect("statements:console", actor.workshop.slug)
    asked: Round = form.cleaned_data["round"]
    try:
        _take(actor, form.cleaned_data["step"], asked)
    except RuleViolation as violation:
        messages.warning(request, str(violation))
    page = reverse("statements:console", args=[actor.workshop.slug])
    return redirect(f"{page}?at={asked.statement_id}")


def _take(actor: Participant, step: str, asked: Round) -> None:
    if step == Step.OPEN:
        services.open_on_screen(actor=actor, asked=asked)
    elif step == Step.REOPEN:
        services.open_on_screen(actor=actor, asked=asked, again=True)
    elif step == Step.CLOSE:
        services.close_rounds(actor=actor, rounds=[asked])
    elif step == Step.REVEAL:
        services.reveal_on_screen(actor=actor, asked=asked)
    else:
        services.ask_again(actor=actor, statement=asked.statement)


def _named(request: HttpRequest) -> uuid.UUID | None:
    """Return the statement that the address names, if it is an id at all."""
    try:
        return uuid.UUID(request.GET.get("at", ""))
    except ValueError:
        return None
