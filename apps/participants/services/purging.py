"""The day of deletion: what goes, the proof that it went, and what is swept up between."""

import logging
import uuid
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.models import Session as BrowserSession
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.core import audit
from apps.core.contributions import contributed
from apps.core.exceptions import RuleViolation
from apps.core.holdings import Removal, StillThere, carry_out
from apps.core.permissions import require
from apps.participants.models import (
    Participant,
    PersonalLink,
    PurgeReport,
    RosterDraft,
    WrongCode,
)
from apps.workshops.models import Phase, Workshop
from apps.workshops.services import as_it_is_now

logger = logging.getLogger(__name__)

NOT_TYPED = "Type the title as it stands above, to say that you mean this workshop."
# How long a list of people may be looked at before anybody is added from it.
DRAFT_KEPT = timedelta(days=1)
WRONG_CODE_KEPT = timedelta(hours=1)


def purge_due() -> int:
    """Delete what is personal in every workshop whose day has come; return of how many.

    For the scheduler. One transaction a workshop: a killed process leaves each either as it was
    or done, and one that can't be done doesn't hold up the others. Run twice at once, one waits
    for the other and finds it done.
    """
    done = 0
    for workshop in _due():
        try:
            done += _purge(workshop.pk, actor=None) is not None
        except Exception as error:
            # What was left is told; the text of any other error may quote a row.
            left = f": {error}" if isinstance(error, StillThere) else ""
            logger.exception(
                "Workshop %s wasn't purged, and will be tried again%s", workshop.pk, left
            )
    return done


@transaction.atomic
def purge_now(*, actor: Participant, title: str) -> PurgeReport | None:
    """Delete what is personal in the actor's workshop before its day, and return the report.

    The owner may, and types the workshop's `title` to show that it is meant. Returns None if it
    was done meanwhile. Raises `NotPermitted`, and `RuleViolation` for another title.
    """
    require(actor, "participants.purge", actor.workshop)
    # The lock that is needed in the end, before the lesser one.
    _locked(actor.workshop_id)
    as_it_is_now(actor)
    if actor.workshop.purged_at is not None:
        return None
    require(actor, "participants.purge", actor.workshop)
    if _folded(title) != _folded(actor.workshop.title):
        raise RuleViolation(NOT_TYPED, fields={"title": NOT_TYPED})
    return _purge(actor.workshop_id, actor=actor)


def sweep() -> dict[str, int]:
    """Delete what has run out: drafts, links, sessions, wrong codes; return how many of what.

    For the scheduler. Each app says what of its own it is, at the place "sweep".
    """
    removals: list[Removal] = contributed("sweep")
    return {removal.what: removal.remove() for removal in removals}


def what_has_run_out() -> Iterator[Removal]:
    """Return what of this app has run out by now."""
    now = timezone.now()
    used_up = PersonalLink.objects.filter(Q(expires_at__lt=now) | Q(used_at__isnull=False))
    drafts = RosterDraft.objects.filter(created_at__lt=now - DRAFT_KEPT)
    codes = WrongCode.objects.filter(at__lt=now - WRONG_CODE_KEPT)
    sessions = BrowserSession.objects.filter(expire_date__lt=now)
    yield Removal("personal links", lambda: used_up.delete()[0], used_up.count)
    yield Removal("lists of people", lambda: drafts.delete()[0], drafts.count)
    yield Removal("wrong codes", lambda: codes.delete()[0], codes.count)
    yield Removal("sessions of browsers", _clear_sessions, sessions.count)


def _due() -> list[Workshop]:
    """Return the workshops whose day of deletion has begun where they are."""
    now = timezone.now()
    waiting = Workshop.objects.filter(
        purged_at__isnull=True, purge_on__lte=(now + timedelta(days=1)).date()
    )
    return [workshop for workshop in waiting.order_by("purge_on") if _has_come(workshop)]


def _has_come(workshop: Workshop) -> bool:
    today = timezone.localdate(timezone=workshop.zone)
    return workshop.purge_on is not None and workshop.purge_on <= today


@transaction.atomic
def _purge(workshop_id: uuid.UUID, *, actor: Participant | None) -> PurgeReport | None:
    workshop = _locked(workshop_id)
    if workshop.purged_at is not None or (actor is None and not _has_come(workshop)):
        return None
    deleted, remaining = carry_out(contributed("purge", workshop=workshop))
    before = workshop.phase
    workshop.purged_at = timezone.now()
    workshop.phase = Phase.ARCHIVED
    workshop.version += 1
    workshop.save(update_fields=["purged_at", "phase", "version"])
    audit.record(
        "workshop.purged",
        workshop,
        actor=actor,
        scope_id=workshop.pk,
        before={"phase": before},
        after={"phase": workshop.phase},
    )
    return PurgeReport.objects.create(
        workshop=workshop,
        deleted=_lines(deleted),
        remaining=_lines(remaining),
        kept=[
            {"what": kept.what, "count": kept.count, "why": kept.why}
            for kept in contributed("purge:kept", workshop=workshop)
        ],
    )


def _locked(workshop_id: uuid.UUID) -> Workshop:
    """Lock a workshop in full: nothing that belongs to it can be added until the purge is done,
    and then the database refuses it.
    """
    return Workshop.objects.select_for_update().get(pk=workshop_id)


def _lines(counts: dict[str, int]) -> list[dict[str, object]]:
    # A list, for the database keeps no order of names.
    return [{"what": what, "count": count} for what, count in counts.items()]


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def _clear_sessions() -> int:
    expired = BrowserSession.objects.filter(expire_date__lt=timezone.now()).count()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return expired
