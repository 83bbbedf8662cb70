"""Make or revoke someone's token for the API."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import User
from apps.accounts.services import replace_api_token, revoke_api_token


class Command(BaseCommand):
    help = "Print a new API token for someone; one that they had works no more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--revoke", action="store_true", help="only revoke the one they have")

    def handle(self, *, email: str, revoke: bool, **_: Any) -> str | None:
        """Find the account and replace or revoke its token."""
        user = User.objects.filter(email=User.objects.normalize_email(email)).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {email}.")
        if revoke:
            revoke_api_token(user=user)
            return None
        return replace_api_token(user=user)
