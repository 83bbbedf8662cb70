"""Pages that belong to no app: errors, a sign of life for a supervisor, what opens offline."""

import json

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import defaults
from django.views.decorators.http import require_safe

from apps.core import offline, staticfiles
from apps.core.exceptions import NO_SUCH_HOST, TOO_BIG, TOO_MANY
from apps.core.middleware import refusal

WORTH_KEEPING = 20
STALE = "This page was open for so long, or in another session, that it has to be loaded again."
# Names of fields whose values are nobody else's business, or nobody's prose.
SECRETS = ("csrf", "password", "login", "next", "code", "token", "key")


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process serves and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """Serve the script that lets pages open without a network, with the files they are made of.

    At the root, because it is in charge of what lies beneath it; asked for anew each time.
    """
    if settings.DEBUG:
        staticfiles.addresses.cache_clear()
    version, files = staticfiles.addresses()
    given = f"const VERSION = {json.dumps(version)};\nconst FILES = {json.dumps(files)};\n"
    answer = HttpResponse(given + staticfiles.worker(), content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
@offline.kept_on_device
def device(request: HttpRequest) -> HttpResponse:
    """Give the page on which a device shows what it keeps; nothing of that is known here."""
    return render(request, "device.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Explain a missing token in the user's words: usually the session ended meanwhile."""
    if request.content_type == "application/json":
        return JsonResponse({"why": STALE}, status=403)
    return render(request, "errors/csrf.html", {"typed": _typed(request)}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what to do about a request that is too large to be read, or that makes no sense."""
    if isinstance(exception, DisallowedHost):
        return refusal(request, NO_SUCH_HOST, 400)
    for kind, sentence in {RequestDataTooBig: TOO_BIG, TooManyFieldsSent: TOO_MANY}.items():
        if isinstance(exception, kind):
            return refusal(request, sentence, 413)
    return defaults.bad_request(request, exception)


def _typed(request: HttpRequest) -> list[str]:
    """Return what somebody wrote, as opposed to chose: texts of some length, but no secrets."""
    values = [
        str(value)
        for name, value in request.POST.items()
        if not any(word in name.lower() for word in SECRETS)
    ]
    return [value for value in values if len(value) >= WORTH_KEEPING]
