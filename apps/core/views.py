"""Pages that belong to no app: errors, and a sign of life for a supervisor."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

WORTH_KEEPING = 20
# Names of fields whose values are nobody else's business, or nobody's prose.
SECRETS = ("csrf", "password", "login", "next", "code", "token", "key")


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process serves and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Explain a missing token in the user's words: usually the session ended meanwhile."""
    return render(request, "errors/csrf.html", {"typed": _typed(request)}, status=403)


def _typed(request: HttpRequest) -> list[str]:
    """Return what somebody wrote, as opposed to chose: texts of some length, but no secrets."""
    values = [
        str(value)
        for name, value in request.POST.items()
        if not any(word in name.lower() for word in SECRETS)
    ]
    return [value for value in values if len(value) >= WORTH_KEEPING]
