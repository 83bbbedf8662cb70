"""All comments, to be answered; and one's own, with what became of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.core.permissions import require
from apps.participants.models import Participant
from apps.themes.selectors import (
    Showing,
    by_theme,
    comments_asked_for,
    own_comments,
    shown_comments,
)
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.pages import workshop_page


@require_safe
@workshop_page
def inbox(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the team the comments by theme: those that wait for an answer, or others."""
    require(actor, "themes.see_inbox", actor.workshop)
    showing = Showing.of(request.GET.get("show", ""))
    context = {
        "section": "overview",
        "showing": showing,
        "choices": [
            (each, comments_asked_for(actor, each).count(), each == showing) for each in Showing
        ],
        "themes": by_theme(actor, comments_asked_for(actor, showing)),
    }
    return render(request, "themes/inbox.html", context)


@require_safe
@workshop_page
def yours(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show somebody what they wrote, and what became of it."""
    require(actor, "themes.have_comments", actor.workshop)
    context = {
        "section": "overview",
        "comments": shown_comments(actor, own_comments(actor)),
        "leads_nowhere": leaves_no_trace(actor.workshop),
    }
    return render(request, "themes/own_comments.html", context)
