"""Session authentication for the API, also for people without an account."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.authentication import SessionScheme
from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of a signed-in user, or of a browser that joined with a code.

    The framework's own checks the CSRF token of signed-in users only; someone who joined acts by
    a cookie as well.
    """

    def authenticate(self, request: Request) -> Any:
        """Return the user, an anonymous one for someone who joined, or None for nobody."""
        found = super().authenticate(request)
        if found is None and request._request.taking_part.has_joined:  # type: ignore[attr-defined]
            self.enforce_csrf(request)
            return AnonymousUser(), None
        return found


class JoinedScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """Says in the schema that a session is a cookie."""

    target_class = "apps.participants.authentication.SessionAuthentication"
