"""Personal links, as far as they can be read: whom they let in, and until when."""

from typing import Any

from django.utils import timezone

from apps.participants.models import LinkPurpose, Participant, PersonalLink
from apps.participants.selectors.being_here import HERE
from apps.workshops.models import Phase


def usable_link(digest: str) -> PersonalLink | None:
    """Return the link with this `digest`, with its participant, if it lets anybody in now.

    The database deletes the links of people whose role changes or who are removed, and those of
    workshops that are archived or purged; this asks once more.
    """
    return (
        PersonalLink.objects.select_related("participant__workshop")
        .filter(
            digest=digest,
            used_at=None,
            expires_at__gt=timezone.now(),
            participant__removed_at=None,
            participant__user=None,
            participant__workshop__purged_at=None,
        )
        .exclude(participant__workshop__phase=Phase.ARCHIVED)
        .first()
    )


def open_link_of(participant: Participant, purpose: LinkPurpose) -> PersonalLink | None:
    """Return the link of `participant` for this purpose that works now, if there is one."""
    return PersonalLink.objects.filter(
        participant=participant, purpose=purpose, used_at=None, expires_at__gt=timezone.now()
    ).first()


def without_account_in(workshop: Any) -> Any:
    """Return those who can come into `workshop` by a personal link alone."""
    return Participant.objects.filter(HERE, workshop=workshop, user=None)
