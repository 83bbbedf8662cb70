"""Saying what a finding relates to."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.agendas.linking import LinkForm
from apps.agendas.relations import links_visible_to
from apps.agendas.services import make_link, remove_link
from apps.annotations.models import Annotation
from apps.annotations.selectors import annotations_visible_to
from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.workshops.pages import is_htmx, workshop_page


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def new(request: HttpRequest, actor: Participant, annotation_id: uuid.UUID) -> HttpResponse:
    """Say what a finding relates to; to htmx the form alone, for its card."""
    annotation = get_object_or_404(annotations_visible_to(actor), pk=annotation_id)
    require(actor, "agendas.edit", annotation)
    data = request.POST if request.method == "POST" else None
    form = LinkForm(data, actor=actor, annotation=annotation, auto_id=f"relate-{annotation.pk}-%s")
    if data is not None and form.is_valid():
        try:
            make_link(actor=actor, **form.given())
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            return redirect(_address(actor, annotation))
    template = "agendas/link_form.html" if is_htmx(request) else "agendas/link.html"
    context = {
        "section": "themes",
        "form": form,
        "theme": annotation.theme,
        "annotation": annotation,
    }
    return render(request, template, context, status=422 if data is not None else 200)


@require_POST
@workshop_page
def remove(request: HttpRequest, actor: Participant, link_id: uuid.UUID) -> HttpResponse:
    """Take back that a finding relates to something; `from` says on whose card."""
    link = get_object_or_404(links_visible_to(actor), pk=link_id)
    remove_link(actor=actor, link=link)
    try:
        begun_on = [uuid.UUID(str(request.POST.get("from", "")))]
    except ValueError:
        begun_on = []
    annotation = annotations_visible_to(actor).filter(pk__in=begun_on).first()
    if annotation is None:
        return redirect("themes:outline", actor.workshop.slug)
    return redirect(_address(actor, annotation))


def _address(actor: Participant, annotation: Annotation) -> str:
    page = reverse("themes:detail", args=[actor.workshop.slug, annotation.theme_id])
    return f"{page}#annotation-{annotation.pk}"
