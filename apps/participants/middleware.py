"""Who someone is in a workshop, for views of apps that know no participants."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from apps.participants.taking_part import TakingPart


class TakingPartMiddleware:
    """Give every request a `taking_part`, asked only when a view needs it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.taking_part = TakingPart(request)  # type: ignore[attr-defined]
        return self.get_response(request)
