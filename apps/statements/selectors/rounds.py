"""What a next round asks again, as the plan says."""

import uuid

from apps.statements.models import AskingPlan, NextRound, Round, RoundState, Statement
from apps.statements.selectors.figures import unsettled_in
from apps.workshops.models import Workshop


def to_ask_again(workshop: Workshop, plan: AskingPlan) -> list[uuid.UUID]:
    """Return the statements that a next round asks again, in the order of the queue.

    Those of which the last round was revealed, while the plan has further ones: all, or those that
    aren't settled; none where the team chooses one by one. Three queries.
    """
    if plan.next_round == NextRound.CHOSEN:
        return []
    rounds = Round.objects.filter(workshop=workshop)
    revealed = set(
        rounds.filter(state=RoundState.REVEALED).values_list("statement", flat=True).order_by()
    )
    going = rounds.exclude(state=RoundState.REVEALED, number__lt=plan.rounds)
    revealed -= set(going.values_list("statement", flat=True).order_by())
    if plan.next_round == NextRound.UNSETTLED:
        revealed &= unsettled_in(workshop)
    asked = Statement.objects.filter(workshop=workshop, withdrawn_at=None)
    return [pk for pk in asked.values_list("pk", flat=True) if pk in revealed]
