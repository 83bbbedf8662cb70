"""From a programme that was pasted to sessions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.workshops import selectors, services
from apps.workshops.actors import Actor
from apps.workshops.forms import PlannedSessions, ProgrammeForm, UnreadForm, rows_of
from apps.workshops.pages import workshop_page
from apps.workshops.programme import Programme, UnreadLine, read_programme

PREFIX = "row"


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def paste_programme(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take a programme as text, show what it becomes, and add it in one go.

    Nothing is stored on the way: what isn't added yet is in the page.
    """
    require(actor, "workshops.set_up", actor.workshop)
    if "add" in request.POST:
        return _add(request, actor)
    if f"{PREFIX}-TOTAL_FORMS" in request.POST:
        return _read_again(request, actor)
    form = ProgrammeForm(request.POST or None)
    if not form.is_valid():
        return _text_page(request, actor, form, status=422 if form.is_bound else 200)
    read = _read(actor, form.cleaned_data["text"])
    if not read.entries:
        form.add_error("text", "No line says a time. Begin each session with one: “09:00 Opening”.")
        return _text_page(request, actor, form, status=422)
    rows = PlannedSessions(prefix=PREFIX, initial=rows_of(read, workshop=actor.workshop))
    return _plan_page(request, actor, rows, UnreadForm(initial=_left(read)), read.unread)


def _read_again(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add what the mended lines become to the rows there are, as they were corrected."""
    rows = PlannedSessions(request.POST, prefix=PREFIX)
    kept = [{name: form[name].value() for name in form.fields} for form in rows.forms]
    read = _read(actor, str(request.POST.get("text", "")))
    more = rows_of(read, workshop=actor.workshop, offset=len(kept))
    room = max(rows.max_num - len(kept), 0)
    initial = {**_left(read), "instead": "instead" in request.POST}
    unread = [*read.unread, *(UnreadLine(e["line"], e["title"]) for e in more[room:])]
    initial["text"] = "\n".join(line.text for line in unread)
    found = PlannedSessions(prefix=PREFIX, initial=[*kept, *more[:room]])
    return _plan_page(request, actor, found, UnreadForm(initial=initial), unread)


def _add(request: HttpRequest, actor: Actor) -> HttpResponse:
    rows: Any = PlannedSessions(request.POST, prefix=PREFIX)
    left = UnreadForm(request.POST)
    if not (rows.is_valid() and left.is_valid()):
        return _plan_page(request, actor, rows, left, [], status=422)
    first = selectors.untouched_session(actor.workshop)
    instead_of = first if left.cleaned_data["instead"] else None
    planned = rows.planned(actor.workshop.zone)
    try:
        added = services.add_sessions(actor=actor, planned=planned, instead_of=instead_of)
    except RuleViolation as violation:
        left.refuse(violation)
        return _plan_page(request, actor, rows, left, [], status=422)
    already = len(planned) - len(added)
    said = f"{_sessions(len(added))} added."
    messages.success(request, f"{said} {already} there already." if already else said)
    text = left.cleaned_data["text"]
    if not text.strip():
        return redirect("workshops:sessions", actor.workshop.slug)
    # Sending this again adds nothing twice, so that what is left need not be put by.
    return _text_page(request, actor, ProgrammeForm(initial={"text": text}), left=True)


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"


def _read(actor: Actor, text: str) -> Programme:
    workshop = actor.workshop
    return read_programme(text, first=workshop.starts_on, last=workshop.ends_on)


def _left(read: Programme) -> dict[str, Any]:
    return {"text": read.unread_text, "instead": True}


def _text_page(
    request: HttpRequest,
    actor: Actor,
    form: ProgrammeForm,
    *,
    left: bool = False,
    status: int = 200,
) -> HttpResponse:
    title = "What is left" if left else "Paste the programme"
    context = {**_head(actor, title), "form": form, "left": left}
    return render(request, "workshops/setup/programme_text.html", context, status=status)


def _plan_page(
    request: HttpRequest,
    actor: Actor,
    rows: Any,
    left: UnreadForm,
    unread: list[UnreadLine],
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_head(actor, "What it becomes"),
        "rows": rows,
        "form": left,
        "unread": unread,
        "untouched": selectors.untouched_session(actor.workshop),
    }
    return render(request, "workshops/setup/programme.html", context, status=status)


def _head(actor: Actor, title: str) -> dict[str, Any]:
    url = reverse("workshops:sessions", args=[actor.workshop.slug])
    return {"section": "overview", "title": title, "trail": [("Sessions", url)]}
