"""Let someone sign in without a second step who has lost it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import User
from apps.accounts.services import remove_second_factor


class Command(BaseCommand):
    help = "Let someone in without their app and recovery codes. Make sure that it is them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *, email: str, **_: Any) -> str:
        """Find the account and remove its second step."""
        user = User.objects.filter(email=User.objects.normalize_email(email)).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {email}.")
        if not remove_second_factor(user=user):
            raise CommandError(f"{email} has no second step.")
        return f"{user} signs in without a second step from now on."
