"""Print a link that signs someone in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import User
from apps.accounts.services import sign_in_link


class Command(BaseCommand):
    help = "Print a link that signs someone in: once, within a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--base-url", default="http://localhost:8000", help="the site's address: %(default)s"
        )
        parser.add_argument(
            "--create", metavar="NAME", help="make an account of this name if there is none"
        )

    def handle(self, *, email: str, base_url: str, create: str | None, **_: Any) -> str:
        """Find or make the account, and print its link."""
        user = User.objects.filter(email=User.objects.normalize_email(email)).first()
        if user is None and create is None:
            raise CommandError(f"Nobody signs in as {email}. Add --create NAME to change that.")
        if user is None:
            try:
                user = User.objects.create_user(email, name=create)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
        return base_url.rstrip("/") + sign_in_link(user)
