"""Answering: one statement at a time, on a phone."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.core.exceptions import RuleViolation
from apps.core.offline import kept_on_device
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.statements import services
from apps.statements.forms import AnswerForm
from apps.statements.selectors import Ask, asked_of
from apps.statements.selectors.answering import ANSWERS_OF, left_to_answer, rounds_once_open
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.pages import workshop_page


@require_safe
@kept_on_device
@workshop_page
def respond(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Ask somebody the next statement, or the one that the address names; or show them all."""
    require(actor, "statements.respond", actor.workshop)
    asked = asked_of(actor)
    return _page(request, actor, asked, _wanted(request, asked))


@require_safe
@workshop_page
def offer(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Offer to answer what is left, as on the overview, which a whole room may keep open."""
    require(actor, "statements.respond", actor.workshop)
    left, every = left_to_answer(actor)
    return render(request, "statements/offer.html", {"left": left, "every": every})


@require_POST
@workshop_page
def answer(request: HttpRequest, actor: Participant, round_id: uuid.UUID) -> HttpResponse:
    """Take an answer from the plain form, and go on to the next statement.

    Scripts send theirs to the queue.
    """
    require(actor, "statements.respond", actor.workshop)
    asked = get_object_or_404(rounds_once_open(actor), pk=round_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            services.respond(actor=actor, asked=asked, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            page = reverse("statements:respond", args=[actor.workshop.slug])
            return redirect(f"{page}?after={round_id}")
    every = asked_of(actor)
    current = next((each for each in every if each.round.pk == round_id), None)
    if current is None:
        why = " ".join(str(each) for errors in form.errors.values() for each in errors)
        messages.warning(request, f"Not taken: “{asked.wording}”. {why}")
        return redirect("statements:respond", actor.workshop.slug)
    return _page(request, actor, every, current, form=form, status=422)


def _wanted(request: HttpRequest, asked: list[Ask]) -> Ask | None:
    """Return what is to be asked: what the address names, else what has no answer yet, the first
    or the first after another; nothing at the end of them, and where the address wants them all.
    """
    if "all" in request.GET:
        return None
    named = request.GET.get("round")
    found = next((each for each in asked if str(each.round.pk) == named), None)
    if found is not None:
        return found
    after = request.GET.get("after")
    place = next((n for n, each in enumerate(asked, 1) if str(each.round.pk) == after), 0)
    return next((each for each in asked[place:] if not each.answered), None)


def _page(
    request: HttpRequest,
    actor: Participant,
    asked: list[Ask],
    current: Ask | None,
    *,
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    place = asked.index(current) if current else 0
    answered = sum(each.answered for each in asked)
    context: dict[str, Any] = {
        "asked": asked,
        "current": current,
        "place": place + 1,
        "before": asked[place - 1] if current and place else None,
        "following": asked[place + 1] if current and place + 1 < len(asked) else None,
        "answered": answered,
        "left": len(asked) - answered,
        "scales": ANSWERS_OF,
        "anonymous": leaves_no_trace(actor.workshop),
        "form": form,
    }
    return render(request, "statements/respond.html", context, status=status)
