"""What stands around the stream: sessions, themes, their counts, and what a line may name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.core.permissions import require
from apps.participants.models import Participant
from apps.themes.selectors.capturing import surroundings_of
from apps.themes.views.capturing.rows import session_asked_for
from apps.workshops.pages import workshop_page


@require_safe
@workshop_page
def catalogue(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show it anew, for the page of a session, or of the day, that is open."""
    require(actor, "notes.view", actor.workshop)
    session = session_asked_for(request, actor)
    context = {"session": session, "day": session is None, **surroundings_of(actor)}
    return render(request, "themes/capture_around.html", context)
