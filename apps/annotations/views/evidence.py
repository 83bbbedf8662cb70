"""Attaching notes to findings, and detaching them."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.annotations import services
from apps.annotations.forms import ChoosingForm, EvidenceForm
from apps.annotations.models import Annotation
from apps.annotations.selectors import (
    annotations_visible_to,
    cards_on,
    evidence_visible_to,
    rows_to_choose,
)
from apps.annotations.views.annotations import theme_address
from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.workshops.pages import is_htmx, workshop_page


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def evidence(request: HttpRequest, actor: Participant, annotation_id: uuid.UUID) -> HttpResponse:
    """Show what a finding rests on, or let a note stand for or against it or a position of it."""
    annotation = get_object_or_404(annotations_visible_to(actor), pk=annotation_id)
    if request.method != "POST":
        require(actor, "notes.view", annotation.theme)
        return _opened(request, actor, annotation)
    require(actor, "annotations.cite", annotation)
    form = _form(actor, annotation, request.POST)
    if not form.is_valid():
        return _answer(request, actor, annotation, refused=form)
    try:
        attached = services.attach_evidence(
            actor=actor,
            annotation=annotation,
            note=form.cleaned_data["note"],
            position=form.cleaned_data.get("position"),
            stance=form.cleaned_data["stance"],
        )
    except RuleViolation as violation:
        form.refuse(violation)
        return _answer(request, actor, annotation, refused=form)
    return _answer(request, actor, annotation, done=f"{attached.note} attached")


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def choose(request: HttpRequest, actor: Participant, annotation_id: uuid.UUID) -> HttpResponse:
    """Go through the notes of a theme, saying of each in one key what it does to the finding."""
    annotation = get_object_or_404(annotations_visible_to(actor), pk=annotation_id)
    require(actor, "annotations.cite", annotation)
    form = ChoosingForm(request.POST or None, actor=actor, annotation=annotation)
    done = None
    if request.method == "POST" and form.is_valid():
        try:
            done = services.attach_evidence(
                actor=actor, annotation=annotation, **form.cleaned_data["pick"],
                position=form.cleaned_data.get("position"),
            )  # fmt: skip
        except RuleViolation as violation:
            form.refuse(violation)
    if done is not None and not is_htmx(request):
        url = reverse("annotations:choose", args=[actor.workshop.slug, annotation.pk])
        # The same position goes on being meant.
        return redirect(f"{url}?to={done.position_id or ''}#note-{done.note_id}")
    context: dict[str, Any] = {
        "section": "themes",
        "theme": annotation.theme,
        "annotation": annotation,
        "form": form,
        "rows": rows_to_choose(actor, annotation, form.position_id(request.GET.get("to", ""))),
        "done": done,
    }
    template = "annotations/chooser.html"
    if not is_htmx(request):
        template = "annotations/choose.html"
        context["elsewhere"] = _form(actor, annotation)
    refused = request.method == "POST" and done is None
    return render(request, template, context, status=422 if refused else 200)


@require_POST
@workshop_page
def detach(request: HttpRequest, actor: Participant, evidence_id: uuid.UUID) -> HttpResponse:
    """Let a note no longer stand for or against a finding."""
    evidence = get_object_or_404(evidence_visible_to(actor), pk=evidence_id)
    annotation, note = evidence.annotation, evidence.note
    services.detach_evidence(actor=actor, evidence=evidence)
    return _answer(request, actor, annotation, done=f"{note} detached")


def _form(actor: Participant, annotation: Annotation, data: Any = None) -> EvidenceForm:
    auto_id = f"attach-{annotation.pk}-%s"
    return EvidenceForm(data, actor=actor, annotation=annotation, auto_id=auto_id)


def _answer(
    request: HttpRequest,
    actor: Participant,
    annotation: Annotation,
    *,
    done: str = "",
    refused: EvidenceForm | None = None,
) -> HttpResponse:
    """The finding's card for htmx; for a browser the theme's page, or the refused form."""
    if refused is None and not is_htmx(request):
        return redirect(theme_address(annotation, actor))
    return _opened(request, actor, annotation, done=done, refused=refused)


def _opened(
    request: HttpRequest,
    actor: Participant,
    annotation: Annotation,
    *,
    done: str = "",
    refused: EvidenceForm | None = None,
) -> HttpResponse:
    """The finding's card with what it rests on; for a browser a page of it, or the refused form."""
    theme = annotation.theme
    [card] = cards_on(actor, theme, only=annotation.pk, opened=True)
    places = list(annotations_visible_to(actor).filter(theme=theme).values_list("pk", flat=True))
    context: dict[str, Any] = {
        "section": "themes",
        "theme": theme,
        "card": card,
        "form": refused,
        "done": done,
        "opened": True,
        "first": places[0] == annotation.pk,
        "last": places[-1] == annotation.pk,
    }
    template = "annotations/card.html"
    if not is_htmx(request):
        template = "annotations/attach_page.html" if refused else "annotations/evidence_page.html"
    return render(request, template, context, status=422 if refused else 200)
