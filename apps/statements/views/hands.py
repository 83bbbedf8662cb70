"""Hands that went up: entered by one of the team, confirmed by another."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.statements import services
from apps.statements.forms import HandsForm
from apps.statements.measures.counts import Counts
from apps.statements.models import Means, Round, RoundState, Statement
from apps.statements.selectors import (
    hands_for,
    people_who_may_answer,
    plan_of,
    rounds_visible_to,
    statements_visible_to,
)
from apps.workshops.pages import version_in, workshop_page

ENTERED = "Entered. They count once another of the team has confirmed them on this page."
TAKEN_IN = {RoundState.OPEN, RoundState.CLOSED}
CHANGED = "Not confirmed: the numbers changed meanwhile. Look at them again."


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def hands(request: HttpRequest, actor: Participant, statement_id: uuid.UUID) -> HttpResponse:
    """Show the hands that were entered for a statement’s last round, and take others."""
    statement = get_object_or_404(statements_visible_to(actor), pk=statement_id)
    require(actor, "statements.ask", statement)
    asked = _last_round(actor, statement)
    plan = plan_of(actor.workshop)
    given: dict[str, Any] = {
        "hands": hands_for(actor.workshop, asked),
        "is_open": plan.is_open,
    }
    if request.method != "POST":
        there = asked.members or people_who_may_answer(actor.workshop, plan)
        form = HandsForm(initial={"version": asked.version, "members": there}, **given)
        return _page(request, actor, asked, form)
    form = HandsForm(request.POST, **given)
    status, theirs = 422, False
    if form.is_valid():
        try:
            services.count_hands(
                actor=actor,
                asked=asked,
                counts=form.counts(),
                members=form.cleaned_data["members"],
                version=form.cleaned_data["version"],
            )
        except RuleViolation as violation:
            form.refuse(violation)
        except Conflict as conflict:
            theirs, status = True, 409
            form.catch_up(conflict.current)  # type: ignore[arg-type]
            asked = _last_round(actor, statement)
        else:
            messages.success(request, ENTERED)
            return redirect("statements:hands", actor.workshop.slug, statement.pk)
    return _page(request, actor, asked, form, theirs=theirs, status=status)


@require_POST
@workshop_page
def confirm(request: HttpRequest, actor: Participant, statement_id: uuid.UUID) -> HttpResponse:
    """Confirm the hands that somebody else entered."""
    statement = get_object_or_404(statements_visible_to(actor), pk=statement_id)
    require(actor, "statements.ask", statement)
    asked = _last_round(actor, statement)
    try:
        services.confirm_hands(actor=actor, asked=asked, version=version_in(request))
    except RuleViolation as violation:
        messages.warning(request, str(violation))
    except Conflict:
        messages.warning(request, CHANGED)
    else:
        page = reverse("statements:console", args=[actor.workshop.slug])
        return redirect(f"{page}?at={statement.pk}")
    return redirect("statements:hands", actor.workshop.slug, statement.pk)


def _last_round(actor: Participant, statement: Statement) -> Round:
    return rounds_visible_to(actor).filter(statement=statement).latest("number")


def _page(
    request: HttpRequest,
    actor: Participant,
    asked: Round,
    form: HandsForm,
    *,
    theirs: bool = False,
    status: int = 200,
) -> HttpResponse:
    entered = hands_for(actor.workshop, asked)
    context: dict[str, Any] = {
        "section": "statements",
        "asked": asked,
        "form": form,
        "entered": entered,
        "total": Counts.total(each.counts for each in entered),
        "own_count": asked.counted_by_id == actor.pk,
        "takes_hands": asked.means == Means.HANDS and asked.state in TAKEN_IN,
        "theirs": theirs,
    }
    return render(request, "statements/hands.html", context, status=status)
