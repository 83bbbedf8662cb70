"""The record of a workshop as files."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.core.permissions import require
from apps.notes import exporting
from apps.participants.models import Participant
from apps.themes.selectors.exporting import record_of
from apps.workshops.pages import workshop_page


@require_safe
@workshop_page
def export(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show in which forms the notes can be had, and what is in them."""
    require(actor, "notes.export", actor.workshop)
    return render(request, "themes/export.html", {"section": "capture"})


@require_safe
@workshop_page
def by_session(_request: HttpRequest, actor: Participant) -> HttpResponse:
    """Send the notes by session, as Markdown."""
    return _file(actor, exporting.by_session, "notes.md", "text/markdown")


@require_safe
@workshop_page
def by_theme(_request: HttpRequest, actor: Participant) -> HttpResponse:
    """Send the notes by theme, as Markdown."""
    return _file(actor, exporting.by_theme, "themes.md", "text/markdown")


@require_safe
@workshop_page
def as_table(_request: HttpRequest, actor: Participant) -> HttpResponse:
    """Send the notes as a table."""
    return _file(actor, exporting.as_table, "notes.csv", "text/csv")


@require_safe
@workshop_page
def as_json(_request: HttpRequest, actor: Participant) -> HttpResponse:
    """Send the notes as JSON."""
    return _file(actor, exporting.as_json, "notes.json", "application/json")


def _file(
    actor: Participant, write: Callable[[exporting.Record], str], name: str, kind: str
) -> HttpResponse:
    require(actor, "notes.export", actor.workshop)
    return HttpResponse(
        write(record_of(actor)).encode(),
        headers={
            "Content-Type": f"{kind}; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{actor.workshop.slug}-{name}"',
            "Cache-Control": "no-store, private",
            "X-Content-Type-Options": "nosniff",
        },
    )
