"""Sorting notes, on the outline and on the board."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.themes.forms import SortForm
from apps.themes.selectors import Outline
from apps.themes.selectors.board import board_of
from apps.themes.services import sort_notes
from apps.themes.views.outline import outline_page
from apps.themes.views.telling import said, sort_form, told
from apps.workshops.pages import is_htmx, workshop_page


@require_safe
@workshop_page
def board(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the themes as columns."""
    require(actor, "themes.view_drafts", actor.workshop)
    return _board(request, actor)


@require_POST
@workshop_page
def file(request: HttpRequest, actor: Participant) -> HttpResponse:
    """File the notes that are ticked, move them, or take them off their themes."""
    require(actor, "themes.file", actor.workshop)
    form = sort_form(actor, Outline(actor), request.POST)
    on_board = request.POST.get("back") == "board"
    if form.is_valid():
        try:
            done = sort_notes(actor=actor, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            if is_htmx(request):
                return said(request, done.said, done.rearrangement)
            told(request, done.rearrangement, done.said)
            return redirect("themes:board" if on_board else "themes:outline", actor.workshop.slug)
    if is_htmx(request):
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return said(request, words, status=422)
    if on_board:
        return _board(request, actor, form, status=422)
    return outline_page(request, actor, filing=form, status=422)


def _board(
    request: HttpRequest, actor: Participant, form: SortForm | None = None, *, status: int = 200
) -> HttpResponse:
    outline = Outline(actor)
    opened = request.GET.get("open", "")
    context = {
        "section": "themes",
        "outline": outline,
        "columns": board_of(actor, outline, opened=_id(opened), loose=opened == "unfiled"),
        "opened": opened,
        "filing": form or sort_form(actor, outline),
    }
    return render(request, "themes/board.html", context, status=status)


def _id(value: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(value)
    except ValueError:
        return None
