"""Who asks the room, and who answers."""

from typing import Any

from apps.core.permissions import permit, predicate
from apps.statements.models import AskingPlan
from apps.workshops.models import Role
from apps.workshops.rules import TEAM, has_role, is_here, is_open, is_team


@predicate
def team_answers(actor: Any, _subject: Any) -> bool:
    """The owner said that the team answers, too."""
    if actor.role not in TEAM:
        return False
    return AskingPlan.objects.filter(pk=actor.workshop_id, team_answers=True).exists()


@predicate
def takes_proposals(actor: Any, _subject: Any) -> bool:
    """Participants may propose statements here."""
    return AskingPlan.objects.filter(pk=actor.workshop_id, takes_proposals=True).exists()


is_participant = has_role(Role.PARTICIPANT)

# All read what was revealed; which statements those are, `selectors` say.
permit("statements.view", is_here)
permit("statements.see_all", is_team)
permit("statements.read_open", is_participant)
permit("statements.edit", is_team & is_open)
permit("statements.ask", is_team & is_open)
permit("statements.plan", has_role(Role.OWNER) & is_open)
permit("statements.respond", (is_participant | (is_here & team_answers)) & is_open)
permit("statements.propose", is_participant & takes_proposals & is_open)
permit("statements.read_proposals", is_team)
permit("statements.decide_proposals", is_team & is_open)
permit("statements.export", is_team)
permit("statements.explore", is_team)
