"""What people answered, and how many answered what."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.core.constraints import one_of, same_workshop
from apps.participants.models import Group, Participant
from apps.statements.models.choices import Answer
from apps.statements.models.rounds import Round
from apps.workshops.models import Workshop


def today() -> date:
    """Return the day: at which minute somebody answered is kept nowhere."""
    return timezone.localdate()


class Response(models.Model):
    """What one person answers in one round.

    Under the anonymous rule it belongs to a key that a secret in the person's browser makes, one
    for each round; else to the person. Changed until the round closes: the database takes it only
    while that is open, and counts it in the same transaction (see migration `0002`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="responses")
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="responses"
    )
    key = models.CharField(max_length=64, blank=True)
    # The group on the workshop's main axis, when it was answered.
    group = models.ForeignKey(Group, models.RESTRICT, null=True, blank=True, related_name="+")
    value = models.SmallIntegerField(choices=Answer)
    reason = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(default=today)
    # How often they answered this: what a device sent before, and arrives after, changes nothing.
    nth = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("value", Answer),
            same_workshop("round", "statements.Round"),
            same_workshop("participant", "participants.Participant"),
            same_workshop("group", "participants.Group"),
            models.UniqueConstraint(
                fields=["round", "participant"], name="statements_response_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["round", "key"],
                condition=~Q(key=""),
                name="statements_response_once_a_key",
            ),
            models.CheckConstraint(
                condition=Q(key="") | Q(participant=None),
                name="statements_response_key_or_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["round", "id"],
                condition=~Q(reason=""),
                name="statements_response_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"Response {self.pk}"


class Answered(models.Model):
    """That somebody answered in a round whose answers lead to nobody: nobody answers twice.

    It says neither what nor when, and goes when the round closes.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            same_workshop("round", "statements.Round"),
            same_workshop("participant", "participants.Participant"),
            models.UniqueConstraint(
                fields=["round", "participant"], name="statements_answered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Answered in {self.round_id}"


class Tally(models.Model):
    """How many of a group answered what in a round. Kept by the database alone, which writes it in
    the transaction of the answer; several rows share a count, so that many can answer at once.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="tallies")
    group = models.ForeignKey(Group, models.RESTRICT, null=True, blank=True, related_name="+")
    value = models.SmallIntegerField(choices=Answer)
    shard = models.PositiveSmallIntegerField(default=0)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            one_of("value", Answer),
            models.UniqueConstraint(
                fields=["round", "group", "value", "shard"],
                nulls_distinct=False,
                name="statements_tally_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} of {self.value}"
