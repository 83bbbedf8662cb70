"""What was rearranged, row by row, and what became of themes."""

from django.db import models
from django.utils import timezone

from apps.core.constraints import one_of, same_workshop
from apps.core.models import Entity
from apps.notes.models import Note
from apps.participants.models import Participant
from apps.themes.models.themes import Theme
from apps.workshops.models import Workshop


class RearrangementKind(models.TextChoices):
    FILED = "filed", "Filed"
    UNFILED = "unfiled", "Unfiled"
    MERGED = "merged", "Merged"
    SPLIT = "split", "Split"
    EDITED = "edited", "Edited"
    MOVED = "moved", "Moved"
    DELETED = "deleted", "Deleted"


class Descent(models.TextChoices):
    """How a theme came out of another one."""

    MERGED = "merged", "Merged from"
    SPLIT = "split", "Split from"
    DELETED = "deleted", "Took over from"


class Lineage(models.Model):
    """What became of a theme: it was merged, split, or deleted in favour of the theme `into`.

    The theme it tells of may be gone, and so it is named by its id and its last title.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    how = models.CharField(max_length=10, choices=Descent)
    source_id = models.UUIDField()
    source_title = models.CharField(max_length=200)
    into = models.ForeignKey(Theme, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            one_of("how", Descent),
            same_workshop("into", "themes.Theme"),
            models.CheckConstraint(
                condition=~models.Q(source_id=models.F("into")),
                name="themes_lineage_not_its_own_source",
            ),
        ]
        indexes = [models.Index(fields=["source_id"], name="themes_lineage_source")]

    def __str__(self) -> str:
        return f"{self.source_title} {self.how} {self.into_id}"


class Rearrangement(Entity):
    """Something done to the order of themes and notes, which can be undone."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="rearrangements")
    kind = models.CharField(max_length=10, choices=RearrangementKind)
    # For people: “Merged “Standing” into “Influence””. Names themes, and never what notes say.
    said = models.CharField(max_length=600)
    made_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [one_of("kind", RearrangementKind)]

    def __str__(self) -> str:
        return self.said


class Step(models.Model):
    """What a rearrangement did to one row, of whatever app: from what to what.

    Without `before` the row was made, without `after` it was removed. Whose row it was stands in
    `person`, so that it can be forgotten; the note that it was about in `note`, so that what the
    row held of it goes when the note goes or is redacted.
    """

    rearrangement = models.ForeignKey(Rearrangement, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    model = models.CharField(max_length=100)
    row = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    note = models.ForeignKey(Note, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(before__isnull=False) | models.Q(after__isnull=False),
                name="themes_step_did_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.row}"
