"""What entities have in common, the audit log, and the job."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from apps.core.constraints import one_of


class Entity(models.Model):
    """Something with an identity of its own: ids that anyone sees are random."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """Something that several people edit: each change counts its version up."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class AuditEntry(models.Model):
    """Who changed what, from what to what, and why. Append-only, in the database too.

    `scope_id` is the place whose history the entry belongs to. There are no foreign keys: the
    entry outlives what it tells of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField(null=True)
    scope_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["scope_id", "-at"], name="core_audit_scope"),
            models.Index(fields=["subject_id", "-at"], name="core_audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class JobState(models.TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


class Job(models.Model):
    """Work that a worker does later. The row is the truth; a message only wakes a worker.

    Whoever claims the row holds a lease; a lease that ran out may be claimed by the next. See
    `apps.core.jobs`.
    """

    MAX_ATTEMPTS = 3
    TASK = ""
    # What the fields of a job become that has failed for good.
    WHEN_FAILED: ClassVar[Mapping[str, Any]] = {}

    id: Any
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(default=timezone.now)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        constraints = [
            one_of("state", JobState),
            models.CheckConstraint(
                condition=models.Q(
                    state=JobState.RUNNING, lease_token__isnull=False, lease_until__isnull=False
                )
                | (~models.Q(state=JobState.RUNNING) & models.Q(lease_token__isnull=True)),
                name="%(app_label)s_%(class)s_running_has_lease",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=JobState.FAILED) | ~models.Q(reason=""),
                name="%(app_label)s_%(class)s_failure_has_reason",
            ),
        ]


class OutgoingMail(Entity, Job):
    """A mail on its way. The row goes when the mail has; one that failed keeps no word of it.

    See `apps.core.mail`.
    """

    MAX_ATTEMPTS = 8
    TASK = "apps.core.tasks.deliver_mail"
    WHEN_FAILED = {"to": "", "subject": "", "text": ""}

    to = models.EmailField(blank=True)
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    about = models.UUIDField(null=True, blank=True)

    class Meta(Job.Meta):
        indexes = [models.Index(fields=["about"], name="core_outgoingmail_about")]
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(state=JobState.FAILED, to="", subject="", text="")
                | (~models.Q(state=JobState.FAILED) & ~models.Q(to="")),
                name="core_outgoingmail_empty_iff_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"Mail {self.pk}"
