"""Opening, closing and revealing what is asked."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.statements import services
from apps.statements.forms import RoundsForm
from apps.statements.selectors import statements_visible_to
from apps.workshops.pages import workshop_page


@require_POST
@workshop_page
def open_them(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Let the chosen rounds be answered."""
    service = partial(services.open_rounds, again="again" in request.GET)
    return _go_on(request, actor, service, "Open: {} can be answered now.")


@require_POST
@workshop_page
def close_them(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Let the chosen rounds take no more answers."""
    return _go_on(request, actor, services.close_rounds, "Closed: {} took their last answer.")


@require_POST
@workshop_page
def reveal_them(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Reveal what the chosen rounds came to."""
    return _go_on(request, actor, services.reveal_rounds, "Revealed to everybody.")


@require_POST
@workshop_page
def again(request: HttpRequest, actor: Participant, statement_id: uuid.UUID) -> HttpResponse:
    """Make another round of a statement."""
    statement = get_object_or_404(statements_visible_to(actor), pk=statement_id)
    require(actor, "statements.ask", statement)
    try:
        begun = services.ask_again(actor=actor, statement=statement)
    except RuleViolation as violation:
        messages.warning(request, str(violation))
    else:
        messages.success(request, f"Round {begun.number} is ready to be opened.")
    return redirect("statements:detail", actor.workshop.slug, statement.pk)


@require_POST
@workshop_page
def next_round(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Make another round of all that the plan asks again."""
    require(actor, "statements.ask", actor.workshop)
    try:
        begun = services.begin_next_round(actor=actor)
    except RuleViolation as violation:
        messages.warning(request, str(violation))
    else:
        count = "One statement is" if len(begun) == 1 else f"{len(begun)} statements are"
        messages.success(request, f"{count} ready to be asked again.")
    return redirect("statements:queue", actor.workshop.slug)


@require_POST
@workshop_page
def means(request: HttpRequest, actor: Participant, statement_id: uuid.UUID) -> HttpResponse:
    """Say whether the next round is answered on devices or by a show of hands."""
    statement = get_object_or_404(statements_visible_to(actor), pk=statement_id)
    require(actor, "statements.ask", statement)
    try:
        services.choose_means(
            actor=actor,
            asked=statement.rounds.latest("number"),
            means=request.POST.get("means", ""),
        )
    except RuleViolation as violation:
        messages.warning(request, str(violation))
    back = request.POST.get("back")
    if back == "console":
        page = reverse("statements:console", args=[actor.workshop.slug])
        return redirect(f"{page}?at={statement.pk}")
    page = "statements:hands" if back == "hands" else "statements:detail"
    return redirect(page, actor.workshop.slug, statement.pk)


def _go_on(
    request: HttpRequest, actor: Participant, service: Callable[..., Any], done: str
) -> HttpResponse:
    require(actor, "statements.ask", actor.workshop)
    form = RoundsForm(request.POST, actor=actor)
    if form.is_valid():
        rounds = list(form.cleaned_data["rounds"])
        try:
            service(actor=actor, rounds=rounds)
        except RuleViolation as violation:
            messages.warning(request, str(violation))
        else:
            count = "one statement" if len(rounds) == 1 else f"{len(rounds)} statements"
            messages.success(request, done.format(count))
    else:
        messages.warning(request, form.problems())
    return _back(actor, form)


def _back(actor: Participant, form: RoundsForm) -> HttpResponse:
    statement = form.cleaned_data.get("back")
    if statement is not None:
        return redirect("statements:detail", actor.workshop.slug, statement.pk)
    return redirect("statements:queue", actor.workshop.slug)
