"""`manage.py load_bundle FILE`: a workshop from a JSON file."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.memos.bundle import BundleInvalid, load_bundle


class Command(BaseCommand):
    """Loads a workshop from a file."""

    help = "Load a workshop from a JSON file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            workshop = load_bundle(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            message = f"{path} can’t be read: {error}"
            raise CommandError(message) from error
        except BundleInvalid as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"“{workshop}” is at /w/{workshop.slug}/.")
