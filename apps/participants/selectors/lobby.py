"""Who waits to be let in."""

from typing import Any

from django.db.models import Prefetch

from apps.participants.models import GroupMembership, Participant
from apps.workshops.models import Workshop

WAITING = {"admitted_at__isnull": True, "removed_at__isnull": True}


def waiting_in(workshop: Workshop) -> Any:
    """Return those who wait to be let into `workshop`, in the order in which they came.

    Each with its `memberships` on the main axis. For those who may admit people.
    """
    memberships = GroupMembership.objects.filter(axis=workshop.main_axis).select_related("group")
    return (
        Participant.objects.filter(workshop=workshop, **WAITING)
        .prefetch_related(Prefetch("memberships", memberships))
        .order_by("created_at", "pk")
    )


def waiting_count(workshop: Workshop) -> int:
    """Return how many wait to be let into `workshop`."""
    return Participant.objects.filter(workshop=workshop, **WAITING).count()
