"""The page where notes are written down."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.offline import kept_on_device
from apps.core.permissions import require
from apps.notes.models import Mark, Note
from apps.notes.selectors import (
    ShownNote,
    notes_visible_to,
    record_visible_to,
    session_in_use,
    sessions_with_counts,
    shown_notes,
)
from apps.participants.models import Participant
from apps.themes.forms import CaptureForm
from apps.themes.selectors import Outline, unfiled_notes
from apps.themes.services.capturing import capture_note_of
from apps.workshops.models import Session
from apps.workshops.pages import is_htmx, workshop_page

# The newest notes of a session are shown, and earlier ones by as many at a time.
AT_ONCE, AT_MOST = 200, 4_000
# What the next note is likely to share with the one before.
KEPT = ("group", "mark", "theme")


@require_http_methods(["GET", "HEAD", "POST"])
@kept_on_device
@workshop_page
def capture(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the notes of a session, and take the next one."""
    require(actor, "notes.view", actor.workshop)
    outline = Outline(actor)
    if request.method != "POST":
        return _page(request, actor, outline, None)
    require(actor, "notes.record", actor.workshop)
    form = CaptureForm(
        request.POST,
        actor=actor,
        session=_posted_session(request, actor),
        outline=outline,
        auto_id="note-%s",
    )
    if form.is_valid():
        try:
            _, speaker = form.speaker_chosen()
            note = capture_note_of(actor=actor, speaker=speaker, **form.about_the_note())
        except RuleViolation as violation:
            form.refuse(violation)
        except Conflict:
            form.begin_another()
            return _refused(request, actor, outline, form, status=409)
        else:
            if is_htmx(request):
                return _saved(request, actor, note)
            return redirect(_next_note(actor, note, form.cleaned_data))
    return _refused(request, actor, outline, form, status=422)


def _refused(
    request: HttpRequest, actor: Participant, outline: Outline, form: CaptureForm, *, status: int
) -> HttpResponse:
    if not is_htmx(request):
        return _page(request, actor, outline, form, status=status)
    answer = render(request, "themes/capture_not_saved.html", {"form": form}, status=status)
    answer["HX-Retarget"] = "#composer-error"
    answer["HX-Reswap"] = "innerHTML"
    return answer


def _page(
    request: HttpRequest,
    actor: Participant,
    outline: Outline,
    form: CaptureForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    sessions = sessions_with_counts(actor)
    wanted = (request.POST if form else request.GET).get("session")
    session = _chosen(sessions, wanted) or _usual(sessions, actor)
    if session is None:
        return render(request, "themes/capture_empty.html", {"section": "capture"})
    if wanted and not form and str(session.pk) != wanted:
        raise Http404
    limit = _limit(request)
    record = record_visible_to(actor).filter(session=session)
    shown = shown_notes(actor, reversed(record.order_by("-sequence")[:limit]))
    context = {
        "section": "capture",
        "sessions": sessions,
        "session": session,
        "notes": shown,
        "earlier": record.count() - len(shown),
        "more": limit + AT_ONCE,
        "saved": _just_saved(request, shown),
        "form": form or _empty_form(request, actor, session, outline),
        "branches": outline.branches(),
        "unfiled": unfiled_notes(actor).count(),
    }
    return render(request, "themes/capture.html", context, status=status)


def _saved(request: HttpRequest, actor: Participant, note: Note) -> HttpResponse:
    note = notes_visible_to(actor).get(pk=note.pk)
    [shown] = shown_notes(actor, [note])
    context = {
        "shown": shown,
        "new": True,
        "count": notes_visible_to(actor).filter(session=note.session_id).count(),
        "branches": Outline(actor).branches(),
        "unfiled": unfiled_notes(actor).count(),
    }
    return render(request, "themes/capture_saved.html", context)


def _empty_form(
    request: HttpRequest, actor: Participant, session: Session, outline: Outline
) -> CaptureForm:
    initial = {name: request.GET[name] for name in KEPT if name in request.GET}
    return CaptureForm(
        initial={**initial, "id": uuid.uuid4(), "session": session.pk},
        actor=actor,
        session=session,
        outline=outline,
        auto_id="note-%s",
    )


def _next_note(actor: Participant, note: Note, said: dict[str, Any]) -> str:
    """Return where the next note is written, with what it is likely to share with this one."""
    kept = {name: getattr(said.get(name), "pk", said.get(name)) for name in ("session", *KEPT)}
    query = {name: value for name, value in kept.items() if value and value != Mark.REMARK}
    query["saved"] = note.pk
    url = reverse("themes:capture", args=[actor.workshop.slug])
    # A text field that is the target gets the focus; `autofocus` yields to any fragment.
    return f"{url}?{urlencode(query)}#note-text"


def _just_saved(request: HttpRequest, notes: list[ShownNote]) -> Note | None:
    saved = request.GET.get("saved")
    return next((shown.note for shown in notes if str(shown.note.pk) == saved), None)


def _posted_session(request: HttpRequest, actor: Participant) -> Session | None:
    return _chosen(sessions_with_counts(actor), request.POST.get("session"))


def _chosen(sessions: list[Session], wanted: str | None) -> Session | None:
    return next((session for session in sessions if str(session.pk) == wanted), None)


def _usual(sessions: list[Session], actor: Participant) -> Session | None:
    in_use = session_in_use(actor)
    return next((session for session in sessions if session.pk == in_use), None) or next(
        iter(sessions), None
    )


def _limit(request: HttpRequest) -> int:
    asked = request.GET.get("shown", "")
    if not asked.isdecimal() or len(asked) > len(str(AT_MOST)):
        return AT_ONCE
    return min(max(int(asked), AT_ONCE), AT_MOST)
