"""Who someone is here."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import Q

from apps.participants.models import Participant
from apps.workshops.models import Phase

# Who takes part: nobody who was removed, and nobody who still waits in the lobby.
HERE = Q(removed_at__isnull=True, admitted_at__isnull=False)
# What needs attention comes first in a list of workshops.
ATTENTION: list[str] = [
    Phase.LIVE,
    Phase.SYNTHESIS,
    Phase.REVIEW,
    Phase.SETTING_UP,
    Phase.PUBLISHED,
    Phase.ARCHIVED,
]


def participant_in(
    slug: str, *, user: Any, joined: Collection[uuid.UUID] = ()
) -> Participant | None:
    """Return who someone is in workshop `slug`: by account, or by having joined with this browser.

    `joined` are the participants that this browser joined as, in whatever workshops. People who
    were removed, or wait to be admitted, are nobody.
    """
    claims = Q(pk__in=joined, user__isnull=True)
    if user is not None and user.is_authenticated:
        claims |= Q(user=user)
    return (
        Participant.objects.filter(claims, HERE, workshop__slug=slug)
        .select_related("workshop", "user")
        .order_by("user")  # by account before by browser: nulls come last
        .first()
    )


def participations_of(user: Any, *, joined: Collection[uuid.UUID] = ()) -> list[Participant]:
    """Return everything that someone takes part in, by account or by having joined; see above.

    Workshops that are going on come first, then those to come, then those that are done.
    """
    claims = Q(pk__in=joined, user__isnull=True)
    if user is not None and user.is_authenticated:
        claims |= Q(user=user)
    found = (
        Participant.objects.filter(claims, HERE)
        .select_related("workshop", "user")
        .order_by("user", "-workshop__starts_on", "workshop__title")
    )
    # By account before by browser, where both lead to the same workshop.
    by_workshop: dict[uuid.UUID, Participant] = {}
    for participant in found:
        by_workshop.setdefault(participant.workshop_id, participant)
    return sorted(by_workshop.values(), key=lambda each: ATTENTION.index(each.workshop.phase))
