"""Supporting a finding, and taking one's support back."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.annotations.selectors import annotations_visible_to
from apps.participants.models import Participant
from apps.themes.views.supporting import change_support
from apps.workshops.pages import is_htmx, workshop_page


@require_POST
@workshop_page
def support(request: HttpRequest, actor: Participant, annotation_id: uuid.UUID) -> HttpResponse:
    """Support a finding, or take one's support of it back."""
    annotation = get_object_or_404(annotations_visible_to(actor), pk=annotation_id)
    supported = change_support(request, actor, annotation, by="annotation")
    if is_htmx(request):
        context = {"annotation": annotation, "supported": supported, "focus": True}
        return render(request, "annotations/support.html", context)
    page = reverse("themes:detail", args=[actor.workshop.slug, annotation.theme_id])
    return redirect(f"{page}#annotation-{annotation.pk}")
