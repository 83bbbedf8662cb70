"""Taking a list of people: the list, its columns, what becomes of each line, done."""

import uuid
from string import ascii_uppercase
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.exceptions import RuleViolation
from apps.core.files.limits import BYTES
from apps.core.permissions import allowed, require
from apps.core.uploads import takes_file, too_big
from apps.participants import services
from apps.participants.forms import ListForm, WishesForm, columns_in, kinds_in
from apps.participants.models import Participant, RosterDraft
from apps.participants.roster import (
    Columns,
    Table,
    Unreadable,
    guess_columns,
    read_file,
    read_text,
)
from apps.participants.roster.reading import TOO_BIG
from apps.participants.selectors import drafts_of, plan_for, table_of
from apps.workshops.pages import workshop_page

READ_OR_SEND = ["GET", "HEAD", "POST"]
EXAMPLES = 3


@takes_file(BYTES)
@require_http_methods(READ_OR_SEND)
@workshop_page
def import_people(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Take a list that is pasted or sent, and read it."""
    require(actor, "participants.keep_roster", actor.workshop)
    if request.method != "POST":
        return _list_page(request, ListForm())
    form = ListForm(request.POST, request.FILES)
    if too_big(request):
        form.errors.clear()
        form.add_error("file", TOO_BIG)
        return _list_page(request, form, status=413)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    try:
        table = _read(form)
    except Unreadable as refusal:
        form.add_error("file" if form.cleaned_data["file"] else "text", str(refusal))
        return _list_page(request, form, status=422)
    draft = services.draft_roster(actor=actor, table=table)
    for remark in table.remarks:
        messages.info(request, remark)
    return redirect("participants:roster_columns", actor.workshop.slug, draft.pk)


def _read(form: ListForm) -> Table:
    file = form.cleaned_data["file"]
    return read_file(file.read()) if file else read_text(form.cleaned_data["text"])


@require_safe
@workshop_page
def roster_columns(request: HttpRequest, actor: Participant, draft_id: uuid.UUID) -> HttpResponse:
    """Show what each column seems to hold, to be corrected."""
    require(actor, "participants.keep_roster", actor.workshop)
    draft = get_object_or_404(drafts_of(actor), pk=draft_id)
    return _columns_page(request, actor, draft, _columns(request, actor, draft))


@require_http_methods(READ_OR_SEND)
@workshop_page
def check_roster(request: HttpRequest, actor: Participant, draft_id: uuid.UUID) -> HttpResponse:
    """Show what becomes of each line, and take the list."""
    require(actor, "participants.keep_roster", actor.workshop)
    draft = get_object_or_404(drafts_of(actor), pk=draft_id)
    columns = _columns(request, actor, draft)
    if columns.wrong:
        return _columns_page(request, actor, draft, columns, wrong=columns.wrong, status=422)
    if request.method != "POST":
        return _check_page(request, actor, draft, columns)
    form = _wishes_form(request, actor, draft, columns)
    if form.is_valid():
        try:
            done = services.import_people(
                actor=actor,
                draft=draft,
                columns=columns,
                wishes=form.wishes(),
                digest=form.cleaned_data["digest"],
            )
        except RuleViolation as violation:
            form = _wishes_form(request, actor, draft, columns, caught_up=True)
            form.is_valid()
            form.refuse(violation)
        else:
            messages.success(request, _told(done))
            return redirect("participants:people", actor.workshop.slug)
    return _check_page(request, actor, draft, columns, form=form, status=422)


@require_POST
@workshop_page
def drop_roster(request: HttpRequest, actor: Participant, draft_id: uuid.UUID) -> HttpResponse:
    """Delete a list that won't be taken."""
    require(actor, "participants.keep_roster", actor.workshop)
    draft = get_object_or_404(drafts_of(actor), pk=draft_id)
    services.drop_draft(actor=actor, draft=draft)
    messages.success(request, "The list was thrown away. Nobody was added.")
    return redirect("participants:people", actor.workshop.slug)


def _columns(request: HttpRequest, actor: Participant, draft: RosterDraft) -> Columns:
    """Return the columns that the address names, or else a guess."""
    table = table_of(draft)
    width = max(map(len, table.rows))
    given = columns_in(request.GET, width=width, kinds=kinds_in(actor.workshop))
    if given is not None:
        return given
    groups = actor.workshop.groups.values_list("singular", "plural")
    return guess_columns(table, {name for names in groups for name in names})


def _wishes_form(
    request: HttpRequest,
    actor: Participant,
    draft: RosterDraft,
    columns: Columns,
    *,
    caught_up: bool = False,
) -> WishesForm:
    plan = plan_for(actor.workshop, draft, columns)
    data: Any = request.POST.copy() if request.method == "POST" else None
    if caught_up:
        # Sent again, it is about what stands on the page now.
        data["digest"] = plan.digest
    may_make = allowed(actor, "workshops.set_up", actor.workshop)
    return WishesForm(data, plan=plan, workshop=actor.workshop, may_make=may_make)


def _list_page(request: HttpRequest, form: ListForm, *, status: int = 200) -> HttpResponse:
    context = {"section": "people", "form": form}
    return render(request, "participants/roster_list.html", context, status=status)


def _columns_page(
    request: HttpRequest,
    actor: Participant,
    draft: RosterDraft,
    columns: Columns,
    *,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    filled = [row for row in draft.rows if row]
    rows = filled[bool(columns.heading) :]
    first = filled[0] if columns.heading else []
    shown = [
        {
            "name": _letters(place),
            "heading": first[place] if place < len(first) else "",
            "kind": kind,
            "examples": [row[place] for row in rows if place < len(row) and row[place]][:EXAMPLES],
        }
        for place, kind in enumerate(columns.kinds)
    ]
    context = {
        "section": "people",
        "draft": draft,
        "columns": shown,
        "heading": columns.heading,
        "kinds": list(kinds_in(actor.workshop).items()),
        "count": len(rows),
        "wrong": wrong,
    }
    return render(request, "participants/roster_columns.html", context, status=status)


def _check_page(
    request: HttpRequest,
    actor: Participant,
    draft: RosterDraft,
    columns: Columns,
    *,
    form: WishesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    form = form or _wishes_form(request, actor, draft, columns)
    plan = form.plan
    team = [line for line in plan.good if line.entry.role not in {None, "participant", "observer"}]
    address = reverse("participants:roster_columns", args=[actor.workshop.slug, draft.pk])
    context = {
        "section": "people",
        "draft": draft,
        "form": form,
        "plan": plan,
        "new": [line for line in plan.good if not line.is_double],
        "more_doubles": len(plan.doubles) - len(form.doubles_to_decide()),
        "more_groups": len(plan.new_groups) - len(form.groups_to_decide()),
        "team": team,
        "columns_url": f"{address}?{request.GET.urlencode()}",
    }
    return render(request, "participants/roster_check.html", context, status=status)


def _letters(place: int) -> str:
    """Return what a spreadsheet calls a column: A for the first, AA for the twenty-seventh."""
    more, last = divmod(place, len(ascii_uppercase))
    return f"{ascii_uppercase[more - 1] if more else ''}{ascii_uppercase[last]}"


def _told(done: services.Imported) -> str:
    parts = [
        f"{number} {word}"
        for number, word in (
            (done.added, "added"),
            (done.updated, "updated"),
            (done.skipped, "left as they were"),
        )
        if number
    ]
    groups = "1 group was made. " if done.groups == 1 else f"{done.groups} groups were made. "
    said = ", ".join(parts) or "nobody was added"
    return f"The list was taken: {said}. {groups if done.groups else ''}".strip()
