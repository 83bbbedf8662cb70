"""How a workshop asks its room, settled beforehand; and what its screen shows."""

from django.db import models
from django.db.models import Q

from apps.core.constraints import one_of, same_workshop
from apps.core.models import Versioned
from apps.statements.models.choices import FEWEST_IN_A_GROUP, NextRound, Scale, Showing
from apps.statements.models.rounds import Round
from apps.workshops.models import Workshop

MOST_ROUNDS = 5
MOST_IN_A_GROUP = 20


class AskingPlan(Versioned):
    """How the room is asked: set before the first answer, and held to from then on."""

    workshop = models.OneToOneField(
        Workshop, models.CASCADE, primary_key=True, related_name="asking_plan"
    )
    scale = models.CharField("answers", max_length=5, choices=Scale, default=Scale.THREE)
    rounds = models.PositiveSmallIntegerField("rounds, at most", default=2)
    next_round = models.CharField(
        "asked again", max_length=9, choices=NextRound, default=NextRound.UNSETTLED
    )
    smallest_group = models.PositiveSmallIntegerField("smallest group told of", default=5)
    # In per cent: a consensus is shared when so many agree in every group.
    shared_at = models.PositiveSmallIntegerField("shared from", default=60)
    team_answers = models.BooleanField("the team answers, too", default=False)
    # Anybody may come, so that nobody knows who hasn't answered.
    is_open = models.BooleanField("nobody knows how many may answer", default=False)
    takes_proposals = models.BooleanField("participants propose statements", default=False)
    first_answer_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            one_of("scale", Scale),
            one_of("next_round", NextRound),
            models.CheckConstraint(
                condition=Q(rounds__gte=1, rounds__lte=MOST_ROUNDS),
                name="statements_askingplan_rounds",
                violation_error_message=f"From 1 to {MOST_ROUNDS} rounds.",
            ),
            models.CheckConstraint(
                condition=Q(
                    smallest_group__gte=FEWEST_IN_A_GROUP, smallest_group__lte=MOST_IN_A_GROUP
                ),
                name="statements_askingplan_smallest_group",
                violation_error_message=(
                    f"From {FEWEST_IN_A_GROUP} people, below which a number is a name, to "
                    f"{MOST_IN_A_GROUP}."
                ),
            ),
            models.CheckConstraint(
                condition=Q(shared_at__gte=50, shared_at__lte=100),
                name="statements_askingplan_shared_at",
                violation_error_message="From 50 to 100 per cent.",
            ),
        ]

    def __str__(self) -> str:
        return f"How {self.workshop_id} is asked"


class Screen(models.Model):
    """What the screen of the room shows, whoever put it there."""

    workshop = models.OneToOneField(
        Workshop, models.CASCADE, primary_key=True, related_name="screen"
    )
    showing = models.CharField(max_length=5, choices=Showing, default=Showing.JOIN)
    round = models.ForeignKey(Round, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [one_of("showing", Showing), same_workshop("round", "statements.Round")]

    def __str__(self) -> str:
        return f"The screen shows {self.showing}"
