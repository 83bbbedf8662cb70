"""Who may read and make memos, and when."""

from apps.core.permissions import permit
from apps.workshops.models import Phase, Role
from apps.workshops.rules import has_role, in_phase, is_here, is_open, is_team

is_published = in_phase(Phase.PUBLISHED, Phase.ARCHIVED)

permit("memos.view_drafts", is_team)
permit("memos.read", is_team | (is_here & is_published))
# Also once the workshop is published: the version that isn't a draft is made then.
permit("memos.make", is_team & (is_open | in_phase(Phase.PUBLISHED)))
permit("memos.set_up", is_team & is_open)
permit("memos.take_workshop", has_role(Role.OWNER))
