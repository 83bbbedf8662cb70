"""`manage.py recount_answers`: count all answers anew, and say where the counts kept differ."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.statements.services import recount_all


class Command(BaseCommand):
    """Compares the counts that are kept with the answers."""

    help = "Count all answers anew. Exits with 1 if a count that is kept differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="put right what differs")

    def handle(self, *_: Any, **options: Any) -> None:
        rounds, differing = recount_all(mend=options["mend"])
        for found in differing:
            self.stdout.write(f"Round {found.round_id}: {len(found.differing)} counts differ.")
        if differing and not options["mend"]:
            message = f"{len(differing)} of {rounds} rounds differ. Use --mend to put them right."
            raise CommandError(message)
        self.stdout.write(f"{rounds} rounds counted; {len(differing)} differed.")
