"""One asking of a statement, and hands counted in place of answers."""

from django.db import models
from django.db.models import F, Q

from apps.core.constraints import SameParent, identifiable_within, one_of, same_workshop
from apps.core.models import Entity, Versioned
from apps.participants.models import Group, Participant
from apps.statements.models.choices import Means, RoundState, Scale
from apps.statements.models.statements import Statement, Wording
from apps.workshops.models import Workshop


class Round(Entity, Versioned):
    """One asking of a statement, in one wording."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="rounds")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="rounds")
    wording = models.ForeignKey(Wording, models.RESTRICT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=RoundState, default=RoundState.DRAFT)
    scale = models.CharField(max_length=5, choices=Scale, default=Scale.THREE)
    means = models.CharField(
        "how it is answered", max_length=7, choices=Means, default=Means.DEVICES
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Under the anonymous rule: when its answers were put in no order.
    shuffled_at = models.DateTimeField(null=True, blank=True)
    # How many could have answered; empty where nobody knows. As it was when the round closed.
    members = models.PositiveIntegerField(null=True, blank=True)
    # Hands: who entered the numbers, and who else looked at them and found them right.
    counted_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["statement", "number"]
        constraints = [
            one_of("state", RoundState),
            one_of("scale", Scale),
            one_of("means", Means),
            identifiable_within("workshop"),
            same_workshop("statement", "statements.Statement"),
            same_workshop("counted_by", "participants.Participant"),
            same_workshop("confirmed_by", "participants.Participant"),
            SameParent(
                fields=["statement", "wording"],
                to="statements.Wording",
                to_fields=["statement", "id"],
                name="statements_round_wording_within",
            ),
            models.UniqueConstraint(
                fields=["statement", "number"], name="statements_round_numbered"
            ),
            models.UniqueConstraint(
                fields=["statement"],
                condition=~Q(state=RoundState.REVEALED),
                name="statements_round_one_at_a_time",
                violation_error_message="This statement is being asked already.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | Q(counted_by=None)
                | ~Q(confirmed_by=F("counted_by")),
                name="statements_round_confirmed_by_another",
                violation_error_message="Somebody else confirms what you counted.",
            ),
            # What hands came to is revealed only once another person confirmed it.
            models.CheckConstraint(
                condition=~Q(means=Means.HANDS, state=RoundState.REVEALED)
                | Q(confirmed_at__isnull=False),
                name="statements_round_hands_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"Round {self.number} of {self.statement_id}"


class HandCount(Entity):
    """Hands counted in one group, or among those who belong to none."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="hand_counts")
    group = models.ForeignKey(Group, models.RESTRICT, null=True, blank=True, related_name="+")
    agree = models.PositiveSmallIntegerField(default=0)
    disagree = models.PositiveSmallIntegerField(default=0)
    unsure = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["group__order"]
        constraints = [
            same_workshop("round", "statements.Round"),
            same_workshop("group", "participants.Group"),
            models.UniqueConstraint(
                fields=["round", "group"],
                nulls_distinct=False,
                name="statements_handcount_once_a_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agree} for, {self.disagree} against, {self.unsure} unsure"
