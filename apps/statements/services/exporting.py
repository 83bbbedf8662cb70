"""Having all answers written to a file, by a worker."""

import random
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from apps.annotations.services.given import refuse
from apps.core import audit, jobs
from apps.core.models import JobState
from apps.participants.models import Participant
from apps.statements.exporting import as_polis, as_table, gather
from apps.statements.models import AnswersFile, ExportKind
from apps.statements.selectors.results import last_snapshot
from apps.workshops.services.asking import require_now

NOTHING = "Nothing has been revealed yet, so there is nothing to take along."
KEPT_FOR = timedelta(days=1)
_WRITERS = {ExportKind.POLIS: as_polis, ExportKind.TABLE: as_table}


@transaction.atomic
def export_answers(*, actor: Participant, kind: str) -> AnswersFile:
    """Have all that was revealed written to a file of `kind`; one that is there is returned.

    The facilitation team may, in every phase. Raises `NotPermitted`, and `RuleViolation` while
    nothing was revealed.
    """
    require_now(actor, "statements.export", actor.workshop)
    if kind not in ExportKind.values:
        raise refuse("kind", "Choose for whom it is written.")
    snapshot = last_snapshot(actor.workshop)
    if snapshot is None:
        raise refuse("", NOTHING)
    file, new = AnswersFile.objects.get_or_create(
        snapshot=snapshot, kind=kind, defaults={"workshop": actor.workshop}
    )
    if new:
        jobs.enqueue(file)
        audit.record(
            "answers.exported", file, actor=actor, scope_id=file.workshop_id, after={"kind": kind}
        )
    elif file.state == JobState.FAILED:
        jobs.retry(file)
    return file


def write_answers(*, job_id: uuid.UUID) -> None:
    """Write the file `job_id`. For a worker: it goes through every answer."""
    file = jobs.claim(AnswersFile, job_id)
    if file is None:
        return
    with jobs.kept(file):
        found = gather(file.workshop, random.SystemRandom())
        jobs.finish(file, content=_WRITERS[ExportKind(file.kind)](found))


def forget_exports() -> int:
    """Delete files that were made more than a day ago; return how many."""
    old = AnswersFile.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]
