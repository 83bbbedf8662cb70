"""Reading along while notes are taken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.core.permissions import require
from apps.notes.selectors import feed_of, sessions_with_feed
from apps.participants.models import Participant
from apps.workshops.pages import workshop_page


@require_safe
@workshop_page
def feed(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the notes of a session as they are taken, where its feed is on."""
    require(actor, "notes.read_along", actor.workshop)
    sessions = sessions_with_feed(actor)
    wanted = request.GET.get("session")
    chosen = [session for session in sessions if str(session.pk) == wanted]
    session = next(iter([*chosen, *sessions]), None)
    context = {
        "section": "feed",
        "sessions": sessions,
        "session": session,
        "notes": feed_of(actor, session) if session else [],
    }
    return render(request, "notes/feed.html", context)
