"""Who may start workshops, and who may let people in."""

from typing import Any

from apps.core.permissions import permit, predicate
from apps.workshops.models import Phase, Role
from apps.workshops.rules import TEAM, has_role, in_phase, is_here, is_purged, is_team


@predicate
def has_account(user: Any, _subject: Any) -> bool:
    """The one who asks is signed in: somebody who joined without an account isn't."""
    return bool(user is not None and user.is_authenticated and user.is_active)


@predicate
def without_account(actor: Any, _subject: Any) -> bool:
    """The one who asks takes part without an account."""
    return actor.user_id is None


@predicate
def is_of_the_team(_actor: Any, subject: Any) -> bool:
    """The person whom it is about is of the team."""
    return subject.role in TEAM


@predicate
def is_oneself(actor: Any, person: Any) -> bool:
    """It is about the one who asks."""
    return bool(actor.pk == person.pk)


# The names of people, all together: what the rest of the team reads are counts.
reads_roster = has_role(Role.OWNER, Role.FACILITATOR)
is_archived = in_phase(Phase.ARCHIVED)
lets_people_in = has_role(Role.OWNER, Role.FACILITATOR) & ~is_archived

permit("participants.start_workshop", has_account)
permit("participants.see_all_groups", is_team)
permit("participants.see_join_code", is_team & ~is_archived)
permit("participants.renew_join_code", lets_people_in)
permit("participants.admit", lets_people_in)
# A link that leads into the team would let the one who makes it act as more than they are.
permit("participants.invite", lets_people_in & (has_role(Role.OWNER) | ~is_of_the_team))
permit("participants.keep_place", is_here & without_account & ~is_archived)
permit("participants.change_oneself", is_here & is_oneself & ~is_purged)
# In every phase, and wherever somebody stands: nobody has to wait for it, nor to be let in. The
# owner does it for somebody who asks.
permit("participants.forget", is_oneself | has_role(Role.OWNER))
permit("participants.see_deletion", is_team)
permit("participants.purge", has_role(Role.OWNER) & ~is_purged)
permit("participants.read_all_history", has_role(Role.OWNER))
permit("participants.read_history", is_team)
permit("participants.see_counts", is_team)
permit("participants.see_roster", reads_roster)
permit("participants.keep_roster", has_role(Role.OWNER) & ~is_archived & ~is_purged)
# In every phase: what somebody may no longer do must not wait.
permit("participants.remove_person", has_role(Role.OWNER))
permit("participants.export_roster", has_role(Role.OWNER))
