"""What is done with several people on the list at once."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.participants import services
from apps.participants.forms import SeveralForm
from apps.participants.models import Participant
from apps.participants.selectors import lines_of, roster_of
from apps.participants.views.links import site_of
from apps.participants.views.people import kept_filters, people_page, people_url
from apps.workshops.pages import workshop_page

NOBODY = "Tick the people whom you mean."


@require_POST
@workshop_page
def change_several(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Give those who are ticked a role or a group."""
    require(actor, "participants.keep_roster", actor.workshop)
    form = SeveralForm(request.POST, workshop=actor.workshop, auto_id="several-%s")
    rows = _ticked(request, actor)
    if not rows:
        form.add_error(None, NOBODY)
    if form.is_valid():
        try:
            count = services.change_several(actor=actor, people=rows, **form.values())
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            said = "1 person was changed." if count == 1 else f"{count} people were changed."
            messages.success(request, said)
            return redirect(f"{people_url(actor)}{kept_filters(request)}")
    return people_page(request, actor, several=form, ticked={row.pk for row in rows}, status=422)


@require_POST
@workshop_page
def invite_several(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Send those who are ticked a personal link each, and say what was done for whom."""
    require(actor, "participants.admit", actor.workshop)
    rows = _ticked(request, actor)
    if not rows:
        return people_page(request, actor, refused=NOBODY, status=422)
    done = services.invite_several(actor=actor, people=rows, site=site_of(request))
    lines = {line.person.pk: line for line in lines_of(actor, [person.pk for person, _ in done])}
    context = {
        "section": "people",
        "done": [(lines[person.pk], outcome.name) for person, outcome in done],
        "sent": sum(outcome == services.Outcome.SENT for _, outcome in done),
        "back": f"{people_url(actor)}{kept_filters(request)}",
    }
    return render(request, "participants/invited.html", context)


def _ticked(request: HttpRequest, actor: Participant) -> list[Any]:
    return list(roster_of(actor).filter(pk__in=_ids(request.POST.getlist("people"))))


def _ids(given: list[str]) -> list[uuid.UUID]:
    """Return those of `given` that are ids at all."""
    found = []
    for each in given:
        try:
            found.append(uuid.UUID(each))
        except ValueError:
            continue
    return found
