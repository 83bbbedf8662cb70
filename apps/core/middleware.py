"""Refusals of services, mapped to pages: once, for every view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.core.exceptions import Conflict, DomainError, NotPermitted, RuleViolation

STATUSES: dict[type[DomainError], int] = {NotPermitted: 403, RuleViolation: 422, Conflict: 409}


class DomainErrorMiddleware:
    """Answer a refusal that a view didn't handle itself with a page that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render the page for `error`, or leave what isn't a refusal to Django."""
        for kind, status in STATUSES.items():
            if isinstance(error, kind):
                context = {"error": error, "status": status}
                return render(request, "errors/refused.html", context, status=status)
        return None
