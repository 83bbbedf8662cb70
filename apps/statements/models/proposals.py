"""What participants would like the room to be asked."""

from django.db import models
from django.db.models import Q

from apps.core.constraints import one_of, same_workshop
from apps.core.models import Entity
from apps.participants.models import Participant
from apps.statements.models.choices import Declined, ProposalState
from apps.statements.models.statements import MAX_LENGTH, Statement
from apps.themes.models import Theme
from apps.workshops.models import Workshop


class Proposal(Entity):
    """A statement that a participant proposes, until the team decides.

    Accepted, it leads to its statement, and who proposed it is forgotten; declined, it says why.
    The id is made by whoever sends it: the same proposal sent twice is one.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="proposals")
    text = models.CharField(max_length=MAX_LENGTH)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    # Nobody under the anonymous rule.
    author = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.WAITING)
    declined = models.CharField("why not", max_length=15, choices=Declined, blank=True)
    statement = models.ForeignKey(
        Statement, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["created_at"]
        constraints = [
            one_of("state", ProposalState),
            one_of("declined", Declined, blank=True),
            same_workshop("theme", "themes.Theme"),
            same_workshop("author", "participants.Participant"),
            same_workshop("statement", "statements.Statement"),
            models.CheckConstraint(condition=~Q(text=""), name="statements_proposal_text_given"),
            models.CheckConstraint(
                condition=Q(state=ProposalState.DECLINED) ^ Q(declined=""),
                name="statements_proposal_declined_why",
            ),
        ]

    def __str__(self) -> str:
        return self.text
