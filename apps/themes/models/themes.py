"""Themes, and what is filed under them."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from apps.core.constraints import identifiable_within, one_of, same_workshop
from apps.core.models import Entity, Versioned
from apps.notes.models import Note
from apps.participants.models import Participant
from apps.workshops.models import GuidingQuestion, Workshop

if TYPE_CHECKING:
    from apps.themes.models.rearranging import Rearrangement


class Placement(models.TextChoices):
    """Which section of the memo a theme is printed in; `auto` follows from its annotations."""

    AUTO = "auto", "Follows from its annotations"
    CONSENSUS = "consensus", "Areas of consensus"
    DIVERGENCE = "divergence", "Areas of divergence"
    CONTEXT = "context", "Context"
    OMITTED = "omitted", "Not in the memo"


class ThemeQuerySet(models.QuerySet["Theme"]):
    def of_workshop(self, workshop: Workshop) -> "ThemeQuerySet":
        return self.filter(workshop=workshop)

    def published(self) -> "ThemeQuerySet":
        return self.filter(published_at__isnull=False)


class Theme(Entity, Versioned):
    """A heading in a tree, under which notes are filed."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="themes")
    title = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.PositiveSmallIntegerField(default=0)
    summary = models.TextField(blank=True, max_length=20_000)
    placement = models.CharField(max_length=12, choices=Placement, default=Placement.AUTO)
    # Participants see a theme from then on.
    published_at = models.DateTimeField(null=True, blank=True)
    questions = models.ManyToManyField(GuidingQuestion, blank=True, related_name="themes")
    notes = models.ManyToManyField(Note, through="Filing", related_name="themes")

    objects = ThemeQuerySet.as_manager()

    # What undoes the change that a service just made to it; not stored.
    rearranged: "Rearrangement | None" = None

    class Meta:
        ordering = ["order", "created_at"]
        constraints = [
            one_of("placement", Placement),
            identifiable_within("workshop"),
            same_workshop("parent", "themes.Theme"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="themes_theme_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Filing(models.Model):
    """That a note stands under a theme: as a whole, or a passage of it.

    Offsets count Unicode code points of the note's text as it was when the passage was marked; the
    passage itself is kept beside them, so that it is found again after a correction.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="filings")
    note = models.ForeignKey(Note, models.CASCADE, related_name="filings")
    filed_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    filed_at = models.DateTimeField(default=timezone.now)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    passage = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "note", "start", "end"],
                nulls_distinct=False,
                name="themes_filing_once",
            ),
            models.CheckConstraint(
                condition=models.Q(start__isnull=True, end__isnull=True, passage="")
                | models.Q(
                    start__isnull=False,
                    end__isnull=False,
                    end__gt=models.F("start"),
                    passage__length=models.F("end") - models.F("start"),
                ),
                name="themes_filing_passage_or_whole",
            ),
            same_workshop("theme", "themes.Theme"),
            same_workshop("note", "notes.Note"),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} under {self.theme_id}"


class Receipt(models.Model):
    """That an entry which a device sent under this id was taken: sent again, it does nothing.

    Only of what could otherwise be done twice; a note has an id of its own.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return str(self.id)
