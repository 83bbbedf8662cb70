"""Reading accounts."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.exceptions import SecondFactorNeeded
from apps.accounts.models import BrowserSession, User
from apps.accounts.tokens import digest
from apps.core.exceptions import NotPermitted

NO_SECOND_STEP = (
    "Here, everyone who runs a workshop or keeps its record signs in with a second step. "
    "Set it up in your account first."
)
NO_ACCOUNT = (
    "Here, everyone who runs a workshop or keeps its record has an account, with a second step at "
    "sign-in. Ask whoever runs this site for one."
)


def holder_of_api_token(token: str) -> User | None:
    """Return whom a program that sends `token` acts as; None if it is nobody's."""
    return User.objects.filter(api_token__digest=digest(token), is_active=True).first()


def require_second_factor(user: Any) -> None:
    """Raise `SecondFactorNeeded` where a second step is asked for and `user` has none.

    Whoever has one gives its code whichever way they sign in, and setting it up ends the
    sessions that began without. Raises `NotPermitted` for somebody without an account.
    """
    if not settings.REQUIRE_SECOND_FACTOR:
        return
    if user is None:
        raise NotPermitted(NO_ACCOUNT)
    if second_factor_of(user) is None:
        raise SecondFactorNeeded(NO_SECOND_STEP)


def second_factor_of(user: Any) -> Authenticator | None:
    """Return the app that makes codes for `user`, if there is one."""
    if user is None or not user.is_authenticated:
        return None
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes of `user` haven't been used."""
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(kept.wrap().get_unused_codes()) if kept else 0


def browsers_of(user: User) -> QuerySet[BrowserSession]:
    """Return the browsers in which `user` is signed in, those last seen first."""
    return user.browser_sessions.filter(session__expire_date__gt=timezone.now())
