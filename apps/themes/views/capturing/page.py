"""The page where notes are written down."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.offline import kept_on_device
from apps.core.permissions import require
from apps.notes.models import Mark, Note
from apps.notes.selectors import ShownNote, session_in_use
from apps.participants.models import Participant
from apps.themes.forms import CaptureForm
from apps.themes.selectors import Outline
from apps.themes.selectors.capturing import (
    AT_ONCE,
    changes_so_far,
    newest_notes,
    notes_from,
    surroundings_of,
)
from apps.themes.services.taking import KINDS
from apps.themes.views.capturing.lines import entry_of
from apps.themes.views.capturing.rows import DAY
from apps.workshops.devices import Entry
from apps.workshops.models import Session
from apps.workshops.pages import workshop_page
from apps.workshops.selectors import room_of

AT_MOST, DIGITS = 4_000, 6
# What the next note is likely to share with the one before.
KEPT = ("group", "mark", "theme")
# The signs of the grammar as buttons: what one puts into the line, and what it is called.
SIGNS = [
    ("#", "theme"), ("@", "who speaks"), ("%", "group"), ("? ", "question"), ("! ", "takeaway"),
    ("+ ", "agrees"), ("- ", "disagrees"), ("… ", "goes on"), ("“”", "quote"), ("= ", "term"),
    ("eg ", "example"), ("rq ", "research"), ("s/", "correct"), ("↑", "edit the last"),
    ("/off", "off the record"),
]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@kept_on_device
@workshop_page
def capture(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the notes of a session, or of the day; take the next one from the plain form.

    Scripts send theirs to the queue.
    """
    require(actor, "notes.view", actor.workshop)
    around = surroundings_of(actor)
    if request.method != "POST":
        return _page(request, actor, around, None)
    require(actor, "notes.record", actor.workshop)
    form = CaptureForm(
        request.POST,
        actor=actor,
        session=_chosen(around["sessions"], request.POST.get("session")),
        outline=around["outline"],
        auto_id="note-%s",
    )
    if form.is_valid():
        try:
            entry, problems = entry_of(actor, form)
            taken = KINDS[entry.kind].take(actor=actor, entry=entry)
        except RuleViolation as violation:
            form.refuse(violation)
        except Conflict:
            form.begin_another()
            return _page(request, actor, around, form, status=409)
        else:
            for sentence in filter(None, [*problems, taken.why]):
                messages.warning(request, sentence)
            return redirect(_next_note(actor, entry, form.cleaned_data))
    return _page(request, actor, around, form, status=422)


def _page(
    request: HttpRequest,
    actor: Participant,
    around: dict[str, Any],
    form: CaptureForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    sessions = around["sessions"]
    if not sessions:
        return render(request, "themes/capture_empty.html", {"section": "capture"})
    wanted = (request.POST if form else request.GET).get("session")
    usual = _usual(sessions, actor)
    session = None if wanted == DAY else _chosen(sessions, wanted) or usual
    if wanted and not form and wanted != DAY and str(session and session.pk) != wanted:
        raise Http404
    # Where the next note goes, also while the whole day is shown.
    into = session or usual
    change = changes_so_far(actor)
    stretch = newest_notes(actor, session, limit=_limit(request, actor, session))
    context = {
        **around,
        "section": "capture",
        "session": session,
        "into": into,
        "day": session is None,
        "room": room_of(actor.workshop),
        "change": change,
        "notes": stretch.notes,
        "earlier": stretch.earlier,
        "more": len(stretch.notes) + AT_ONCE,
        "saved": _just_saved(request, stretch.notes),
        "form": form or _empty_form(request, actor, into, around["outline"]),
        "signs": SIGNS,
    }
    return render(request, "themes/capture.html", context, status=status)


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


def _next_note(actor: Participant, entry: Entry, said: dict[str, Any]) -> str:
    """Return where the next note is written, with what it is likely to share with this one."""
    kept = {name: getattr(said.get(name), "pk", said.get(name)) for name in ("session", *KEPT)}
    query = {name: value for name, value in kept.items() if value and value != Mark.REMARK}
    query["saved"] = str(entry.about)
    url = reverse("themes:capture", args=[actor.workshop.slug])
    # A text field that is the target gets the focus; `autofocus` yields to any fragment.
    return f"{url}?{urlencode(query)}#note-text"


def _just_saved(request: HttpRequest, notes: list[ShownNote]) -> Note | None:
    saved = request.GET.get("saved")
    return next((shown.note for shown in notes if str(shown.note.pk) == saved), None)


def _chosen(sessions: list[Session], wanted: str | None) -> Session | None:
    return next((session for session in sessions if str(session.pk) == wanted), None)


def _usual(sessions: list[Session], actor: Participant) -> Session:
    """Return where the room is, if it was moved anywhere; else where notes were last taken."""
    current = next((session for session in sessions if session.is_current), None)
    in_use = session_in_use(actor) if current is None else None
    return current or next((each for each in sessions if each.pk == in_use), sessions[0])


def _limit(request: HttpRequest, actor: Participant, session: Session | None) -> int:
    """Return how many of the newest notes to show: as many as were asked for, and as reach back
    to the one that a link leads to.
    """
    back_to = _number(request, "from")
    reach = notes_from(actor, session, back_to) if back_to else 0
    return min(max(_number(request, "shown"), reach, AT_ONCE), AT_MOST)


def _number(request: HttpRequest, name: str) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) <= DIGITS else 0
