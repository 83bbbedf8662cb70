"""The notes of the stream that a page doesn't show yet."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.core.permissions import require
from apps.notes.selectors import ShownNote
from apps.participants.models import Participant
from apps.themes.selectors.capturing import changed_notes, changes_so_far, newest_notes
from apps.workshops.models import Session
from apps.workshops.pages import workshop_page

DAY = "day"
# Digits that no number of ours has.
TOO_LONG = 10


@require_safe
@workshop_page
def rows(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Answer the rows of `session`, or of the day: what changed since a number that an answer told
    in `X-Change`, or what stood before a note, or the newest. 204 when nothing changed.
    """
    require(actor, "notes.view", actor.workshop)
    session = session_asked_for(request, actor)
    change = changes_so_far(actor)
    since, before = _number(request, "since"), _number(request, "before")
    found: list[ShownNote] = []
    earlier = 0
    if since is None:
        stretch = newest_notes(actor, session, before=before)
        found, earlier = stretch.notes, stretch.earlier
    elif since < change:
        found = changed_notes(actor, session, since=since)
    answer = HttpResponse(status=204)
    if found:
        context = {"notes": found, "day": session is None}
        answer = render(request, "themes/capture_rows.html", context)
    answer["X-Change"] = str(change)
    answer["X-Earlier"] = str(earlier)
    return answer


def session_asked_for(request: HttpRequest, actor: Participant) -> Session | None:
    """Return the session that the address names, None for the whole day.

    Raises `Http404` for one that isn't of the workshop.
    """
    wanted = request.GET.get("session", DAY)
    if wanted == DAY:
        return None
    try:
        key = uuid.UUID(wanted)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Session, workshop=actor.workshop_id, pk=key)


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < TOO_LONG else None
