"""Writing outcomes."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.agendas.forms import OutcomeForm, initial_of
from apps.agendas.models import Outcome
from apps.agendas.selectors import outcomes_visible_to
from apps.agendas.services import move_outcome, record_outcome, revise_outcome, withdraw_outcome
from apps.agendas.views.saving import Taken, address, places, take, version_in
from apps.core.exceptions import Conflict
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.workshops.pages import workshop_page


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def new(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Record an outcome."""
    require(actor, "agendas.edit", actor.workshop)
    if request.method != "POST":
        return _page(request, OutcomeForm(actor=actor))
    form = OutcomeForm(request.POST, actor=actor)
    taken = take(form, lambda: record_outcome(actor=actor, **form.given()))
    if taken.row is None:
        return _page(request, form, taken=taken)
    return redirect(address(actor, f"outcome-{taken.row.pk}"))


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def edit(request: HttpRequest, actor: Participant, outcome_id: uuid.UUID) -> HttpResponse:
    """Change what an outcome says, what it rests on and whom it is for."""
    outcome = get_object_or_404(outcomes_visible_to(actor), pk=outcome_id)
    require(actor, "agendas.edit", outcome)
    if request.method != "POST":
        initial = initial_of(outcome, ["version", *OutcomeForm.base_fields])
        return _page(request, OutcomeForm(initial=initial, actor=actor, outcome=outcome), outcome)
    form = OutcomeForm(request.POST, actor=actor, outcome=outcome)
    taken = take(form, lambda: revise_outcome(actor=actor, outcome=outcome, **form.cleaned_data))
    if taken.row is None:
        return _page(request, form, outcome, taken)
    return redirect(address(actor, f"outcome-{outcome.pk}"))


@require_POST
@workshop_page
def move(request: HttpRequest, actor: Participant, outcome_id: uuid.UUID) -> HttpResponse:
    """Move an outcome up or down under its heading."""
    outcome = get_object_or_404(outcomes_visible_to(actor), pk=outcome_id)
    move_outcome(actor=actor, outcome=outcome, by=places(request))
    return redirect(address(actor, f"outcome-{outcome.pk}", arrange=True))


@require_POST
@workshop_page
def withdraw(request: HttpRequest, actor: Participant, outcome_id: uuid.UUID) -> HttpResponse:
    """Remove an outcome."""
    outcome = get_object_or_404(outcomes_visible_to(actor), pk=outcome_id)
    try:
        withdraw_outcome(actor=actor, outcome=outcome, version=version_in(request))
    except Conflict:
        messages.warning(
            request, "Not removed: someone changed the outcome meanwhile. Look at it again."
        )
        return redirect("agendas:outcome-edit", actor.workshop.slug, outcome.pk)
    messages.success(request, f"Removed “{outcome.text}”. It stays in the history.")
    return redirect(address(actor, "outcomes"))


def _page(
    request: HttpRequest,
    form: OutcomeForm,
    outcome: Outcome | None = None,
    taken: Taken = Taken(),  # noqa: B008 - frozen
) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "agenda",
        "form": form,
        "outcome": outcome,
        "theirs": taken.theirs,
    }
    return render(request, "agendas/outcome.html", context, status=taken.status)
