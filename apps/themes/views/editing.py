"""Changing what a theme says, and deleting one."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.themes.forms import DeleteForm, MergeForm, ThemeForm
from apps.themes.models import Theme
from apps.themes.selectors import Outline, themes_visible_to
from apps.themes.services import delete_theme, edit_theme
from apps.themes.views.detail import address, theme_or_successor
from apps.themes.views.telling import told
from apps.workshops.pages import workshop_page


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def edit(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Change what the theme says, where it stands and which questions it speaks to."""
    theme = theme_or_successor(actor, theme_id)
    require(actor, "themes.edit", theme)
    if request.method != "POST":
        return edit_page(request, actor, theme)
    outline = Outline(actor)
    form = ThemeForm(request.POST, actor=actor, theme=theme, outline=outline)
    if not form.is_valid():
        return edit_page(request, actor, theme, form, status=422)
    if theme.pk != theme_id:
        # It was merged while somebody wrote: what they wrote of it stands beside what it became.
        form.catch_up(theme)
        theirs = _theirs(form, theme)
        return edit_page(request, actor, theme, form, theirs=theirs, merged=True, status=409)
    try:
        values = {"questions": theme.questions.all(), **form.cleaned_data}
        edited = edit_theme(actor=actor, theme=theme, **values)
    except RuleViolation as violation:
        form.refuse(violation)
        return edit_page(request, actor, theme, form, status=422)
    except Conflict as conflict:
        current: Any = conflict.current
        form.catch_up(current)
        return edit_page(request, actor, theme, form, theirs=_theirs(form, current), status=409)
    if edited.rearranged is not None:
        told(request, edited.rearranged)
    return redirect(address(actor, theme))


@require_POST
@workshop_page
def delete(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Delete a theme; what it holds goes to another."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    require(actor, "themes.edit", theme)
    form = DeleteForm(request.POST, theme=theme, outline=Outline(actor))
    if form.is_valid():
        try:
            done = delete_theme(actor=actor, theme=theme, **form.cleaned_data)
        except RuleViolation as violation:
            return edit_page(request, actor, theme, refusal=str(violation), status=422)
        told(request, done)
        return redirect("themes:outline", actor.workshop.slug)
    refusal = " ".join(str(error) for error in form.errors["to"])
    return edit_page(request, actor, theme, refusal=refusal, status=422)


def edit_page(
    request: HttpRequest,
    actor: Participant,
    theme: Theme,
    form: ThemeForm | None = None,
    *,
    theirs: list[tuple[str, str]] | None = None,
    merged: bool = False,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page on which `theme` is changed, with what was refused.

    `theirs` is what somebody else wrote meanwhile, or what it is `merged` into says.
    """
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
        "merged": merged,
        "merging": MergeForm(theme=theme, outline=outline, auto_id="merge-%s"),
        "deleting": DeleteForm(theme=theme, outline=outline, auto_id="delete-%s"),
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
