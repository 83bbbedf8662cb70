"""Settling how the room is asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.statements import services
from apps.statements.forms import PlanForm
from apps.statements.selectors import plan_of
from apps.workshops.pages import workshop_page


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def change(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Settle how the room is asked, before the first answer."""
    require(actor, "statements.plan", actor.workshop)
    plan = plan_of(actor.workshop)
    form = PlanForm(request.POST or None, initial=PlanForm.values_of(plan))
    status, theirs = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.change_plan(actor=actor, **form.cleaned_data)
            except RuleViolation as violation:
                form.refuse(violation)
            except Conflict as conflict:
                theirs, status = conflict.current, 409
                form.catch_up(conflict.current)  # type: ignore[arg-type]
            else:
                messages.success(request, "Settled.")
                return redirect("statements:queue", actor.workshop.slug)
    context = {"section": "statements", "form": form, "plan": plan, "theirs": theirs}
    return render(request, "statements/plan.html", context, status=status)
