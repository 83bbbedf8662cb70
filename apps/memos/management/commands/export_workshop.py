"""`manage.py export_workshop SLUG`: the file of a workshop, as its owner could take it along."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.memos.workshop_file import as_bytes, file_of
from apps.workshops.models import Role, Workshop


class Command(BaseCommand):
    """Writes the file of a workshop."""

    help = "Write a workshop as a file (see docs/workshop-file.md), as its owner could take it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--output", type=Path, metavar="FILE", help="instead of showing it")

    def handle(self, *_: Any, **options: Any) -> None:
        workshop = Workshop.objects.filter(slug=options["slug"]).first()
        if workshop is None:
            message = f"There is no workshop “{options['slug']}”."
            raise CommandError(message)
        owners = workshop.participants.select_related("workshop").filter(role=Role.OWNER)
        owner = owners.filter(removed_at=None, admitted_at__isnull=False).first()
        if owner is None:
            message = "The workshop has no owner any more, so nobody could take it along."
            raise CommandError(message)
        data = as_bytes(file_of(owner))
        if options["output"]:
            options["output"].write_bytes(data)
        else:
            self.stdout.write(data.decode(), ending="")
