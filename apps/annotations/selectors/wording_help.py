"""What could be better about a finding, to somebody who writes it."""

from collections.abc import Collection

from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.participants.selectors.attribution import names_to_choose


def names_known_to(actor: Participant) -> Collection[str]:
    """Return the names on the list of people, to those who read it; nothing to others.

    To be told that a word is somebody's name is to be told who is on the list.
    """
    if not allowed(actor, "participants.see_roster", actor.workshop):
        return ()
    return [name.partition(" (")[0] for _, name in names_to_choose(actor.workshop)]
