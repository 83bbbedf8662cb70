"""Saying on the next page what was rearranged, beside a button that undoes it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant
from apps.themes.forms import SortForm
from apps.themes.models import Rearrangement
from apps.themes.selectors import Outline


def told(request: HttpRequest, done: Rearrangement | None, said: str = "") -> None:
    """Say what was done; `themes/messages.html` offers to undo it."""
    words = said or (done.said if done else "")
    messages.success(request, f"{words}.", extra_tags=str(done.pk) if done else "")


def sort_form(actor: Participant, outline: Outline, data: Any = None) -> SortForm:
    """Return the form by which `actor` sorts notes."""
    return SortForm(data, notes=notes_visible_to(actor), outline=outline, auto_id="file-%s")


def said(
    request: HttpRequest, words: str, done: Rearrangement | None = None, *, status: int = 200
) -> HttpResponse:
    """Answer a script: what was done, and how to undo it, or why not."""
    context = {
        "words": words.removesuffix("."),
        "done": done,
        "back": request.POST.get("back", ""),
        "refused": status >= HTTPStatus.BAD_REQUEST,
    }
    return render(request, "themes/said.html", context, status=status)
