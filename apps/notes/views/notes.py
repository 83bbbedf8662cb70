"""Correcting a note, on a page of its own or in its place in a list; asking who said it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import require
from apps.notes import speakers
from apps.notes.forms import NoteForm, ReasonForm
from apps.notes.models import Note
from apps.notes.selectors import notes_visible_to, record_visible_to, shown_notes
from apps.notes.services import correct_note
from apps.participants.models import Participant
from apps.workshops.pages import is_htmx, workshop_page


@require_safe
@workshop_page
def detail(request: HttpRequest, actor: Participant, note_id: uuid.UUID) -> HttpResponse:
    """Show a note in its row, or lead to where it stands in the day."""
    note = get_object_or_404(record_visible_to(actor), pk=note_id)
    if is_htmx(request):
        return _row(request, actor, note)
    return redirect(place_of(note, actor))


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def edit(request: HttpRequest, actor: Participant, note_id: uuid.UUID) -> HttpResponse:
    """Correct a note."""
    # One that was redacted meanwhile is refused with what was typed in sight.
    notes = notes_visible_to(actor) if request.method != "POST" else record_visible_to(actor)
    note = get_object_or_404(notes, pk=note_id)
    require(actor, "notes.correct", note)
    about: dict[str, Any] = {
        "actor": actor,
        "session": note.session,
        "note": note,
        # Several notes may be open at once in a list.
        "auto_id": f"note-{note.pk}-%s",
    }
    if request.method != "POST":
        initial = {
            "text": note.text, "mark": note.mark, "group": note.group, "version": note.version,
            "may_be_printed": note.may_be_printed,
        }  # fmt: skip
        return _form(request, actor, note, NoteForm(initial=initial, **about))
    form = NoteForm(request.POST, **about)
    if not form.is_valid():
        return _form(request, actor, note, form, status=422)
    given = {"group": note.group, **form.about_the_note()}
    chosen, speaker = form.speaker_chosen()
    try:
        if chosen:
            speakers.correct_with_speaker(actor=actor, note=note, speaker=speaker, **given)
        else:
            correct_note(actor=actor, note=note, **given)
    except RuleViolation as violation:
        form.refuse(violation)
        return _form(request, actor, note, form, status=422)
    except Conflict as conflict:
        current: Any = conflict.current
        form.catch_up(current)
        return _form(request, actor, note, form, current=current, status=409)
    if is_htmx(request):
        return _row(request, actor, get_object_or_404(notes_visible_to(actor), pk=note_id))
    return redirect(place_of(note, actor))


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def speaker(request: HttpRequest, actor: Participant, note_id: uuid.UUID) -> HttpResponse:
    """Ask why somebody wants to know who said a note; then tell them, once."""
    note = get_object_or_404(notes_visible_to(actor), pk=note_id)
    require(actor, "notes.ask_speaker", note)
    form, name, status = ReasonForm(request.POST or None), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                name = speakers.tell(actor=actor, note=note, reason=form.cleaned_data["reason"])
                status = 200
            except RuleViolation as violation:
                form.refuse(violation)
    context = {
        "section": "capture",
        "note": note,
        "form": form,
        "name": name,
        "back": place_of(note, actor),
    }
    return render(request, "notes/speaker.html", context, status=status)


def _form(
    request: HttpRequest,
    actor: Participant,
    note: Note,
    form: NoteForm,
    *,
    current: Note | None = None,
    status: int = 200,
) -> HttpResponse:
    [shown] = shown_notes(actor, [note])
    context = {
        "section": "capture",
        "shown": shown,
        "form": form,
        "current": current,
        "back": place_of(note, actor),
    }
    page = "notes/note_editing.html" if is_htmx(request) else "notes/edit.html"
    return render(request, page, context, status=status)


def _row(request: HttpRequest, actor: Participant, note: Note) -> HttpResponse:
    [shown] = shown_notes(actor, [note], here=_page_behind(request))
    return render(request, "notes/note.html", {"shown": shown, "focus": True})


def _page_behind(request: Any) -> str:
    """Return the path of the page that htmx puts the answer into."""
    return str(request.htmx.current_url_abs_path or "").partition("?")[0]


def place_of(note: Note, actor: Participant) -> str:
    """Return the address at which `note` stands in the day."""
    day = reverse("themes:capture", args=[actor.workshop.slug])
    return f"{day}?session={note.session_id}&from={note.sequence}#note-{note.pk}"
