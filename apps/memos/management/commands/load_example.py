"""`manage.py load_example`: the example workshop, to look at and to try things on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.memos.workshop_file.example import SLUG, load_example
from apps.workshops.models import Role, Workshop


class Command(BaseCommand):
    """Loads the example workshop unless it is there."""

    help = "Load the example workshop. One that is there already is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--replace",
            action="store_true",
            help="delete the example, with all that was changed in it, and load it afresh",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        there = Workshop.objects.filter(slug=SLUG).exists()
        if there and not options["replace"]:
            self._say(options, f"The example is there already, at /w/{SLUG}/. Nothing is changed.")
            return
        workshop = load_example(replace=options["replace"])
        rapporteur = workshop.participants.select_related("user").get(role=Role.RAPPORTEUR)
        email = rapporteur.user.email if rapporteur.user else ""
        self._say(options, f"The example is at /w/{SLUG}/, and open to join by its code.")
        self._say(options, f"Its rapporteur signs in as {email}, by a code sent by mail.")

    def _say(self, options: dict[str, Any], sentence: str) -> None:
        if options["verbosity"] > 0:
            self.stdout.write(sentence)
