"""Reading accounts."""

from apps.accounts.models import User
from apps.accounts.tokens import digest


def holder_of_api_token(token: str) -> User | None:
    """Return whom a program that sends `token` acts as; None if it is nobody's."""
    return User.objects.filter(api_token__digest=digest(token), is_active=True).first()
