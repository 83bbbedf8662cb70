"""`manage.py load_workshop FILE --owner EMAIL`: a workshop from a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import User
from apps.core.documents import Refused
from apps.core.exceptions import DomainError
from apps.memos.workshop_file import LARGEST_HERE, load_workshop, understand


class Command(BaseCommand):
    """Loads a workshop from a file."""

    help = (
        "Load a workshop from a file (see docs/workshop-file.md), and say what wasn't understood."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="of an account here")
        parser.add_argument("--check", action="store_true", help="only say what is understood")

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["file"]
        owner = User.objects.filter(email__iexact=options["owner"], is_active=True).first()
        if owner is None:
            message = f"There is no account with the address {options['owner']}."
            raise CommandError(message)
        try:
            # One byte more than is taken tells that there is more.
            with path.open("rb") as file:
                data = file.read(LARGEST_HERE + 1)
            found = understand(data, largest=LARGEST_HERE)
            for notice in found.notices:
                self.stderr.write(str(notice))
            if options["check"]:
                self.stdout.write(f"“{found.workshop}” can be loaded.")
                return
            workshop = load_workshop(user=owner, data=data, largest=LARGEST_HERE).workshop
        except OSError as error:
            message = f"{path} can’t be read: {error.strerror}"
            raise CommandError(message) from error
        except (Refused, DomainError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"“{workshop}” is at /w/{workshop.slug}/.")
