"""Merging and splitting themes, what was rearranged, and undoing it."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.contributions import contributed
from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.notes.selectors import notes_visible_to, shown_notes
from apps.participants.models import Participant
from apps.themes.forms import MergeForm, SplitForm
from apps.themes.selectors import (
    Outline,
    rearrangements_visible_to,
    shown_rearrangements,
    themes_visible_to,
)
from apps.themes.services import merge_themes, split_theme, undo_rearrangement
from apps.themes.views.detail import address
from apps.themes.views.editing import edit_page
from apps.themes.views.telling import said, told
from apps.workshops.pages import is_htmx, workshop_page

PAGE = 50
# Pages to which undoing leads back, by the word that their forms carry.
BACK = {
    "outline": "themes:outline",
    "board": "themes:board",
    "rearrangements": "themes:rearrangements",
}
STAYS = " What others changed since stays as they left it."


@require_POST
@workshop_page
def merge(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Put all that a theme holds under another."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    require(actor, "themes.edit", theme)
    form = MergeForm(request.POST, theme=theme, outline=Outline(actor))
    if form.is_valid():
        into = form.cleaned_data["into"]
        try:
            done = merge_themes(actor=actor, theme=theme, into=into)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            told(request, done)
            return redirect(address(actor, into))
    refusal = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return edit_page(request, actor, theme, refusal=refusal, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def split(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Choose what goes under a new theme."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    require(actor, "themes.edit", theme)
    parts = contributed("themes:parts", theme=theme)
    notes = notes_visible_to(actor).filter(pk__in=theme.filings.values("note"))
    form = SplitForm(request.POST or None, notes=notes, parts=parts)
    if form.is_valid():
        try:
            new = split_theme(actor=actor, theme=theme, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            told(request, new.rearranged)
            return redirect(address(actor, new))
    context = {
        "section": "themes",
        "theme": theme,
        "ancestors": Outline(actor).ancestors(theme),
        "form": form,
        "notes": shown_notes(actor, notes, here=address(actor, theme)),
        "parts": parts,
    }
    return render(request, "themes/split.html", context, status=422 if form.errors else 200)


@require_safe
@workshop_page
def rearrangements(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show what was rearranged, the latest first."""
    require(actor, "themes.view_drafts", actor.workshop)
    page = Paginator(rearrangements_visible_to(actor), PAGE).get_page(request.GET.get("page"))
    context = {"section": "themes", "page": page, "shown": shown_rearrangements(actor, page)}
    return render(request, "themes/rearrangements.html", context)


@require_POST
@workshop_page
def undo(request: HttpRequest, actor: Participant, rearrangement_id: uuid.UUID) -> HttpResponse:
    """Undo something that was rearranged."""
    require(actor, "themes.edit", actor.workshop)
    done = get_object_or_404(rearrangements_visible_to(actor), pk=rearrangement_id)
    back = redirect(BACK.get(request.POST.get("back", ""), "themes:outline"), actor.workshop.slug)
    try:
        undone = undo_rearrangement(actor=actor, rearrangement=done)
    except RuleViolation as violation:
        if is_htmx(request):
            return said(request, str(violation), status=422)
        messages.error(request, str(violation))
        return back
    words = f"Undone: {done.said}.{STAYS if undone.kept else ''}"
    if is_htmx(request):
        return said(request, words)
    messages.success(request, words)
    return back
