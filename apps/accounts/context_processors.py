"""What the pages of signing in offer beside a password."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from apps.accounts.views.mail import shows_mail_to


def ways_in(request: HttpRequest) -> dict[str, Any]:
    """Give templates the name of single sign-on, if there is one, and whether mail shows here."""
    return {"single_sign_on": settings.OIDC_NAME, "mail_shows": shows_mail_to(request)}
