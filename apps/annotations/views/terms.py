"""The terms of a workshop, their senses side by side."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.annotations import services
from apps.annotations.forms import TermForm
from apps.annotations.models import Term
from apps.annotations.selectors import (
    Texts,
    annotations_visible_to,
    definitions_to_take,
    shown_terms,
    terms_visible_to,
)
from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import require
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant
from apps.themes.models import Theme
from apps.themes.selectors import themes_visible_to
from apps.workshops.pages import is_htmx, workshop_page


@require_safe
@workshop_page
def term_list(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show every term that the actor may read."""
    context = {
        "section": "terms",
        "terms": shown_terms(actor, terms_visible_to(actor), Texts(actor)),
        "definitions": definitions_to_take(actor),
    }
    return render(request, "annotations/terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def new(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Add a term with its senses; `?theme=` says on whose page that was begun."""
    require(actor, "annotations.define", actor.workshop)
    theme = _begun_on(request, actor)
    form = _form(request, actor, theme)
    if not form.is_bound or form.more or not form.is_valid():
        return _page(request, form, theme)
    try:
        term = services.define_term(actor=actor, senses=form.senses(), **form.changes())
    except RuleViolation as violation:
        form.refuse(violation)
        return _page(request, form, theme)
    return redirect(_address(term, actor, theme))


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def edit(request: HttpRequest, actor: Participant, term_id: uuid.UUID) -> HttpResponse:
    """Change a term and its senses."""
    term = get_object_or_404(terms_visible_to(actor), pk=term_id)
    require(actor, "annotations.define", term)
    theme = _begun_on(request, actor)
    form = _form(request, actor, theme, term)
    if not form.is_bound or form.more or not form.is_valid():
        return _page(request, form, theme, term)
    try:
        services.revise_term(
            actor=actor,
            term=term,
            version=form.cleaned_data["version"],
            senses=form.senses(),
            **form.changes(),
        )
    except RuleViolation as violation:
        form.refuse(violation)
        return _page(request, form, theme, term)
    except Conflict:
        form.catch_up(term)
        [theirs] = shown_terms(actor, terms_visible_to(actor).filter(pk=term.pk))
        return _page(request, form, theme, term, theirs=theirs)
    return redirect(_address(term, actor, theme))


@require_POST
@workshop_page
def take(request: HttpRequest, actor: Participant, note_id: uuid.UUID) -> HttpResponse:
    """Make what a note defines a sense of its term; `?theme=` says on whose page."""
    note = get_object_or_404(notes_visible_to(actor), pk=note_id)
    theme = _begun_on(request, actor)
    try:
        term = services.take_sense(actor=actor, note=note)
    except RuleViolation as violation:
        messages.error(request, str(violation))
        return redirect("annotations:terms", actor.workshop.slug)
    messages.success(request, f"A sense of “{term.name}” was added. Say who holds it.")
    page = reverse("annotations:terms", args=[actor.workshop.slug])
    if theme is not None and term.annotation is not None and term.annotation.theme_id == theme.pk:
        page = reverse("themes:detail", args=[actor.workshop.slug, theme.pk])
    return redirect(f"{page}#term-{term.pk}")


@require_POST
@workshop_page
def remove(request: HttpRequest, actor: Participant, term_id: uuid.UUID) -> HttpResponse:
    """Remove a term with its senses."""
    term = get_object_or_404(terms_visible_to(actor), pk=term_id)
    services.remove_term(actor=actor, term=term)
    messages.success(request, f"The term “{term.name}” was removed.")
    return redirect("annotations:terms", actor.workshop.slug)


def _begun_on(request: HttpRequest, actor: Participant) -> Theme | None:
    try:
        theme_id = uuid.UUID(request.GET.get("theme", ""))
    except ValueError:
        return None
    return get_object_or_404(themes_visible_to(actor), pk=theme_id)


def _form(
    request: HttpRequest, actor: Participant, theme: Theme | None, term: Term | None = None
) -> TermForm:
    annotations = annotations_visible_to(actor).order_by("theme__order", "order")
    # A term begun on a theme's page belongs to one of the theme's findings.
    first = annotations.filter(theme=theme).first() if theme and term is None else None
    return TermForm(
        request.POST if request.method == "POST" else None,
        initial=TermForm.initial_of(term) if term else {"annotation": first},
        rows=term.senses.prefetch_related("holders") if term else (),
        groups=list(actor.workshop.groups.all()),
        annotations=annotations,
    )


def _page(
    request: HttpRequest,
    form: TermForm,
    theme: Theme | None,
    term: Term | None = None,
    theirs: Any = None,
) -> HttpResponse:
    context = {"section": "terms", "form": form, "theme": theme, "term": term, "theirs": theirs}
    if form.more and is_htmx(request):
        return render(request, "annotations/senses.html", context)
    status = 409 if theirs else 422 if form.is_bound and not form.more else 200
    return render(request, "annotations/term_edit.html", context, status=status)


def _address(term: Term, actor: Participant, theme: Theme | None) -> str:
    page = (
        reverse("themes:detail", args=[actor.workshop.slug, theme.pk])
        if theme
        else reverse("annotations:terms", args=[actor.workshop.slug])
    )
    return f"{page}#term-{term.pk}"
