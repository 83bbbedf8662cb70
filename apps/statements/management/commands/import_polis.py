"""`manage.py import_polis SLUG FOLDER`: a conversation of Polis, of whatever size."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.core.files.limits import Unreadable
from apps.participants.models import Participant
from apps.statements.importing import read_files
from apps.statements.services import import_conversation
from apps.workshops.models import Role

FILES = ("comments.csv", "votes.csv", "participants-votes.csv")


class Command(BaseCommand):
    """Takes the statements and votes that Polis exported into a workshop."""

    help = "Import a conversation of Polis: a folder with comments.csv and votes.csv."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("folder", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        people = Participant.objects.filter(workshop__slug=options["slug"], role=Role.OWNER)
        owner = people.select_related("workshop").first()
        if owner is None:
            message = f"There is no workshop “{options['slug']}”."
            raise CommandError(message)
        try:
            files = {
                name: (folder / name).read_text("utf-8", "replace")
                for name in FILES
                if (folder / name).is_file()
            }
            done = import_conversation(actor=owner, conversation=read_files(files))
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{done.statements} statements, {done.votes:,} votes of {done.people:,} people; "
            f"{done.cut} texts were cut."
        )
