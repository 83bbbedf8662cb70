"""`manage.py build_memo SLUG --output memo.pdf`: the memo without a browser or a worker."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.core.exceptions import RuleViolation
from apps.core.models import JobState
from apps.memos.services import TYPESETTING_SECONDS, build_memo
from apps.workshops.models import Workshop


class Command(BaseCommand):
    """Freezes the memo of a workshop and writes its PDF."""

    help = "Make the memo of a workshop, and write its PDF to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE")

    def handle(self, *_: Any, **options: Any) -> None:
        output: Path = options["output"]
        workshop = Workshop.objects.filter(slug=options["slug"]).first()
        if workshop is None:
            message = f"There is no workshop “{options['slug']}”."
            raise CommandError(message)
        try:
            file = build_memo(workshop=workshop)
        except RuleViolation as violation:
            raise CommandError(str(violation)) from violation
        # A worker may have been quicker: the row says when it is done.
        deadline = time.monotonic() + TYPESETTING_SECONDS
        while file.state not in {JobState.READY, JobState.FAILED} and time.monotonic() < deadline:
            time.sleep(0.2)
            file.refresh_from_db()
        if file.state != JobState.READY:
            raise CommandError(file.reason or "The memo isn’t ready yet; a worker is at it.")
        try:
            output.write_bytes(file.content)
        except OSError as error:
            message = f"The memo can’t be written: {error}"
            raise CommandError(message) from error
        self.stdout.write(f"{output}: {file.version}, {file.pages} pages, {file.size:,} bytes.")
