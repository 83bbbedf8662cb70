"""How the room is asked, as a workshop's file tells it."""

from apps.core.documents import Flag, Number, Section, Writing
from apps.statements.models import AskingPlan, NextRound, Scale
from apps.statements.records.usual import Usual


def _plan(writing: Writing) -> list[AskingPlan]:
    return list(AskingPlan.objects.filter(workshop=writing.scope))


PLAN = Section(
    name="asking",
    noun="plan for asking",
    model=AskingPlan,
    rows=_plan,
    fields=(
        Usual("answer_scale", "scale", choices=Scale, default=Scale.THREE),
        Number("rounds_at_most", "rounds", default=2),
        Usual("asked_again", "next_round", choices=NextRound, default=NextRound.UNSETTLED),
        Number("smallest_group", default=5),
        Number("shared_at", default=60),
        Flag("team_answers"),
        Flag("anybody_answers", "is_open"),
        Flag("takes_proposals"),
    ),
)
