"""The day of deletion: when it comes, what will go, what stays, what went."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date

from apps.core.contributions import contributed
from apps.core.holdings import Kept, Removal
from apps.core.models import AuditEntry
from apps.participants.models import PurgeReport
from apps.workshops.models import Workshop

# For how long before the day its owner is reminded of it.
REMINDED = timedelta(days=14)


@dataclass(frozen=True)
class MovedDate:
    """That the day was moved, from when to when, and why."""

    at: datetime
    was: date | None
    becomes: date | None
    reason: str


@dataclass(frozen=True)
class Gone:
    """What was deleted of one kind, and what a second look found left."""

    what: str
    deleted: int
    left: int


@dataclass(frozen=True)
class Report:
    """What was deleted, and what was kept and why."""

    created_at: datetime
    gone: list[Gone]
    kept: list[dict[str, Any]]


def purge_report(workshop: Workshop) -> Report | None:
    """Return the report of what was deleted, None if the day hasn't come."""
    stored = PurgeReport.objects.filter(workshop=workshop).first()
    if stored is None:
        return None
    left = {line["what"]: line["count"] for line in stored.remaining}
    gone = [Gone(line["what"], line["count"], left[line["what"]]) for line in stored.deleted]
    return Report(stored.created_at, gone, stored.kept)


def moved_dates(workshop: Workshop) -> list[MovedDate]:
    """Return how the day was moved, the latest first: for everybody who was told it."""
    entries = AuditEntry.objects.filter(scope_id=workshop.pk, after__has_key="purge_on")
    return [
        MovedDate(
            at=entry.at,
            was=_day(entry.before.get("purge_on")),
            becomes=_day(entry.after["purge_on"]),
            reason=entry.reason,
        )
        for entry in entries.order_by("-at")
    ]


def what_goes(workshop: Workshop) -> list[dict[str, Any]]:
    """Return what would go if the day were today, each with how many there are; none of none."""
    removals: list[Removal] = contributed("purge", workshop=workshop)
    found = [{"what": removal.what, "count": removal.remaining()} for removal in removals]
    return [line for line in found if line["count"]]


def what_stays(workshop: Workshop) -> list[Kept]:
    """Return what would stay, how many of each, and why."""
    return contributed("purge:kept", workshop=workshop)


def days_left(workshop: Workshop) -> int | None:
    """Return in how many days the day comes; None if there is none, or it has come."""
    if workshop.purge_on is None or workshop.purged_at is not None:
        return None
    return max((workshop.purge_on - timezone.localdate(timezone=workshop.zone)).days, 0)


def _day(stored: str | None) -> date | None:
    return parse_date(stored) if stored else None
