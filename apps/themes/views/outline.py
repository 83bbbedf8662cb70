"""The outline: loose notes on top, the tree below, and putting both in order."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.notes.selectors import shown_notes
from apps.participants.models import Participant
from apps.themes.forms import NewThemeForm, ParentForm, SortForm
from apps.themes.models import Theme
from apps.themes.selectors import Outline, place_in_words, themes_visible_to, unfiled_notes
from apps.themes.services import (
    add_theme,
    indent_theme,
    outdent_theme,
    reparent_theme,
    shift_theme,
)
from apps.themes.views.telling import said, sort_form, told
from apps.workshops.pages import is_htmx, workshop_page

# More loose notes than anyone files in one go.
AT_ONCE = 100


@require_safe
@workshop_page
def outline(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the themes in their tree; to the team also the notes that have none."""
    return outline_page(request, actor, arrange="arrange" in request.GET)


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
    return outline_page(request, actor, adding=form, status=422)


@require_POST
@workshop_page
def shift(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Move a theme up or down among those beside it, in under the one before it, or out."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    require(actor, "themes.edit", theme)
    try:
        row = _step(actor, theme, request.POST.get("to", ""))
    except RuleViolation as violation:
        if is_htmx(request):
            return said(request, str(violation), status=422)
        return outline_page(request, actor, arrange=True, refusal=str(violation), status=422)
    return _moved(request, actor, row)


@require_POST
@workshop_page
def reparent(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Put a theme under another, last or before one that stands there."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    require(actor, "themes.edit", theme)
    form = ParentForm(request.POST, outline=Outline(actor))
    if form.is_valid():
        try:
            row = reparent_theme(actor=actor, theme=theme, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            return _moved(request, actor, row)
    refusal = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if is_htmx(request):
        return said(request, refusal, status=422)
    return outline_page(request, actor, arrange=True, refusal=refusal, status=422)


def outline_page(
    request: HttpRequest,
    actor: Participant,
    *,
    arrange: bool = False,
    refusal: str = "",
    filing: SortForm | None = None,
    adding: NewThemeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the outline, with the form that was refused, if one was."""
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
        "filing": filing or sort_form(actor, tree),
        "adding": adding or NewThemeForm(outline=tree, auto_id="theme-%s"),
    }
    return render(request, "themes/outline.html", context, status=status)


def _step(actor: Participant, theme: Theme, to: str) -> Theme:
    if to == "in":
        return indent_theme(actor=actor, theme=theme)
    if to == "out":
        return outdent_theme(actor=actor, theme=theme)
    return shift_theme(actor=actor, theme=theme, by=-1 if to == "up" else 1)


def _moved(request: HttpRequest, actor: Participant, theme: Theme) -> HttpResponse:
    words = place_in_words(Outline(actor), theme)
    if is_htmx(request):
        return said(request, words, theme.rearranged)
    if theme.rearranged is not None:
        told(request, theme.rearranged, words)
    return redirect(_address(actor, theme, arrange=True))


def _address(actor: Participant, theme: Theme, *, arrange: bool = False) -> str:
    url = reverse("themes:outline", args=[actor.workshop.slug])
    return f"{url}{'?arrange=1' if arrange else ''}#theme-{theme.pk}"
