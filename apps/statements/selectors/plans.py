"""How the room is asked, and how many of it there are."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet

from apps.participants.models import Participant
from apps.participants.selectors.being_here import HERE
from apps.statements.models import Answered, AskingPlan, Response, Round
from apps.statements.selectors.counting import LARGE, answered_in
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.consensus import ConsensusRule
from apps.workshops.models import Role, Workshop
from apps.workshops.rules import TEAM


def plan_of(workshop: Workshop) -> AskingPlan:
    """Return how `workshop` asks its room: as it was set, or else as is usual (not saved)."""
    found = AskingPlan.objects.filter(pk=workshop.pk).first()
    return found or AskingPlan(workshop=workshop)


def people_who_may_answer(workshop: Workshop, plan: AskingPlan) -> int | None:
    """Return how many could answer: who joined, or who was in the room where those are more.

    None where the plan says that nobody knows.
    """
    if plan.is_open:
        return None
    return max(_here(workshop, plan).count(), workshop.number_present or 0)


def members_when_closed(workshop: Workshop, rounds: Sequence[Round]) -> dict[uuid.UUID, int | None]:
    """Return for each of `rounds` how many could answer, now that nobody can any more.

    Whoever answered and is here no longer is one of them, beside all who are: else those who kept
    silent would seem to be fewer. Of more answers than a request goes through it isn't known who
    gave them, and as many as are here could have. Four queries.
    """
    plan = plan_of(workshop)
    if plan.is_open:
        return dict.fromkeys((each.pk for each in rounds), None)
    here = _here(workshop, plan)
    joined, answered = here.count(), answered_in([each.pk for each in rounds])
    few = [key for key, count in answered.items() if count <= LARGE]
    kept: Any = Answered if leaves_no_trace(workshop) else Response
    rows = kept.objects.filter(round__in=few, participant__in=here).order_by()
    of_those = dict(rows.values_list("round").annotate(total=Count("pk")))
    return {
        each.pk: max(
            joined + (answered[each.pk] - of_those.get(each.pk, 0) if each.pk in few else 0),
            answered.get(each.pk, 0),
            workshop.number_present or 0,
        )
        for each in rounds
    }


def _here(workshop: Workshop, plan: AskingPlan) -> QuerySet[Participant]:
    roles = {Role.PARTICIPANT, *(TEAM if plan.team_answers else ())}
    return Participant.objects.filter(HERE, workshop=workshop, role__in=roles)


def how_it_is_asked(workshop: Workshop) -> list[str]:
    """Say how the room is asked, in sentences for everybody."""
    plan, rule = plan_of(workshop), ConsensusRule.of(workshop)
    rounds = "One round" if plan.rounds == 1 else f"Up to {plan.rounds} rounds"
    again = f"; {plan.get_next_round_display().lower()} is asked again" if plan.rounds > 1 else ""
    who = "Participants and the team answer" if plan.team_answers else "Participants answer"
    told = (
        f"Consensus: at least {rule.consensus_at} % agree and at most {rule.opposed_at_most} % "
        f"disagree. Divided: {rule.divided_at} % or more on each side. Of a group of which fewer "
        f"than {plan.smallest_group} answered nothing is told."
    )
    return [f"{who}; nobody sees any result before it is revealed. {rounds}{again}.", told]
