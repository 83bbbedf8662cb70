"""Where allauth asks what this instance allows, and in which words."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Keeps sign-up closed unless the instance opens it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask whoever runs this site.",
        "email_password_mismatch": "That e-mail and password don’t go together.",
        "email_taken": "There is an account with this e-mail already: sign in, or ask for a code.",
        "enter_current_password": "That isn’t your current password.",
        "incorrect_code": "That isn’t the code we sent. Look at the latest e-mail.",
        "too_many_login_attempts": "That was wrong too often. Try again in a few minutes.",
        "rate_limited": "That was a lot at once. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.OPEN_SIGN_UP)

    def format_email_subject(self, subject: str) -> str:
        """Let a subject stand as it is written."""
        return subject

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:account")
