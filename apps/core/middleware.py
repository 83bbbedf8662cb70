"""What holds for every answer: nobody keeps a copy, and refusals of services are pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html

from apps.core.exceptions import (
    Conflict,
    DomainError,
    Gone,
    NotPermitted,
    RuleViolation,
    as_refusal,
)
from apps.core.once import reading_alone

STATUSES: dict[type[DomainError], int] = {
    NotPermitted: 403,
    Gone: 404,
    Conflict: 409,
    RuleViolation: 422,
}


class NoStoreMiddleware:
    """Let no browser and no proxy keep an answer, a refusal neither, unless it says otherwise.

    What somebody may no longer read mustn't come back out of a cache.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class OnceAPageMiddleware:
    """Let what several parts of a page need be read once, where the request changes nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with reading_alone():
            return self.get_response(request)


class DomainErrorMiddleware:
    """Answer a refusal that a view didn't handle itself with a page that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render the page for `error`, or leave what isn't a refusal to Django."""
        error = as_refusal(error)
        for kind, status in STATUSES.items():
            if isinstance(error, kind):
                return refusal(request, str(error), status)
        return None


def refusal(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """Return the page that says in a `sentence` why something wasn't done."""
    htmx = getattr(request, "htmx", None)
    if htmx and not htmx.boosted:
        # Said in the page's live region: a whole page doesn't fit into a part of one.
        said = {"HX-Retarget": "#live", "HX-Reswap": "innerHTML"}
        return HttpResponse(format_html("<p>{}</p>", sentence), status=status, headers=said)
    context = {"error": sentence, "status": status}
    return render(request, "errors/refused.html", context, status=status)
