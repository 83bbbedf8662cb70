"""Notes that were taken from elsewhere, and what is being looked at on its way."""

from django.db import models

from apps.core.constraints import identifiable_within, one_of, same_workshop
from apps.core.models import Entity
from apps.participants.models import Participant
from apps.workshops.models import Workshop


class ImportFormat(models.TextChoices):
    """Where notes came from; the values are those of `apps.notes.importing.Format`."""

    TEXT = "text", "Plain text"
    MARKDOWN = "markdown", "Markdown"
    WORD = "word", "Word document"
    PAGE = "page", "Web page"
    TABLE = "table", "Table (CSV)"
    ETHERPAD = "etherpad", "Etherpad"
    HEDGEDOC = "hedgedoc", "HedgeDoc"
    OWN = "own", "Export from here"


class NoteImport(Entity):
    """Notes that were taken together, so that they can be taken back together.

    What the file was called isn't kept: names of files name people.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="note_imports")
    format = models.CharField(max_length=10, choices=ImportFormat)
    made_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # How many notes there were; some may be gone.
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            one_of("format", ImportFormat),
            identifiable_within("workshop"),
            same_workshop("made_by", "participants.Participant"),
        ]

    def __str__(self) -> str:
        return f"{self.count} notes, {self.get_format_display()}"


class ImportDraft(Entity):
    """What was read of a file, while one person looks at what it becomes."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    made_by = models.OneToOneField(Participant, models.CASCADE, related_name="+")
    format = models.CharField(max_length=10, choices=ImportFormat)
    document = models.JSONField()

    class Meta:
        constraints = [
            one_of("format", ImportFormat),
            same_workshop("made_by", "participants.Participant"),
        ]

    def __str__(self) -> str:
        return f"Draft {self.pk}"
