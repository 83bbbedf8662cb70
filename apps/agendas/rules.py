"""Who may read the agenda, and who writes it."""

from apps.core.permissions import permit
from apps.workshops.models import Phase
from apps.workshops.rules import in_phase, is_here, is_open, is_team

# While the day goes on, what it came to is the team's draft.
is_drawn_up = in_phase(Phase.SYNTHESIS, Phase.REVIEW, Phase.PUBLISHED, Phase.ARCHIVED)

permit("agendas.view", is_team | (is_here & is_drawn_up))
permit("agendas.edit", is_team & is_open)
