"""The memo, its frozen versions, and the files made of them."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.core.constraints import one_of
from apps.core.models import Entity, Job, JobState, Versioned
from apps.participants.models import Participant
from apps.workshops.models import Workshop


class Format(models.TextChoices):
    POLICY_MEMO = "policy_memo", "Policy memo"


class FileKind(models.TextChoices):
    PDF = "pdf", "PDF"


class Remainder(models.Model):
    """What the file that a workshop came from says of one of its rows, and the row can't hold.

    See `apps.core.documents`. `subject` is the row's id, `key` what the file calls it.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    section = models.CharField(max_length=40)
    subject = models.UUIDField()
    key = models.CharField(max_length=60, blank=True)
    unknown = models.JSONField(default=dict, blank=True)
    said = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "section", "subject"], name="memos_remainder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.key}"


class Memo(Entity, Versioned):
    """The document of a workshop, in one format."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="memos")
    format = models.CharField(max_length=20, choices=Format, default=Format.POLICY_MEMO)
    authors = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    # Whose views it tells, and what is claimed where nothing is said of agreement.
    disclaimer = models.TextField(blank=True, max_length=1_000)
    # Whether the notes and comments are printed after the memo itself.
    with_record = models.BooleanField("print the notes and comments", default=True)

    class Meta:
        constraints = [
            one_of("format", Format),
            models.UniqueConstraint(fields=["workshop", "format"], name="memos_memo_format_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_format_display()} of {self.workshop_id}"


class MemoVersion(Entity):
    """A frozen content. Every file is rendered from it alone; the database lets none change."""

    memo = models.ForeignKey(Memo, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The participants whom the content names, for themselves to ask; they are forgotten with them.
    naming = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    # When the rule became stricter than the one it was made under: only the team reads it then.
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["memo", "number"], name="memos_version_number"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def made_at(self) -> datetime:
        """The moment that the content itself bears."""
        return datetime.fromisoformat(self.content["made_at"])


class MemoFile(Entity, Job):
    """A file of a version, and the job that makes it: there is a content if and only if ready."""

    TASK = "apps.memos.tasks.render"

    version = models.ForeignKey(MemoVersion, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8, choices=FileKind, default=FileKind.PDF)
    # In the database, so that every process on every machine sees it with the row's state.
    content: Any = models.BinaryField(null=True, blank=True, editable=False)
    size = models.PositiveIntegerField(null=True, blank=True, editable=False)
    pages = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta(Job.Meta):
        ordering = ["-created_at"]
        constraints = [
            *Job.Meta.constraints,
            one_of("kind", FileKind),
            models.UniqueConstraint(fields=["version", "kind"], name="memos_file_kind_once"),
            models.CheckConstraint(
                condition=models.Q(state=JobState.READY, content__isnull=False, size__isnull=False)
                | (~models.Q(state=JobState.READY) & models.Q(content__isnull=True)),
                name="memos_file_content_iff_ready",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.version_id}"
