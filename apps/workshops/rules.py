"""Who may do what with a workshop; and the predicates that all other rules are made of.

A rule is asked of an actor and a subject: a workshop, or anything that belongs to one.
"""

from typing import Any

from apps.core.permissions import permit, predicate
from apps.workshops.models import Phase, Role, Workshop

TEAM = frozenset({Role.OWNER, Role.FACILITATOR, Role.RAPPORTEUR})


@predicate
def is_here(actor: Any, subject: Any) -> bool:
    """The actor takes part in the workshop that the subject belongs to: let in, not removed."""
    if actor is None or actor.admitted_at is None or actor.removed_at is not None:
        return False
    workshop_id = subject.pk if isinstance(subject, Workshop) else subject.workshop_id
    return bool(actor.workshop_id == workshop_id)


def has_role(*roles: str) -> Any:
    """Make a predicate: the actor has one of `roles`."""

    @predicate
    def has_one(actor: Any, _subject: Any) -> bool:
        return actor.role in roles

    return is_here & has_one


def in_phase(*phases: str) -> Any:
    """Make a predicate: the workshop is in one of `phases`."""

    @predicate
    def in_one(actor: Any, _subject: Any) -> bool:
        return actor.workshop.phase in phases

    return in_one


@predicate
def is_purged(actor: Any, _subject: Any) -> bool:
    """The day of deletion has come: nothing of this workshop changes any more."""
    return actor.workshop.purged_at is not None


is_team = has_role(*sorted(TEAM))
# Content may be worked on until it is published; going back a phase opens it again.
is_open = in_phase(Phase.SETTING_UP, Phase.LIVE, Phase.SYNTHESIS, Phase.REVIEW)

permit("workshops.set_up", has_role(Role.OWNER) & is_open)
permit("workshops.see_coverage", is_team)
permit("workshops.steer", is_team & is_open)
permit("workshops.move_phase", has_role(Role.OWNER, Role.FACILITATOR) & ~is_purged)
# In every phase: people may ask for it long after the day.
permit("workshops.change_deletion_date", has_role(Role.OWNER) & ~is_purged)
