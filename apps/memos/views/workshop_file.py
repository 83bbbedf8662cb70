"""The workshop as a file: taking it along, and making one of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.exceptions import SecondFactorNeeded
from apps.accounts.pages import to_second_factor
from apps.core.documents import Problem, Refused
from apps.core.permissions import require
from apps.core.uploads import takes_file, too_big
from apps.memos.forms import WorkshopFileForm
from apps.memos.selectors import kept_from_file
from apps.memos.workshop_file import (
    LARGEST,
    as_bytes,
    compact,
    file_of,
    load_workshop,
    not_in_file,
    understand,
)
from apps.participants.models import Participant
from apps.participants.services import may_start_workshop
from apps.workshops.pages import workshop_page

TOO_BIG = Problem("", f"is larger than {LARGEST // 1024:,} KiB, the most taken here.")
NO_FILE = "Choose a file."


@require_safe
@workshop_page
def about(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Say what the workshop's file holds, and what the file it came from said beside."""
    require(actor, "memos.take_workshop", actor.workshop)
    context = {
        "section": "overview",
        "not_in_file": not_in_file(actor.workshop),
        "kept": kept_from_file(actor),
    }
    return render(request, "memos/workshop_file.html", context)


@require_safe
@workshop_page
def take(_request: HttpRequest, actor: Participant) -> HttpResponse:
    """Send the workshop as a file."""
    return HttpResponse(
        as_bytes(file_of(actor)),
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{actor.workshop.slug}.json"',
            "Cache-Control": "no-store, private",
            "X-Content-Type-Options": "nosniff",
        },
    )


@takes_file(LARGEST)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: Any) -> HttpResponse:
    """Read a workshop's file, say what is understood of it, and make the workshop."""
    try:
        may_start_workshop(request.user)
    except SecondFactorNeeded:
        return to_second_factor(request)
    if request.method != "POST":
        return _page(request, WorkshopFileForm())
    form = WorkshopFileForm(request.POST, request.FILES)
    if too_big(request):
        return _page(request, form, problems=[TOO_BIG], status=413)
    if not form.is_valid() or not (data := form.data_sent()):
        form.add_error("file", NO_FILE)
        return _page(request, form, status=422)
    try:
        return _load(request, data) if "load" in request.POST else _check(request, data)
    except Refused as refusal:
        return _page(request, form, problems=refusal.problems, status=422)


def _check(request: Any, data: bytes) -> HttpResponse:
    found = understand(data)
    handed_on = WorkshopFileForm(initial={"content": compact(data)})
    context = {"form": handed_on, "found": found, "workshop_read": found.workshop}
    return render(request, "memos/load_check.html", context)


def _load(request: Any, data: bytes) -> HttpResponse:
    owner = load_workshop(user=request.user, data=data)
    messages.success(request, f"Loaded “{owner.workshop}”.")
    return redirect("workshops:overview", owner.workshop.slug)


def _page(
    request: HttpRequest, form: WorkshopFileForm, *, problems: Any = (), status: int = 200
) -> HttpResponse:
    context = {"form": form, "problems": problems}
    return render(request, "memos/load_workshop.html", context, status=status)
