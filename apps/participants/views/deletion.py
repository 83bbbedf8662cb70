"""The day of deletion: when it comes, what goes, and the report of it."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import require
from apps.participants import services
from apps.participants.forms import DeletionDateForm, PurgeNowForm
from apps.participants.models import Participant
from apps.participants.selectors import moved_dates, purge_report, what_goes, what_stays
from apps.workshops.models import Workshop
from apps.workshops.pages import workshop_page
from apps.workshops.selectors import suggested_day_of_deletion
from apps.workshops.services import change_deletion_date, tomorrow


@require_safe
@workshop_page
def deletion(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show when what is personal is deleted, what goes and what stays; afterwards the report."""
    require(actor, "participants.see_deletion", actor.workshop)
    return _page(request, actor)


@require_POST
@workshop_page
def change_date(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Move the day, or set none."""
    require(actor, "workshops.change_deletion_date", actor.workshop)
    form = DeletionDateForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, date_form=form, status=422)
    try:
        change_deletion_date(actor=actor, **form.cleaned_data)
    except RuleViolation as violation:
        form.refuse(violation)
        return _page(request, actor, date_form=form, status=422)
    except Conflict as conflict:
        current = conflict.current
        assert isinstance(current, Workshop)  # noqa: S101 - it is what the service locks
        actor.workshop = current
        form.catch_up(current)
        return _page(request, actor, date_form=form, conflict=True, status=409)
    messages.success(request, "The deletion date has changed. Everybody here can see it.")
    return redirect("participants:deletion", actor.workshop.slug)


@require_POST
@workshop_page
def purge_now(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Delete what is personal at once."""
    require(actor, "participants.purge", actor.workshop)
    form = PurgeNowForm(request.POST)
    form.is_valid()
    try:
        services.purge_now(actor=actor, title=form.cleaned_data.get("title", ""))
    except RuleViolation as violation:
        form.refuse(violation)
        return _page(request, actor, purge_form=form, status=422)
    messages.success(request, "What is personal has been deleted. The report is below.")
    return redirect("participants:deletion", actor.workshop.slug)


def _page(
    request: HttpRequest,
    actor: Participant,
    *,
    date_form: DeletionDateForm | None = None,
    purge_form: PurgeNowForm | None = None,
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    workshop = actor.workshop
    report = purge_report(workshop)
    context = {
        "section": "",
        "report": report,
        "moved_dates": moved_dates(workshop),
        "goes": [] if report else what_goes(workshop),
        "stays": report.kept if report else what_stays(workshop),
        "date_form": date_form
        or DeletionDateForm(initial={"purge_on": _usual(workshop), "version": workshop.version}),
        "purge_form": purge_form or PurgeNowForm(),
        "conflict": conflict,
    }
    return render(request, "participants/deletion.html", context, status=status)


def _usual(workshop: Workshop) -> date | None:
    """Return the day that is set, or that could be: the usual one, if it lies ahead."""
    usual = suggested_day_of_deletion(workshop)
    return workshop.purge_on or (usual if usual >= tomorrow(workshop) else None)
