"""The stream by which open pages of a workshop hear that something changed."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.exceptions import SecondFactorNeeded
from apps.core.live.stream import keep_open
from apps.participants.listening import listener_of


@require_safe
@never_cache
def events(request: Any, slug: str) -> HttpResponse:
    """Greet whoever may listen with what they will hear of, and keep the answer open.

    401 for somebody unknown: no page is shown here that could lead them to sign in.
    """
    if not _from_here(request):
        return HttpResponse(status=403)
    try:
        actor = request.taking_part.in_workshop(slug)
    except Http404:
        if request.taking_part.is_unknown:
            return HttpResponse(status=401)
        raise
    except SecondFactorNeeded:
        return HttpResponse(status=403)
    listener = listener_of(
        actor, request.session.session_key, is_capturing=request.GET.get("on") == "capture"
    )
    if request.method == "GET":
        keep_open(request, listener)
    greeting = json.dumps({"topics": sorted(listener.topics)})
    return HttpResponse(
        f"event: hello\ndata: {greeting}\n\n",
        content_type="text/event-stream",
        # A proxy that holds lines back until there are many would hold them back for good.
        headers={"X-Accel-Buffering": "no"},
    )


def _from_here(request: HttpRequest) -> bool:
    """Say whether a page of this site asks: another's could hold streams open by the dozen."""
    origin = request.headers.get("Origin")
    own = f"{request.scheme}://{request.get_host()}"
    asked_by = request.headers.get("Sec-Fetch-Site", "none")
    return origin in {None, own} and asked_by in {"same-origin", "none"}
