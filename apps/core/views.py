"""Pages that belong to no app: errors, and a sign of life for a supervisor."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process serves and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a missing token in the user's words: usually the session ended meanwhile."""
    return render(request, "errors/csrf.html", {"typed": _typed(request)}, status=403)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    hidden = {"csrfmiddlewaretoken", "password", "login", "version", "next"}
    return [(k, str(v)) for k, v in request.POST.items() if k not in hidden and len(str(v)) > 20]
