"""What this app shows on the pages inside a workshop."""

from collections.abc import Iterator

from django.urls import reverse

from apps.core.contributions import NavEntry, contribute
from apps.workshops.actors import Actor


@contribute("navigation", order=10)
def overview(actor: Actor) -> Iterator[NavEntry]:
    """Lead to the overview."""
    url = reverse("workshops:overview", args=[actor.workshop.slug])
    yield NavEntry("Overview", url, "overview")
