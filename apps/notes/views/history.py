"""What a note said before, and taking out for good what it says."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.contributions import contributed
from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.notes.forms import RedactionForm
from apps.notes.selectors import history_of, notes_visible_to, record_visible_to, shown_notes
from apps.notes.services import redact_note
from apps.notes.views.notes import place_of
from apps.participants.models import Participant
from apps.participants.selectors import Attribution
from apps.workshops.pages import workshop_page


@require_safe
@workshop_page
def history(request: HttpRequest, actor: Participant, note_id: uuid.UUID) -> HttpResponse:
    """Show what a note says and said; or that it was redacted, and what holds its words still."""
    note = get_object_or_404(record_visible_to(actor), pk=note_id)
    [shown] = shown_notes(actor, [note])
    context = {
        "section": "capture",
        "note": note,
        "shown": shown,
        "history": history_of(note, Attribution(actor)),
        "printed": contributed("notes:printed", note=note) if note.redacted_at else [],
        "back": place_of(note, actor),
    }
    return render(request, "notes/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def redact(request: HttpRequest, actor: Participant, note_id: uuid.UUID) -> HttpResponse:
    """Say what goes and what can't; then take out what a note says and said."""
    note = get_object_or_404(notes_visible_to(actor), pk=note_id)
    require(actor, "notes.redact", note)
    form = RedactionForm(request.POST or None)
    if form.is_valid():
        try:
            redact_note(actor=actor, note=note, reason=form.cleaned_data["reason"])
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            messages.success(request, "Redacted. What the note said is gone.")
            return redirect("notes:history", actor.workshop.slug, note.pk)
    context = {
        "section": "capture",
        "note": note,
        "form": form,
        "earlier": len(history_of(note, Attribution(actor))) - 1,
        "resting": contributed("notes:resting", note=note),
        "printed": contributed("notes:printed", note=note),
        "back": place_of(note, actor),
    }
    status = 422 if form.is_bound else 200
    return render(request, "notes/redact.html", context, status=status)
