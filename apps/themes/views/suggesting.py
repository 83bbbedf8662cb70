"""Taking what is suggested."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.themes.selectors import suggestions_for
from apps.themes.services import take_group, take_suggestion
from apps.themes.views.telling import told
from apps.workshops.pages import workshop_page


@require_POST
@workshop_page
def take(request: HttpRequest, actor: Participant, suggestion_id: uuid.UUID) -> HttpResponse:
    """File a note where it was suggested."""
    require(actor, "themes.file", actor.workshop)
    suggestion = get_object_or_404(
        suggestions_for(actor).filter(theme__isnull=False).select_related("note"), pk=suggestion_id
    )
    taken = take_suggestion(actor=actor, suggestion=suggestion)
    told(request, taken.rearrangement, taken.said)
    return redirect(_unfiled(actor))


@require_POST
@workshop_page
def make_theme(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Make a theme of notes that are proposed as a group."""
    require(actor, "themes.edit", actor.workshop)
    try:
        taken = take_group(actor=actor, label=request.POST.get("label", ""))
    except RuleViolation as violation:
        messages.warning(request, str(violation))
        return redirect(_unfiled(actor))
    assert taken.theme is not None  # noqa: S101 - it was made
    made = f"Made the theme “{taken.theme}”. Give it a title that says more"
    told(request, taken.rearrangement, made)
    return redirect("themes:detail", actor.workshop.slug, taken.theme.pk)


def _unfiled(actor: Participant) -> str:
    return f"{reverse('themes:outline', args=[actor.workshop.slug])}#unfiled"
