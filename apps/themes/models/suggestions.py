"""What is suggested of notes that stand nowhere."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.core.constraints import same_workshop
from apps.core.models import Entity, Job
from apps.notes.models import Note
from apps.themes.models.themes import Theme
from apps.workshops.models import Workshop


class SuggestionRun(Entity, Job):
    """That suggestions for a workshop's notes are to be worked out, and the job that does it.

    One row a workshop, queued by the database whenever a note, a theme or a filing changes. The
    sweeper wakes it once it has waited, so that a busy hour is one run in a while.
    """

    TASK = "apps.themes.tasks.suggest"

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="+")
    # Something changed while it was worked out.
    again = models.BooleanField(default=False)

    class Meta(Job.Meta):
        constraints = [*Job.Meta.constraints]

    def __str__(self) -> str:
        return f"Suggestions for {self.workshop_id}"


class Suggestion(Entity):
    """What may become of a note that stands nowhere: a theme, a group to be, or another note that
    may be the same point. The database takes it away when the note is filed, corrected or redacted.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    note = models.ForeignKey(Note, models.CASCADE, related_name="suggestions")
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, blank=True, related_name="+")
    twin = models.ForeignKey(Note, models.CASCADE, null=True, blank=True, related_name="+")
    label = models.CharField(max_length=200, blank=True)
    likeness = models.FloatField()
    # The reason: words of the note itself, which whoever reads the note knows.
    words = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    class Meta:
        constraints = [
            same_workshop("note", "notes.Note"),
            same_workshop("theme", "themes.Theme"),
            same_workshop("twin", "notes.Note"),
            models.CheckConstraint(
                condition=models.Q(theme__isnull=False, twin__isnull=True, label="")
                | models.Q(theme__isnull=True, twin__isnull=False, label="")
                | (models.Q(theme__isnull=True, twin__isnull=True) & ~models.Q(label="")),
                name="themes_suggestion_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["note", "theme", "twin"],
                nulls_distinct=False,
                name="themes_suggestion_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Suggestion for {self.note_id}"
