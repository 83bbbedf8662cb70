"""The outline: loose notes on top, the tree below, and putting both in order."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.notes.selectors import notes_visible_to, shown_notes
from apps.participants.models import Participant
from apps.themes.forms import FilingForm, NewThemeForm, ParentForm
from apps.themes.models import Theme
from apps.themes.selectors import Outline, themes_visible_to, unfiled_notes
from apps.themes.services import add_theme, file_notes, reparent_theme, shift_theme
from apps.workshops.pages import is_htmx, workshop_page

# More loose notes than anyone files in one go.
AT_ONCE = 100


@require_safe
@workshop_page
def outline(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the themes in their tree; to the team also the notes that have none."""
    return _page(request, actor, arrange="arrange" in request.GET)


@require_POST
@workshop_page
def add(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Add a theme."""
    require(actor, "themes.edit", actor.workshop)
    form = NewThemeForm(request.POST, outline=Outline(actor), auto_id="theme-%s")
    if form.is_valid():
        try:
            theme = add_theme(actor=actor, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            return redirect(_address(actor, theme))
    return _page(request, actor, adding=form, status=422)


@require_POST
@workshop_page
def file(request: HttpRequest, actor: Participant) -> HttpResponse:
    """File the chosen notes under a theme."""
    require(actor, "themes.file", actor.workshop)
    form = _filing_form(actor, Outline(actor), request.POST)
    if form.is_valid():
        try:
            file_notes(actor=actor, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            return _filed(request, actor, form.cleaned_data)
    return _page(request, actor, filing=form, status=422)


@require_POST
@workshop_page
def shift(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Move a theme up or down among those beside it."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    shift_theme(actor=actor, theme=theme, by=-1 if request.POST.get("to") == "up" else 1)
    return redirect(_address(actor, theme, arrange=True))


@require_POST
@workshop_page
def reparent(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Put a theme under another."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    require(actor, "themes.edit", theme)
    form = ParentForm(request.POST, outline=Outline(actor))
    if form.is_valid():
        try:
            reparent_theme(actor=actor, theme=theme, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            return redirect(_address(actor, theme, arrange=True))
    refusal = " ".join(str(error) for error in form.errors["parent"])
    return _page(request, actor, arrange=True, refusal=refusal, status=422)


def _page(
    request: HttpRequest,
    actor: Participant,
    *,
    arrange: bool = False,
    refusal: str = "",
    filing: FilingForm | None = None,
    adding: NewThemeForm | None = None,
    filed: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    tree = Outline(actor)
    loose = unfiled_notes(actor)
    context = {
        "section": "themes",
        "outline": tree,
        "branches": tree.described(),
        "choices": tree.choices(),
        "arrange": arrange,
        "refusal": refusal,
        "unfiled_count": loose.count(),
        "unfiled": shown_notes(actor, loose[:AT_ONCE], beside="themes:unfiled")
        if tree.sorts
        else [],
        "filing": filing or _filing_form(actor, tree),
        "adding": adding or NewThemeForm(outline=tree, auto_id="theme-%s"),
        "filed": filed,
    }
    part = is_htmx(request) and (filing or filed)
    page = "themes/filed.html" if part else "themes/outline.html"
    return render(request, page, context, status=status)


def _filed(request: HttpRequest, actor: Participant, done: dict[str, Any]) -> HttpResponse:
    if is_htmx(request):
        return _page(request, actor, filed=done)
    count, theme = len(done["notes"]), done["theme"]
    notes = "1 note" if count == 1 else f"{count} notes"
    messages.success(request, f"Filed {notes} under “{theme.title}”.")
    return redirect("themes:outline", actor.workshop.slug)


def _filing_form(actor: Participant, tree: Outline, data: Any = None) -> FilingForm:
    return FilingForm(data, notes=notes_visible_to(actor), outline=tree, auto_id="file-%s")


def _address(actor: Participant, theme: Theme, *, arrange: bool = False) -> str:
    url = reverse("themes:outline", args=[actor.workshop.slug])
    return f"{url}{'?arrange=1' if arrange else ''}#theme-{theme.pk}"
