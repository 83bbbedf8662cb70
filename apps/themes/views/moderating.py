"""Hiding a comment, and showing it again."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.themes.forms import HidingForm
from apps.themes.selectors import comments_visible_to, shown_comments
from apps.themes.services import hide_comment, show_comment
from apps.themes.views.comments import place_of
from apps.workshops.pages import version_in, workshop_page


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def hide(request: HttpRequest, actor: Participant, comment_id: uuid.UUID) -> HttpResponse:
    """Hide a comment, once it was said why."""
    said = get_object_or_404(comments_visible_to(actor), pk=comment_id)
    require(actor, "themes.moderate", said)
    initial = {"version": said.version, "reason": said.hidden_because}
    form = HidingForm(request.POST or None, initial=initial)
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        try:
            hide_comment(actor=actor, comment=said, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        except Conflict as conflict:
            form.refuse(RuleViolation(str(conflict)))
            current: Any = conflict.current
            form.catch_up(current)
            status = 409
            said = get_object_or_404(comments_visible_to(actor), pk=comment_id)
        else:
            messages.success(request, "Hidden: its author reads why, and can still read it.")
            return redirect(place_of(actor, said))
    [shown] = shown_comments(actor, [said])
    context = {"section": "themes", "shown": shown, "form": form}
    return render(request, "themes/comment_hide.html", context, status=status)


@require_POST
@workshop_page
def show(request: HttpRequest, actor: Participant, comment_id: uuid.UUID) -> HttpResponse:
    """Show a hidden comment again."""
    said = get_object_or_404(comments_visible_to(actor), pk=comment_id)
    show_comment(actor=actor, comment=said, version=version_in(request))
    messages.success(request, "Shown again: everybody who reads the theme reads it.")
    return redirect(place_of(actor, said))
