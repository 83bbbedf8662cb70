"""Changing what a theme says, and deleting one."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.themes.forms import ThemeForm
from apps.themes.models import Theme
from apps.themes.selectors import Outline, themes_visible_to
from apps.themes.services import delete_theme, edit_theme
from apps.themes.views.detail import address
from apps.workshops.pages import workshop_page


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def edit(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Change what the theme says, where it stands and which questions it speaks to."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    require(actor, "themes.edit", theme)
    if request.method != "POST":
        return _page(request, actor, theme)
    outline = Outline(actor)
    form = ThemeForm(request.POST, actor=actor, theme=theme, outline=outline)
    if not form.is_valid():
        return _page(request, actor, theme, form, status=422)
    try:
        values = {"questions": theme.questions.all(), **form.cleaned_data}
        edit_theme(actor=actor, theme=theme, **values)
    except RuleViolation as violation:
        form.refuse(violation)
        return _page(request, actor, theme, form, status=422)
    except Conflict as conflict:
        current: Any = conflict.current
        form.catch_up(current)
        return _page(request, actor, theme, form, theirs=_theirs(form, current), status=409)
    return redirect(address(actor, theme))


@require_POST
@workshop_page
def delete(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Delete a theme that holds nothing."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    try:
        delete_theme(actor=actor, theme=theme)
    except RuleViolation as violation:
        return _page(request, actor, theme, refusal=str(violation), status=422)
    messages.success(request, f"Deleted “{theme.title}”.")
    return redirect("themes:outline", actor.workshop.slug)


def _page(
    request: HttpRequest,
    actor: Participant,
    theme: Theme,
    form: ThemeForm | None = None,
    *,
    theirs: list[tuple[str, str]] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    outline = Outline(actor)
    initial = {
        "title": theme.title,
        "summary": theme.summary,
        "parent": theme.parent_id,
        "placement": theme.placement,
        "questions": theme.questions.all(),
        "version": theme.version,
    }
    context = {
        "section": "themes",
        "theme": theme,
        "ancestors": outline.ancestors(theme),
        "form": form or ThemeForm(initial=initial, actor=actor, theme=theme, outline=outline),
        "theirs": theirs,
        "refusal": refusal,
    }
    return render(request, "themes/edit.html", context, status=status)


def _theirs(form: ThemeForm, current: Theme) -> list[tuple[str, str]]:
    """Return, by the form's labels, what `current` says otherwise than the form."""
    said = form.cleaned_data
    texts = {
        "title": (current.title, said["title"]),
        "summary": (current.summary, said["summary"]),
        "parent": (_title(current.parent), _title(said["parent"])),
        "placement": (current.get_placement_display(), _placement(said["placement"])),
    }
    return [
        (str(form.fields[name].label or name.capitalize()), theirs or "nothing")
        for name, (theirs, mine) in texts.items()
        if theirs != mine
    ]


def _title(theme: Theme | None) -> str:
    return theme.title if theme else "the top of the outline"


def _placement(value: str) -> str:
    return Theme(placement=value).get_placement_display()
