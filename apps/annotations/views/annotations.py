"""Recording, editing, ordering and withdrawing findings."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.annotations import services
from apps.annotations.advice import advise
from apps.annotations.forms import AnnotationForm
from apps.annotations.models import Annotation
from apps.annotations.selectors import (
    annotations_visible_to,
    cards_on,
    contested_terms,
    settled_in,
)
from apps.annotations.selectors.placement import SIDES_NEEDED
from apps.annotations.selectors.wording_help import names_known_to
from apps.core.contributions import contributed
from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.themes.models import Theme
from apps.themes.selectors import themes_visible_to
from apps.themes.selectors.supporting import support_now
from apps.workshops.pages import is_htmx, workshop_page
from apps.workshops.selectors import sessions_of

NEEDS_SIDES = "Needs a second position before it can enter the memo."


def theme_address(annotation: Annotation, actor: Participant) -> str:
    """Return where on its theme's page a finding stands."""
    page = reverse("themes:detail", args=[actor.workshop.slug, annotation.theme_id])
    return f"{page}#annotation-{annotation.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def new(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Record a finding on a theme, with its positions."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    require(actor, "annotations.record", theme)
    form = _form(actor, request.POST if request.method == "POST" else None)
    if not form.is_bound or form.more or not form.is_valid():
        return _page(request, actor, form, theme)
    try:
        annotation = services.record_annotation(
            actor=actor, theme=theme, positions=form.positions(), **form.changes()
        )
    except RuleViolation as violation:
        form.refuse(violation)
        return _page(request, actor, form, theme)
    return _saved(request, actor, annotation)


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def edit(request: HttpRequest, actor: Participant, annotation_id: uuid.UUID) -> HttpResponse:
    """Change a finding and its positions."""
    annotation = get_object_or_404(annotations_visible_to(actor), pk=annotation_id)
    require(actor, "annotations.revise", annotation)
    form = _form(actor, request.POST if request.method == "POST" else None, annotation)
    if not form.is_bound or form.more or not form.is_valid():
        return _page(request, actor, form, annotation.theme, annotation)
    try:
        annotation = services.revise_annotation(
            actor=actor,
            annotation=annotation,
            version=form.cleaned_data["version"],
            positions=form.positions(annotation.positions.values_list("pk", flat=True)),
            withdrawn=form.withdrawn(),
            **form.changes(),
        )
    except RuleViolation as violation:
        form.refuse(violation)
        return _page(request, actor, form, annotation.theme, annotation)
    except Conflict:
        form.catch_up(annotation)
        theirs = cards_on(actor, annotation.theme, only=annotation.pk)
        return _page(request, actor, form, annotation.theme, annotation, theirs=theirs)
    return _saved(request, actor, annotation)


@require_POST
@workshop_page
def advice(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Say what could be better about the wording of a finding that is being written.

    Nothing is kept of what is sent, and nothing refused.
    """
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    require(actor, "annotations.record", theme)
    context = {"theme": theme, "advice": advice_on(_form(actor, request.POST), actor)}
    return render(request, "annotations/advice.html", context)


@require_POST
@workshop_page
def move(request: HttpRequest, actor: Participant, annotation_id: uuid.UUID) -> HttpResponse:
    """Move a finding up or down on its theme."""
    annotation = get_object_or_404(annotations_visible_to(actor), pk=annotation_id)
    by = -1 if request.POST.get("by") == "-1" else 1
    services.move_annotation(actor=actor, annotation=annotation, by=by)
    if is_htmx(request):
        context = {
            "theme": annotation.theme,
            "cards": cards_on(actor, annotation.theme),
            "moved": annotation.pk,
            "up": by < 0,
        }
        return render(request, "annotations/list.html", context)
    return redirect(theme_address(annotation, actor))


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def withdraw(request: HttpRequest, actor: Participant, annotation_id: uuid.UUID) -> HttpResponse:
    """Remove a finding, once it was said what goes with it and what stays."""
    annotation = get_object_or_404(annotations_visible_to(actor), pk=annotation_id)
    require(actor, "annotations.withdraw", annotation)
    if request.method == "POST":
        services.withdraw_annotation(actor=actor, annotation=annotation)
        messages.success(request, "The annotation was removed.")
        return redirect("themes:detail", actor.workshop.slug, annotation.theme_id)
    context = {
        "section": "themes",
        "theme": annotation.theme,
        "annotation": annotation,
        "dependants": contributed("annotations:dependants", subject=annotation),
    }
    return render(request, "annotations/withdraw.html", context)


def _form(actor: Participant, data: Any, annotation: Annotation | None = None) -> AnnotationForm:
    rows = annotation.positions.prefetch_related("holders") if annotation else ()
    return AnnotationForm(
        data,
        initial=AnnotationForm.initial_of(annotation) if annotation else None,
        rows=rows,
        groups=list(actor.workshop.groups.all()),
        sessions=sessions_of(actor.workshop),
    )


def advice_on(form: AnnotationForm, actor: Participant) -> list[tuple[str, str]]:
    """Return what could be better about what stands in `form`, each with whose text it is."""
    wordings = form.wordings(actor.workshop, names_known_to(actor))
    said = [(title, sentence) for title, wording in wordings for sentence in advise(wording)]
    settled = settled_in(form.as_said(), contested_terms(actor))
    return said + [
        ("", f"“{term.name}” is contested here: say in which sense.") for term in settled
    ]


def _page(
    request: HttpRequest,
    actor: Participant,
    form: AnnotationForm,
    theme: Theme,
    annotation: Annotation | None = None,
    *,
    theirs: Any = (),
) -> HttpResponse:
    context = {
        "section": "themes",
        "form": form,
        "theme": theme,
        "annotation": annotation,
        "supported": annotation and support_now(actor, annotation, by="annotation"),
        "theirs": theirs[0] if theirs else None,
        "advice": advice_on(form, actor),
    }
    if form.more and is_htmx(request):
        return render(request, "annotations/positions.html", context)
    refused = form.is_bound and not form.more
    status = 409 if theirs else 422 if refused else 200
    return render(request, "annotations/edit.html", context, status=status)


def _saved(request: HttpRequest, actor: Participant, annotation: Annotation) -> HttpResponse:
    if annotation.has_sides and annotation.positions.count() < SIDES_NEEDED:
        messages.warning(request, NEEDS_SIDES)
    return redirect(theme_address(annotation, actor))
