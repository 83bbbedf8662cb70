"""Keeping track of where people are signed in."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from apps.accounts import services


class BrowserSessionMiddleware:
    """Note down which browser a signed-in person uses, and when they were last seen in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.user.is_authenticated and request.session.session_key:
            services.note_browser(
                user=request.user,
                session_key=request.session.session_key,
                user_agent=request.headers.get("User-Agent", ""),
            )
        return self.get_response(request)
