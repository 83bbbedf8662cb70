"""Whom single sign-on lets in."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts import services
from apps.accounts.models import User

logger = logging.getLogger(__name__)

CANCELLED = "Nothing has happened: you stopped before you were signed in."
FAILED = "Your organisation’s sign-in didn’t answer as it should. Try again in a minute."
NO_ADDRESS = "Your organisation’s sign-in gives no e-mail address that it has verified."
NO_ACCOUNT = "There is no account with your e-mail address. Whoever runs this site makes one."


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets in whom the provider is known for here, or whose verified address has an account."""

    def list_apps(
        self, _request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[Any]:
        """Return the provider that the settings name, and nothing that the database may hold."""
        apps = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for found in apps.values() for app in found]

    def authenticate_by_email(self, _sociallogin: Any) -> None:
        """Leave addresses to `pre_social_login`."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect somebody new to the account of their verified address, or refuse and say why.

        Nobody can have made that account with an address that isn't theirs and a password of
        their own: accounts are made by administrators, or by reading the mail that goes there.
        """
        if sociallogin.is_existing:
            return
        email = _verified_address(sociallogin)
        if not email:
            raise ImmediateHttpResponse(refused(request, NO_ADDRESS))
        user = User.objects.filter(email=email).first()
        if user is None:
            if not settings.OIDC_SIGN_UP:
                raise ImmediateHttpResponse(refused(request, NO_ACCOUNT))
            user = services.open_account(email=email, name=sociallogin.user.name)
        sociallogin.connect(request, user)

    def is_open_for_signup(self, *_: Any) -> bool:
        """Say no: whoever gets this far without an account has been refused already."""
        return False

    def populate_user(self, _request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Take over the name, and nothing else."""
        user: User = sociallogin.user
        user.name = str(data.get("name") or "").strip()[: User._meta.get_field("name").max_length]
        return user

    def on_authentication_error(
        self,
        request: HttpRequest,
        _provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        **_: Any,
    ) -> None:
        """Say what went wrong in the user's words, and to the log in the provider's."""
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(refused(request, CANCELLED, status=200))
        logger.warning("Single sign-on failed: %s %.200s", type(exception).__name__, exception)
        raise ImmediateHttpResponse(refused(request, FAILED, status=502))


def refused(request: HttpRequest, why: str, *, status: int = 403) -> HttpResponse:
    """Answer with the page that says that nobody was signed in, and `why`."""
    return render(request, "socialaccount/refused.html", {"why": why}, status=status)


def _verified_address(sociallogin: Any) -> str:
    """Return the address that the provider vouches for, or the empty string."""
    verified = [each.email for each in sociallogin.email_addresses if each.verified]
    return User.objects.normalize_email(verified[0]) if verified else ""
