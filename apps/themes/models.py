"""Themes, what is filed under them, and what participants say of them."""

from django.db import models
from django.utils import timezone

from apps.core.constraints import SameParent, identifiable_within, one_of, same_workshop
from apps.core.models import Entity, Versioned
from apps.notes.models import Note
from apps.participants.models import Group, Participant
from apps.workshops.models import GuidingQuestion, Role, Workshop


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
    """That a note stands under a theme."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="filings")
    note = models.ForeignKey(Note, models.CASCADE, related_name="filings")
    filed_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    filed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "note"], name="themes_filing_once"),
            same_workshop("theme", "themes.Theme"),
            same_workshop("note", "notes.Note"),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} under {self.theme_id}"


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
    text = models.TextField(max_length=5_000)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.OPEN)
    # Why it was accepted or declined, for its author to read.
    decision = models.TextField(blank=True, max_length=2_000)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["created_at"]
        constraints = [
            one_of("state", CommentState),
            one_of("written_as", Role),
            identifiable_within("theme"),
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
        ]

    def __str__(self) -> str:
        return f"Comment on {self.theme_id}"


class Receipt(models.Model):
    """That an entry which a device sent under this id was taken: sent again, it does nothing.

    Only of what could otherwise be done twice; a note has an id of its own.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return str(self.id)
