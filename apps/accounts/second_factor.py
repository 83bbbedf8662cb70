"""The second step at sign-in: how its secrets are kept, and that a code works once."""

import base64
import hashlib
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.cache import cache

INCORRECT = "That isn’t the code that your app shows now. Wait for the next one and try again."


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps secrets encrypted, so that who reads the database alone can make no codes."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": INCORRECT}

    def get_totp_issuer(self) -> str:
        """Return what the app lists the codes under."""
        return f"Rapporteur ({self._get_site_name()})"

    def build_totp_svg(self, _url: str) -> str:
        """Draw nothing: the page has a QR code of the house."""
        return ""

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret, or a random one when no key opens it: no code fits that."""
        try:
            return _keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return str(generate_totp_secret())


class _Once:
    """Refuses a code that was used already for as long as it would be valid.

    The library remembers it for one period alone, which is too short where the neighbouring
    periods' codes are accepted as well.
    """

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        """Return the code if it is valid now and wasn't used before."""
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            digits = "".join(filter(str.isdigit, code))
            valid = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
            if not cache.add(f"second-factor:{self.user.pk}:{digits}", "used", timeout=valid):
                raise SecondFactorAdapter().validation_error("incorrect_code")
        return code


class SignInForm(_Once, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class ConfirmForm(_Once, ReauthenticateForm):  # type: ignore[misc]
    """Saying once more who one is, before something of weight."""


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = hashlib.sha256(b"apps.accounts.second_factor" + secret.encode()).digest()
    return base64.urlsafe_b64encode(derived)
