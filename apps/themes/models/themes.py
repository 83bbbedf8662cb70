"""Themes, what is filed under them, and what participants say of them."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from apps.core.constraints import SameParent, identifiable_within, one_of, same_workshop
from apps.core.models import Entity, Job, Versioned
from apps.notes.models import Note
from apps.participants.models import Group, Participant
from apps.workshops.models import GuidingQuestion, Role, Workshop

if TYPE_CHECKING:
    from apps.themes.models.rearranging import Rearrangement


class Placement(models.TextChoices):
    """Which section of the memo a theme is printed in; `auto` follows from its annotations."""

    AUTO = "auto", "Follows from its annotations"
    CONSENSUS = "consensus", "Areas of consensus"
    DIVERGENCE = "divergence", "Areas of divergence"
    CONTEXT = "context", "Context"
    OMITTED = "omitted", "Not in the memo"


class CommentState(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class CommentKind(models.TextChoices):
    REMARK = "remark", "A comment"
    MISSING = "missing", "A view is missing"


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


# How long its author may mend a comment, by the database's clock: enough for a slip, too short to
# change what was answered. The database holds it as well.
MENDABLE = timedelta(minutes=15)


class CommentQuerySet(models.QuerySet["Comment"]):
    def fresh(self) -> "CommentQuerySet":
        """Comments that their authors may still mend."""
        return self.filter(stamped_at__gt=Now() - MENDABLE)

    def aged(self) -> "CommentQuerySet":
        """Say of each comment whether it is `fresh`."""
        young = models.Q(stamped_at__gt=Now() - MENDABLE)
        return self.annotate(fresh=models.ExpressionWrapper(young, models.BooleanField()))


class Comment(Entity, Versioned):
    """What someone says of a theme, or in answer to such a comment."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="comments")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # As what its author wrote it: their role, and their group on the main axis where it could stand
    # for them. Nobody's later role or group changes it.
    written_as = models.CharField(max_length=12, choices=Role)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    reply_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies"
    )
    kind = models.CharField(max_length=10, choices=CommentKind, default=CommentKind.REMARK)
    text = models.TextField(max_length=5_000)
    # By the clock of the database, which measures how long its author may mend it.
    stamped_at = models.DateTimeField(db_default=Now(), editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.OPEN)
    # Why it was accepted or declined, for its author to read.
    decision = models.TextField(blank=True, max_length=2_000)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Why only the team and its author read it, for everybody to read.
    hidden_because = models.CharField(max_length=500, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            one_of("state", CommentState),
            one_of("kind", CommentKind),
            one_of("written_as", Role),
            identifiable_within("theme"),
            identifiable_within("workshop"),
            same_workshop("theme", "themes.Theme"),
            same_workshop("author", "participants.Participant"),
            same_workshop("group", "participants.Group"),
            models.CheckConstraint(
                condition=models.Q(group__isnull=True) | models.Q(written_as=Role.PARTICIPANT),
                name="themes_comment_team_in_no_group",
            ),
            SameParent(
                fields=["theme", "reply_to"],
                to="themes.Comment",
                to_fields=["theme", "id"],
                name="themes_comment_reply_to_within",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=CommentState.DECLINED) | ~models.Q(decision=""),
                name="themes_comment_declined_with_reason",
                violation_error_message="Say why the comment is declined.",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="themes_comment_not_empty"),
            models.CheckConstraint(
                condition=models.Q(reply_to__isnull=True) | models.Q(kind=CommentKind.REMARK),
                name="themes_comment_answer_is_a_remark",
            ),
            models.CheckConstraint(
                condition=models.Q(hidden_at__isnull=True, hidden_because="")
                | (models.Q(hidden_at__isnull=False) & ~models.Q(hidden_because="")),
                name="themes_comment_hidden_with_reason",
                violation_error_message="Say why the comment is hidden.",
            ),
        ]

    def __str__(self) -> str:
        return f"Comment on {self.theme_id}"


class CommentSupport(models.Model):
    """That somebody holds what a comment says as well: counted, and never shown to be theirs.

    Whose it is goes when they are erased, on the deletion date, and under the anonymous rule.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="supports")
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            same_workshop("comment", "themes.Comment"),
            same_workshop("participant", "participants.Participant"),
            models.UniqueConstraint(
                fields=["comment", "participant"], name="themes_commentsupport_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Support of {self.comment_id}"


class Receipt(models.Model):
    """That an entry which a device sent under this id was taken: sent again, it does nothing.

    Only of what could otherwise be done twice; a note has an id of its own.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return str(self.id)


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
