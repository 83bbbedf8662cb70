"""Commenting on findings."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.annotations import services
from apps.annotations.selectors import annotations_visible_to
from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.themes.forms import CommentForm
from apps.themes.selectors import shown_comments
from apps.workshops.pages import is_htmx, workshop_page


@require_POST
@workshop_page
def comment(request: HttpRequest, actor: Participant, annotation_id: uuid.UUID) -> HttpResponse:
    """Comment on a finding; the comment stands among those on its theme."""
    annotation = get_object_or_404(annotations_visible_to(actor), pk=annotation_id)
    require(actor, "themes.comment", annotation.theme)
    form = CommentForm(request.POST, auto_id=f"comment-on-{annotation.pk}-%s")
    context = {"section": "themes", "theme": annotation.theme, "annotation": annotation}
    if form.is_valid():
        try:
            written = services.comment_on_annotation(
                actor=actor, annotation=annotation, **form.said()
            )
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            if is_htmx(request):
                [shown] = shown_comments(actor, [written])
                return render(request, "annotations/commented.html", {**context, "shown": shown})
            page = reverse("themes:detail", args=[actor.workshop.slug, annotation.theme_id])
            return redirect(f"{page}#comment-{written.pk}")
    template = "annotations/comment.html" if is_htmx(request) else "annotations/comment_page.html"
    answer = render(request, template, {**context, "refused_comment": form}, status=422)
    if is_htmx(request):
        answer["HX-Retarget"] = f"#comment-on-{annotation.pk}"
        answer["HX-Reswap"] = "outerHTML"
    return answer
