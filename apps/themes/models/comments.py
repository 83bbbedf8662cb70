"""What is said of themes, and who holds the same."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now

from apps.core.constraints import SameParent, identifiable_within, one_of, same_workshop
from apps.core.models import Entity, Versioned
from apps.participants.models import Group, Participant
from apps.themes.models.supporting import Support, supported_once
from apps.themes.models.themes import Theme
from apps.workshops.models import Role, Workshop


class CommentState(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class CommentKind(models.TextChoices):
    REMARK = "remark", "A comment"
    MISSING = "missing", "A view is missing"


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


class CommentSupport(Support):
    """That somebody holds what a comment says as well."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="supports")

    class Meta:
        constraints = supported_once("comment", "themes.Comment")
