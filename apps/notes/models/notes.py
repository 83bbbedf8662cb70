"""Notes from the room."""

from django.db import models
from django.db.models.functions import Length
from django.utils import timezone

from apps.core.constraints import identifiable_within, one_of, same_workshop
from apps.core.models import Entity, Versioned
from apps.notes.models.imports import NoteImport
from apps.participants.models import Group, Participant
from apps.workshops.models import Session, Workshop

MAX_LENGTH = 10_000

models.TextField.register_lookup(Length)


class Mark(models.TextChoices):
    """What kind of thing was said."""

    REMARK = "remark", "Remark"
    QUESTION = "question", "Question"
    QUOTE = "quote", "Quote"
    DEFINITION = "definition", "Definition"
    EXAMPLE = "example", "Example"
    AGREE = "agree", "Agreement"
    DISAGREE = "disagree", "Disagreement"
    TAKEAWAY = "takeaway", "Takeaway"
    RESEARCH_QUESTION = "research_question", "Research question"


class Source(models.TextChoices):
    FACILITATOR = "facilitator", "Note-taker"
    PHONE = "phone", "Participant"
    IMPORT = "import", "Import"


def standing(path: str = "") -> models.Q:
    """Return the condition that a note, reached by `path`, says something: it wasn't redacted."""
    return models.Q(**{f"{path}redacted_at__isnull": True})


class NoteQuerySet(models.QuerySet["Note"]):
    def of_workshop(self, workshop: Workshop) -> "NoteQuerySet":
        return self.filter(workshop=workshop)

    def standing(self) -> "NoteQuerySet":
        """Notes that say something: those that were redacted count for nothing any more."""
        return self.filter(standing())

    def unfiled(self) -> "NoteQuerySet":
        """Notes that stand under no theme."""
        return self.standing().filter(filings__isnull=True)


class Note(Entity, Versioned):
    """One small record of something said. Its id is made by whoever sends it, so that the same
    note sent twice is one note; its place in the order is the server's.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="notes")
    session = models.ForeignKey(Session, models.PROTECT, related_name="notes")
    # Counts up within the workshop, and is the number by which a memo cites the note.
    sequence = models.PositiveIntegerField(editable=False)
    # The number, within the workshop, of the last change to what is shown of the note: who has
    # seen everything up to a number asks for what came after.
    change = models.PositiveIntegerField(default=0, editable=False)
    text = models.TextField(max_length=MAX_LENGTH)
    mark = models.CharField(max_length=20, choices=Mark, default=Mark.REMARK)
    # Of a quotation, under the Chatham House Rule: by whoever said it, who isn't named here.
    may_be_printed = models.BooleanField("the speaker agreed to its being printed", default=False)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    reply_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replies"
    )
    source = models.CharField(max_length=12, choices=Source, default=Source.FACILITATOR)
    imported_in = models.ForeignKey(
        NoteImport, models.SET_NULL, null=True, blank=True, related_name="notes"
    )
    # Who wrote it down, not who said it: that isn't stored here.
    recorded_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    written_at = models.DateTimeField("by the writer's clock", default=timezone.now)
    # What a redacted note said is gone, its earlier texts too; that there was a note stays.
    redacted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        constraints = [
            one_of("mark", Mark),
            one_of("source", Source),
            identifiable_within("workshop"),
            same_workshop("session", "workshops.Session"),
            same_workshop("group", "participants.Group"),
            same_workshop("reply_to", "notes.Note"),
            same_workshop("imported_in", "notes.NoteImport"),
            models.UniqueConstraint(fields=["workshop", "sequence"], name="notes_note_sequence"),
            models.CheckConstraint(
                condition=models.Q(may_be_printed=False) | models.Q(mark=Mark.QUOTE),
                name="notes_note_agreed_to_a_quotation",
                violation_error_message="Only a quotation needs its speaker’s agreement.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    redacted_at__isnull=True, text__length__gte=1, text__length__lte=MAX_LENGTH
                )
                | models.Q(redacted_at__isnull=False, text="", may_be_printed=False),
                name="notes_note_text_length",
            ),
            models.CheckConstraint(
                condition=standing() | models.Q(group__isnull=True),
                name="notes_note_redacted_keeps_no_group",
            ),
        ]
        indexes = [models.Index(fields=["workshop", "change"], name="notes_note_change")]

    def __str__(self) -> str:
        return f"Note {self.sequence}"


class NoteRevision(models.Model):
    """What a note said before it was corrected."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="revisions")
    text = models.TextField()
    replaced_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-replaced_at"]

    def __str__(self) -> str:
        return f"{self.note_id} until {self.replaced_at}"


class NoteCounter(models.Model):
    """The last numbers given to a note of a workshop, and to a change of one.

    Locked while the next is given, until the transaction ends: numbers become visible in order.
    """

    workshop = models.OneToOneField(Workshop, models.CASCADE, primary_key=True, related_name="+")
    last = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)
