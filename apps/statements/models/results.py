"""What rounds came to, as it was when it was revealed. Never changed (see migration `0002`)."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from apps.core.constraints import identifiable_within, same_workshop
from apps.core.models import Entity
from apps.statements.models.rounds import Round
from apps.workshops.models import Workshop


class Result(Entity):
    """What one round came to: all that may be told of it, and nothing else.

    `content` holds what `apps.statements.revealing` puts there: the words that were asked, the
    counts, those of each group that may be told, the rule and the verdict it gives.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    round = models.OneToOneField(Round, models.CASCADE, related_name="result")
    content = models.JSONField(encoder=DjangoJSONEncoder)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            identifiable_within("workshop"),
            same_workshop("round", "statements.Round"),
        ]

    def __str__(self) -> str:
        return f"Result of {self.round_id}"


class Snapshot(Entity):
    """All that was revealed in a workshop by one moment: what findings are held against.

    `content` names the results by their digests, the thresholds, and which differences between
    groups are established among all that were compared.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="snapshots")
    number = models.PositiveIntegerField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    sha256 = models.CharField(max_length=64)
    made_with = models.CharField("version of the program", max_length=20)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "number"], name="statements_snapshot_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"Snapshot {self.number}"
