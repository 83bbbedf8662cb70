"""What participants send from their phones, until somebody of the team lets it into the record."""

from django.db import models
from django.db.models.functions import Length
from django.utils import timezone

from apps.core.constraints import one_of, same_workshop
from apps.core.models import Entity
from apps.notes.models.notes import MAX_LENGTH
from apps.participants.models import Group, Participant
from apps.workshops.models import Session, Workshop

models.TextField.register_lookup(Length)


class ThoughtState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SET_ASIDE = "set_aside", "Set aside"


class Thought(Entity):
    """A participant's thought on its way to becoming a note, or set aside.

    Not a note: what reads notes can't come by it before somebody of the team has seen it. Let in,
    it becomes a note of the same id, and this row goes, and with it who sent it. The id is made
    by whoever sends it, so that the same thought sent twice is one.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="thoughts")
    session = models.ForeignKey(Session, models.CASCADE, related_name="thoughts")
    text = models.TextField(max_length=MAX_LENGTH)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    # Nobody under the anonymous rule.
    author = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="thoughts"
    )
    state = models.CharField(max_length=10, choices=ThoughtState, default=ThoughtState.WAITING)
    written_at = models.DateTimeField("by the writer's clock", default=timezone.now)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            one_of("state", ThoughtState),
            same_workshop("session", "workshops.Session"),
            same_workshop("group", "participants.Group"),
            same_workshop("author", "participants.Participant"),
            models.CheckConstraint(
                condition=models.Q(text__length__gte=1, text__length__lte=MAX_LENGTH),
                name="notes_thought_text_length",
            ),
        ]

    def __str__(self) -> str:
        return f"Thought {self.pk}"
