"""Where allauth asks what this instance allows, and in which words."""

import time
import uuid
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from apps.accounts import services
from apps.core import live, mail

# What allauth sends to an address of no account, and what it sends to others.
UNKNOWN = "account/email/unknown_account"
LIKELIEST = "account/email/password_reset_key"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Keeps sign-up closed unless the instance opens it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask whoever runs this site.",
        "email_password_mismatch": "That e-mail and password don’t go together.",
        "enter_current_password": "That isn’t your current password.",
        "incorrect_code": "That isn’t the code we sent. Look at the latest e-mail.",
        "incorrect_password": "That isn’t your password.",
        "too_many_login_attempts": "That was wrong too often. Try again in a few minutes.",
        "rate_limited": "That was a lot at once. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.OPEN_SIGN_UP)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Let a worker send it, so that nobody waits for a mail server or can time its answer."""
        host = self.request.get_host()
        if template_prefix == UNKNOWN:
            if self.request.resolver_match.url_name == "account_reset_password":
                # What is asked there of an account before it is sent a link.
                nobody = EmailAddress.objects.filter(user_id=uuid.uuid4())
                _ = nobody.filter(email=email).exists(), list(nobody.values_list("email"))
            mail.seem_to_send(template=LIKELIEST, context={**context, "host": host})
            return
        mail.send(to=email, template=template_prefix, context={**context, "host": host})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:account")

    def set_password(self, user: Any, password: str) -> None:
        """Set it, and sign out every other browser and program: one of them may be why."""
        super().set_password(user, password)
        own = self.request.session.session_key if self.request.user == user else None
        services.end_other_sessions(user=user, but=own)
        services.revoke_api_token(user=user)

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and let pages that are still open elsewhere in this browser hear no more."""
        super().logout(request)
        live.check_listeners()

    def is_reauthentication_required(self, **_: Any) -> bool:
        """Ask again who it is only if they signed in some time ago."""
        since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        records = get_authentication_records(self.request, self.request.user)
        return not any(record["at"] > since for record in records)
