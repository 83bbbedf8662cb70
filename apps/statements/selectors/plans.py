"""How the room is asked, and how many of it there are."""

from apps.participants.models import Participant
from apps.participants.selectors.being_here import HERE
from apps.statements.models import AskingPlan
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
    roles = {Role.PARTICIPANT, *(TEAM if plan.team_answers else ())}
    joined = Participant.objects.filter(HERE, workshop=workshop, role__in=roles).count()
    return max(joined, workshop.number_present or 0)


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
