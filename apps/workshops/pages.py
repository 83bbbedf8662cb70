"""What every page inside a workshop goes through first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache


def workshop_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, actor, …)` with whoever asks, as who they are in the workshop `slug`.

    "Not yours" and "not there" are the same 404; someone unknown is asked to sign in first,
    whatever the address. Hours are told in the workshop's time zone.
    """

    @wraps(view)
    @never_cache
    def page(request: Any, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            actor = request.taking_part.in_workshop(slug)
        except Http404:
            if request.taking_part.is_unknown:
                return redirect_to_login(request.get_full_path())
            raise
        request.actor = actor
        with timezone.override(actor.workshop.zone):
            return view(request, actor, *args, **kwargs)

    return page


def is_htmx(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part of a page (and not for a boosted whole)."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted
