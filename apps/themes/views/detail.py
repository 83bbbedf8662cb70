"""A theme: what it holds, where it goes, and what is said of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.core.contributions import contributed
from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.notes.selectors import notes_visible_to, shown_notes
from apps.participants.models import Participant
from apps.participants.selectors import signature
from apps.themes.forms import CommentForm, FilingForm, PlacementForm, WordsForm
from apps.themes.models import Comment, Theme
from apps.themes.selectors import (
    Outline,
    comments_visible_to,
    outline_for,
    placements,
    relatives_of,
    shown_comments,
    successor_of,
    themes_visible_to,
)
from apps.themes.selectors.passages import passages_under
from apps.themes.selectors.supporting import support_now
from apps.themes.services import (
    place_theme,
    publish_theme,
    sort_notes,
    unpublish_theme,
)
from apps.themes.views.telling import told
from apps.workshops.pages import is_htmx, workshop_page

# Notes that are shown at once; all are, where somebody asks for them.
FIRST = 5
# So it is with comments, of which the latest are shown.
LATEST = 6


@require_safe
@workshop_page
def detail(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Show a theme, or lead to the one that took over what it held."""
    theme = theme_or_successor(actor, theme_id)
    if theme.pk != theme_id:
        return redirect(address(actor, theme))
    return theme_page(
        request, actor, theme, refiling="refile" in request.GET, whole="all" in request.GET
    )


@require_POST
@workshop_page
def place(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Say where the theme goes in the memo."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    require(actor, "themes.edit", theme)
    form = PlacementForm(request.POST)
    if form.is_valid():
        theme = place_theme(actor=actor, theme=theme, **form.cleaned_data)
        if not is_htmx(request):
            return redirect(address(actor, theme))
    context = {"theme": theme, "placed": placements([theme])[theme.pk], "placing": form}
    if is_htmx(request):
        status = 200 if form.is_valid() else 422
        return render(request, "themes/placement.html", context, status=status)
    return theme_page(request, actor, theme, placing=form, status=422)


@require_POST
@workshop_page
def publish(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Let participants read the theme."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    publish_theme(actor=actor, theme=theme)
    messages.success(request, "Published: participants can read this theme and comment on it.")
    return redirect(address(actor, theme))


@require_POST
@workshop_page
def unpublish(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Take the theme back."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    unpublish_theme(actor=actor, theme=theme)
    messages.success(request, "Taken back: only the team sees this theme and its comments.")
    return redirect(address(actor, theme))


@require_POST
@workshop_page
def refile(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """File notes of the theme under another as well, or take them off this one."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    require(actor, "themes.file", theme)
    form = FilingForm(request.POST, **_about_filing(actor, theme, Outline(actor)))
    taking_off = request.POST.get("do") == "unfile"
    form.fields["theme"].required = not taking_off
    if form.is_valid():
        notes, other = form.cleaned_data["notes"], form.cleaned_data["theme"]
        try:
            done = sort_notes(
                actor=actor,
                notes=notes,
                theme=None if taking_off else other,
                away=[(note, theme) for note in notes] if taking_off else (),
            )
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            told(request, done.rearrangement, done.said)
            return redirect(f"{address(actor, theme)}?refile=1#notes-title")
    return theme_page(request, actor, theme, refiling=True, filing=form, status=422)


def theme_page(
    request: HttpRequest,
    actor: Participant,
    theme: Theme,
    *,
    refiling: bool = False,
    whole: bool = False,
    filing: FilingForm | None = None,
    placing: PlacementForm | None = None,
    commenting: CommentForm | None = None,
    answering: tuple[Comment, WordsForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of `theme`, with the form that was refused or is asked for, if one is."""
    outline = outline_for(actor)
    said = list(comments_visible_to(actor).filter(theme=theme))
    comments = [each for each in said if each.reply_to_id is None]
    answers = [each for each in said if each.reply_to_id is not None]
    all_comments = "comments" in request.GET
    latest = comments if answering or all_comments else comments[-LATEST:]
    context: dict[str, Any] = {
        "section": "themes",
        "theme": theme,
        "ancestors": outline.ancestors(theme),
        "under": outline.children(theme),
        "relatives": relatives_of(theme, outline),
        "parts": contributed("themes:detail", actor=actor, theme=theme),
        "supported": support_now(actor, theme, by="theme"),
        "comments": shown_comments(actor, latest, answers),
        "comment_count": len(comments),
        "earlier": len(comments) - len(latest),
        "all_comments": all_comments,
        "signed": signature(actor),
        "commenting": commenting or CommentForm(auto_id="comment-%s"),
        "answered": answering and answering[0],
        "answer_form": answering and answering[1],
    }
    if outline.sorts:
        notes = list(_notes_under(actor, theme))
        first = notes if whole or refiling else notes[:FIRST]
        context |= {
            "placed": placements([theme])[theme.pk],
            "placing": placing or PlacementForm(initial={"placement": theme.placement}),
            "refiling": refiling,
            "notes": shown_notes(actor, first, here=address(actor, theme)),
            "note_count": len(notes),
            "some_only": len(first) < len(notes),
            "whole": whole,
            "passages": passages_under(actor, theme),
        }
        if refiling:
            context["filing"] = filing or FilingForm(**_about_filing(actor, theme, outline))
    return render(request, "themes/detail.html", context, status=status)


def theme_or_successor(actor: Participant, theme_id: uuid.UUID) -> Theme:
    """Return the theme of this id, or the one that took over what it held."""
    theme = outline_for(actor).themes.get(theme_id) or successor_of(actor, theme_id)
    if theme is None:
        raise Http404
    return theme


def address(actor: Participant, theme: Theme) -> str:
    """Return the address of the page of `theme`."""
    return reverse("themes:detail", args=[actor.workshop.slug, theme.pk])


def _notes_under(actor: Participant, theme: Theme) -> Any:
    return notes_visible_to(actor).filter(pk__in=theme.filings.values("note"))


def _about_filing(actor: Participant, theme: Theme, outline: Outline) -> dict[str, Any]:
    return {"notes": _notes_under(actor, theme), "outline": outline, "auto_id": "file-%s"}
