"""Who someone is here."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.core.models import AuditEntry
from apps.participants.codes import as_given
from apps.participants.models import Participant
from apps.workshops.models import Phase

# Who takes part: nobody who was removed, and nobody who still waits in the lobby.
HERE = Q(removed_at__isnull=True, admitted_at__isnull=False)
# Nothing leads to them any more, whatever their browser says.
FORGOTTEN = Q(workshop__purged_at__isnull=False) | Q(
    Exists(AuditEntry.objects.filter(verb="participant.erased", subject_id=OuterRef("pk")))
)
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
    return (
        Participant.objects.filter(_claims(user, joined), HERE, workshop__slug=slug)
        .select_related("workshop", "user")
        .order_by("user")  # by account before by browser: nulls come last
        .first()
    )


def person_behind(
    *, user: Any, joined: Collection[uuid.UUID] = (), slug: str = "", code: str = ""
) -> Participant | None:
    """Return whom someone is in the workshop `slug`, or that with the join `code` or its key.

    Also who waits to be admitted, or was removed: for pages that tell them so, and no others.
    """
    place = {"workshop__slug": slug}
    if code:
        place = {f"workshop__join_code__{field}": value for field, value in as_given(code).items()}
    return (
        Participant.objects.filter(_claims(user, joined), **place)
        .select_related("workshop", "user")
        .order_by(F("removed_at").asc(nulls_first=True), F("admitted_at").asc(nulls_last=True))
        .first()
    )


def people_outside(
    *, user: Any, joined: Collection[uuid.UUID] = (), **place: Any
) -> QuerySet[Participant]:
    """Return whom someone is where they wait to be admitted, or were removed; see above.

    `place` narrows it to a workshop. Whoever was erased, or went on the day of deletion, is nobody.
    """
    return (
        Participant.objects.filter(_claims(user, joined), **place)
        .exclude(HERE)
        .exclude(FORGOTTEN)
        .select_related("workshop", "user")
        .order_by("workshop__title", F("removed_at").asc(nulls_first=True), "pk")
    )


def participations_of(user: Any, *, joined: Collection[uuid.UUID] = ()) -> list[Participant]:
    """Return everything that someone takes part in, by account or by having joined; see above.

    Workshops that are going on come first, then those to come, then those that are done.
    """
    found = (
        Participant.objects.filter(_claims(user, joined), HERE)
        .select_related("workshop", "user")
        .order_by("user", "-workshop__starts_on", "workshop__title")
    )
    # By account before by browser, where both lead to the same workshop.
    by_workshop: dict[uuid.UUID, Participant] = {}
    for participant in found:
        by_workshop.setdefault(participant.workshop_id, participant)
    return sorted(by_workshop.values(), key=lambda each: ATTENTION.index(each.workshop.phase))


def _claims(user: Any, joined: Collection[uuid.UUID]) -> Q:
    claims = Q(pk__in=joined, user__isnull=True)
    if user is not None and user.is_authenticated:
        claims |= Q(user=user)
    return claims
