"""The list of people: reading it, adding to it, changing it, taking it along."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.files.spreadsheets import table_of
from apps.core.permissions import allowed, require
from apps.participants import services
from apps.participants.forms import FilterForm, PersonForm, SeveralForm, values_of_person
from apps.participants.models import Participant
from apps.participants.selectors import (
    Roster,
    line_of,
    people_listed,
    roster_of,
    waiting_count,
)
from apps.workshops.pages import is_htmx, version_in, workshop_page

READ_OR_SEND = ["GET", "HEAD", "POST"]
A_PAGE = 100
# What a spreadsheet would take for a formula if it stood first in a cell.
FILTERS = ("q", "role", "group", "state")


@require_safe
@workshop_page
def people(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the list to those who may read it, and how many there are to the rest of the team."""
    require(actor, "participants.see_counts", actor.workshop)
    if not allowed(actor, "participants.see_roster", actor.workshop):
        context = {"section": "people", "counts": Roster(actor).counts()}
        return render(request, "participants/people_counts.html", context)
    return people_page(request, actor)


@require_http_methods(READ_OR_SEND)
@workshop_page
def add_person(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Put somebody on the list."""
    require(actor, "participants.keep_roster", actor.workshop)
    form = PersonForm(request.POST or None, workshop=actor.workshop)
    del form.fields["version"]
    if request.method == "POST" and form.is_valid():
        try:
            person = services.add_person(actor=actor, **form.values())
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            messages.success(request, f"{_called(person)} is on the list.")
            return redirect(people_url(actor, person))
    status = 422 if form.errors else 200
    context = {"section": "people", "form": form}
    return render(request, "participants/person_new.html", context, status=status)


@require_http_methods(READ_OR_SEND)
@workshop_page
def person(request: HttpRequest, actor: Participant, participant_id: uuid.UUID) -> HttpResponse:
    """Show somebody who is on the list, and change what it says of them."""
    require(actor, "participants.see_roster", actor.workshop)
    if request.method == "POST":
        require(actor, "participants.keep_roster", actor.workshop)
    row = get_object_or_404(roster_of(actor), pk=participant_id)
    row.workshop = actor.workshop
    if request.method != "POST":
        if is_htmx(request) and "row" in request.GET:
            return _row(request, actor, row)
        form = PersonForm(workshop=actor.workshop, person=row, initial=values_of_person(row))
        return _person(request, actor, row, form)
    form = PersonForm(request.POST, workshop=actor.workshop, person=row)
    status, theirs = 422, None
    if form.is_valid():
        try:
            services.change_person(actor=actor, participant=row, **form.values())
        except RuleViolation as violation:
            form.refuse(violation)
        except Conflict as conflict:
            current: Any = conflict.current
            row = get_object_or_404(roster_of(actor), pk=current.pk)
            status, theirs = 409, _differences(form, row)
            form.catch_up(current)
        else:
            if is_htmx(request):
                row = get_object_or_404(roster_of(actor), pk=participant_id)
                return _row(request, actor, row, focus=True)
            messages.success(request, f"Saved: {_called(row)}.")
            return redirect(people_url(actor, row))
    return _person(request, actor, row, form, theirs=theirs, status=status)


@require_POST
@workshop_page
def remove_person(
    request: HttpRequest, actor: Participant, participant_id: uuid.UUID
) -> HttpResponse:
    """Let somebody take part no longer."""
    require(actor, "participants.remove_person", actor.workshop)
    row = get_object_or_404(roster_of(actor), pk=participant_id)
    try:
        services.remove_person(
            actor=actor,
            participant=row,
            version=version_in(request),
            renew_code="renew_code" in request.POST,
        )
    except RuleViolation as violation:
        messages.error(request, str(violation))
        return redirect("participants:person", actor.workshop.slug, row.pk)
    if row.pk == actor.pk:
        messages.success(request, f"You no longer take part in “{actor.workshop}”.")
        return redirect("workshops:list")
    messages.success(
        request,
        f"{_called(row)} no longer takes part. {_way_back(request)} You find them under “Removed”, "
        "and can bring them back.",
    )
    return redirect("participants:people", actor.workshop.slug)


@require_POST
@workshop_page
def bring_back(request: HttpRequest, actor: Participant, participant_id: uuid.UUID) -> HttpResponse:
    """Let somebody who was removed take part again."""
    require(actor, "participants.keep_roster", actor.workshop)
    row = get_object_or_404(roster_of(actor), pk=participant_id)
    try:
        services.bring_back(actor=actor, participant=row, version=version_in(request))
    except RuleViolation as violation:
        messages.error(request, str(violation))
        return redirect("participants:person", actor.workshop.slug, row.pk)
    messages.success(request, f"{_called(row)} is on the list again.")
    return redirect(people_url(actor, row))


@require_POST
@workshop_page
def erase_person(
    request: HttpRequest, actor: Participant, participant_id: uuid.UUID
) -> HttpResponse:
    """Erase somebody who asked for it."""
    require(actor, "participants.remove_person", actor.workshop)
    row = get_object_or_404(roster_of(actor), pk=participant_id)
    try:
        services.forget_person(actor=actor, participant=row)
    except RuleViolation as violation:
        messages.error(request, str(violation))
        return redirect("participants:person", actor.workshop.slug, row.pk)
    if row.pk == actor.pk:
        return redirect("workshops:list")
    messages.success(request, "They were erased: nothing leads to them any more.")
    return redirect("participants:people", actor.workshop.slug)


@require_safe
@workshop_page
def export_people(_request: HttpRequest, actor: Participant) -> HttpResponse:
    """Send the list as a spreadsheet reads it: everybody as they chose to be listed."""
    require(actor, "participants.export_roster", actor.workshop)
    rows = [["Name", "Affiliation", "Listed as"], *people_listed(actor.workshop)]
    response = HttpResponse(table_of(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{actor.workshop.slug}-people.csv"'
    return response


def people_page(
    request: HttpRequest,
    actor: Participant,
    *,
    several: SeveralForm | None = None,
    refused: str = "",
    ticked: Any = frozenset(),
    status: int = 200,
) -> HttpResponse:
    """Show the list. `several` is what was sent to change those `ticked`, or `refused` says why
    nothing was done for them.
    """
    roster = Roster(actor)
    filters = FilterForm(request.GET, roster=roster, auto_id="filter-%s")
    found = roster.found(filters.filters())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "people",
        "filters": filters,
        "is_filtered": any(request.GET.get(name) for name in FILTERS),
        "kept": kept_filters(request),
        "counts": roster.counts(),
        "found": len(found),
        "page": page,
        "lines": roster.lines(list(page.object_list)),
        "waiting": waiting_count(actor.workshop),
        "several": several or SeveralForm(workshop=actor.workshop, auto_id="several-%s"),
        "refused": refused,
        "ticked": ticked,
    }
    return render(request, "participants/people.html", context, status=status)


def _row(
    request: HttpRequest, actor: Participant, row: Participant, *, focus: bool = False
) -> HttpResponse:
    context = {"line": line_of(actor, row), "focus": focus}
    return render(request, "participants/people_row.html", context)


def _person(
    request: HttpRequest,
    actor: Participant,
    row: Participant,
    form: PersonForm,
    *,
    theirs: Any = None,
    status: int = 200,
) -> HttpResponse:
    keeps = allowed(actor, "participants.keep_roster", actor.workshop)
    part = is_htmx(request) and keeps
    if part:
        form.auto_id = f"{row.pk}-%s"
    template = "participants/people_row_editing.html" if part else "participants/person.html"
    context = {
        "section": "people",
        "form": form if keeps else None,
        "line": line_of(actor, row),
        "theirs": theirs,
        "is_oneself": row.pk == actor.pk,
    }
    return render(request, template, context, status=status)


def _differences(form: PersonForm, row: Participant) -> list[tuple[str, str]]:
    """Return the label and the present value of each field that `form` would change."""
    current = PersonForm(workshop=row.workshop, initial=values_of_person(row))
    found = []
    for field in current.visible_fields():
        value, given = field.initial, form.cleaned_data.get(field.name)
        if (value or "") != (given or ""):
            labels = dict(getattr(field.field, "choices", ()))
            values = value if isinstance(value, list) else [value]
            shown = ", ".join(str(labels.get(each, each)) for each in values if each)
            found.append((str(field.label), shown))
    return found


def kept_filters(request: HttpRequest) -> str:
    """Return the filters of the page that something was sent from, for the way back to it."""
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        if value := request.GET.get(name):
            kept[name] = value
    return f"?{kept.urlencode()}" if kept else ""


def _way_back(request: HttpRequest) -> str:
    """Say what becomes of the code, which somebody who was removed may know."""
    if "renew_code" in request.POST:
        return "The join code is a new one: show it to those who still come."
    return "Whoever knows the join code can come by it as somebody new, until it runs out."


def _called(row: Participant) -> str:
    return row.display_name or "Somebody without a name"


def people_url(actor: Participant, row: Participant | None = None) -> str:
    """Return where the list is, or `row` on it."""
    url = reverse("participants:people", args=[actor.workshop.slug])
    return f"{url}#person-{row.pk}" if row else url
