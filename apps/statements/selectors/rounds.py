"""What a next round asks again, as the plan says."""

from apps.statements.models import AskingPlan, NextRound, RoundState, Statement
from apps.statements.selectors.results import last_revealed_in
from apps.workshops.models import Workshop


def to_ask_again(workshop: Workshop, plan: AskingPlan) -> list[Statement]:
    """Return the statements that a next round asks again, in the order of the queue.

    Those of which the last round was revealed, while the plan has further ones: all, or those that
    aren't settled; none where the team chooses one by one.
    """
    if plan.next_round == NextRound.CHOSEN:
        return []
    waiting = Statement.objects.filter(workshop=workshop, withdrawn_at=None)
    waiting = waiting.exclude(rounds__state__in=set(RoundState) - {RoundState.REVEALED})
    results = last_revealed_in(workshop)
    return [
        statement
        for statement in waiting
        if statement.pk in results
        and results[statement.pk].number < plan.rounds
        and (plan.next_round == NextRound.ALL or results[statement.pk].reopens)
    ]
