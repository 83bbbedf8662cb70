"""Tokens: of links that sign someone in once, and for the API."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import base36_to_int

EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
LIFETIME = timedelta(days=1)


class SignInTokens(PasswordResetTokenGenerator):
    """Signs who may sign in and until when; used up by signing in, whichever way.

    128 bits of an HMAC over the account's state, so that nothing is stored.
    """

    key_salt = "apps.accounts.tokens.SignInTokens"

    def check_token(self, user: Any, token: str | None) -> bool:
        """Say whether `token` is one for `user` that is neither used nor too old."""
        return super().check_token(user, token) and self._now() < self._until(str(token))

    def expires_at(self, token: str) -> datetime:
        """Return when a valid `token` becomes invalid."""
        return self._until(token).replace(tzinfo=UTC)

    def _until(self, token: str) -> datetime:
        made_at = EPOCH + timedelta(seconds=base36_to_int(token.partition("-")[0]))
        return (made_at + LIFETIME).replace(tzinfo=None)

    def _now(self) -> datetime:
        # The base class counts naive seconds; in UTC no change of the clock makes them jump.
        return datetime.now(UTC).replace(tzinfo=None)

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        # To the microsecond, where the base class cuts off: signing in twice within a second
        # must use up the link as well.
        signed_in = user.last_login.isoformat() if user.last_login else ""
        return f"{user.pk}{user.password}{signed_in}{timestamp}{user.email}{user.is_active}"


sign_in_tokens = SignInTokens()


def make_api_token() -> str:
    """Return a new token for the API: 256 random bits."""
    return secrets.token_urlsafe(32)


def digest(api_token: str) -> str:
    """Return what is stored of `api_token`; so random a text needs no slow hash."""
    return hashlib.sha256(api_token.encode()).hexdigest()
