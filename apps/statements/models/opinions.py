"""Groups of like opinion, as a worker found them."""

from django.db import models

from apps.core.models import Entity, Job
from apps.statements.models.results import Snapshot
from apps.workshops.models import Workshop


class OpinionMap(Entity, Job):
    """Groups of like opinion in all that was revealed by a snapshot, or why there are none.

    `content` is what `apps.statements.services.opinions` puts there, once it is ready.
    """

    TASK = "apps.statements.tasks.map_opinions"

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    snapshot = models.OneToOneField(Snapshot, models.CASCADE, related_name="opinions")
    content = models.JSONField(null=True, blank=True)

    class Meta(Job.Meta):
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(state="ready", content__isnull=False)
                | (~models.Q(state="ready") & models.Q(content__isnull=True)),
                name="statements_opinionmap_content_iff_ready",
            ),
        ]

    def __str__(self) -> str:
        return f"Opinions in {self.workshop_id}"
