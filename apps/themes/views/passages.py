"""Marking a passage of a note, and filing just that."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant
from apps.themes.forms import PassageForm
from apps.themes.selectors import Outline, themes_visible_to
from apps.themes.selectors.passages import passages_among
from apps.themes.services import file_passage, take_off_passage
from apps.themes.views.detail import address
from apps.themes.views.telling import told
from apps.workshops.pages import workshop_page

THERE = "This passage stands there already"
GONE = "This passage doesn’t stand there any more"


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def mark(request: HttpRequest, actor: Participant, note_id: uuid.UUID) -> HttpResponse:
    """Show a note with what is marked in it, and file another passage."""
    require(actor, "themes.file", actor.workshop)
    note = get_object_or_404(notes_visible_to(actor), pk=note_id)
    form = PassageForm(request.POST or None, outline=Outline(actor))
    if form.is_valid():
        try:
            done = file_passage(actor=actor, note=note, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            told(request, done, "" if done else THERE)
            return redirect("themes:mark_passage", actor.workshop.slug, note.pk)
    filings = note.filings.select_related("theme").order_by("start")
    context = {
        "section": "themes",
        "note": note,
        "form": form,
        "passages": passages_among(filings, note.text),
    }
    return render(request, "themes/passage.html", context, status=422 if form.errors else 200)


@require_POST
@workshop_page
def take_off(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Take a passage off a theme."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    require(actor, "themes.file", theme)
    note = get_object_or_404(notes_visible_to(actor), pk=_uuid(request.POST.get("note", "")))
    start, end = (_number(request.POST.get(name, "")) for name in ("start", "end"))
    done = take_off_passage(actor=actor, theme=theme, note=note, start=start, end=end)
    told(request, done, "" if done else GONE)
    return redirect(f"{address(actor, theme)}#passages-title")


def _uuid(value: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(value)
    except ValueError:
        return None


def _number(value: str) -> int:
    """Return a number of a form; -1, at which nothing stands, for what is none."""
    return int(value) if value.isdecimal() and len(value) <= len(str(10_000)) else -1
