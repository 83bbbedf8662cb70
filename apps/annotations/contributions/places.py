"""Where findings stand."""

from django.urls import reverse

from apps.annotations.models import Annotation
from apps.workshops.models import Workshop


def address(workshop: Workshop, annotation: Annotation) -> str:
    """Return where a finding stands on the page of its theme."""
    page = reverse("themes:detail", args=[workshop.slug, annotation.theme_id])
    return f"{page}#annotation-{annotation.pk}"
