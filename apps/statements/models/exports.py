"""What a worker makes of all answers, for the team to take along."""

from typing import Any

from django.db import models

from apps.core.constraints import one_of
from apps.core.models import Entity, Job
from apps.statements.models.results import Snapshot
from apps.workshops.models import Workshop


class ExportKind(models.TextChoices):
    """For whom a file of all answers is written."""

    POLIS = "polis", "For Polis and its tools"
    TABLE = "table", "For R and SPSS"


class AnswersFile(Entity, Job):
    """A file of all answers that were revealed, and the job that makes it.

    There is a content if and only if it is ready; it goes after a day, for each one numbers people
    otherwise.
    """

    TASK = "apps.statements.tasks.export"

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=ExportKind)
    content: Any = models.BinaryField(null=True, blank=True, editable=False)

    class Meta(Job.Meta):
        constraints = [
            *Job.Meta.constraints,
            one_of("kind", ExportKind),
            models.UniqueConstraint(
                fields=["snapshot", "kind"], name="statements_answersfile_kind_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="ready", content__isnull=False)
                | (~models.Q(state="ready") & models.Q(content__isnull=True)),
                name="statements_answersfile_content_iff_ready",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.workshop_id}"
