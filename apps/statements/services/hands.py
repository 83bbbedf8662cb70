"""Hands counted in the room: entered by one person, confirmed by another."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from apps.annotations.services.given import refuse
from apps.core import audit
from apps.core.editing import lock_version
from apps.participants.models import Group, Participant
from apps.statements.measures.counts import Counts
from apps.statements.models import Answer, AskingPlan, HandCount, Means, Round, RoundState, Tally
from apps.workshops.attribution import keeps_groups
from apps.workshops.services.asking import require_now

NOT_HANDS = "This is answered on people’s own devices."
NOT_OPEN = "Hands are counted while the round is open."
NOBODY = "Enter how many hands there were."
TOO_MANY = "That is more people than can be in a room. Look at the numbers again."
OWN_COUNT = "Somebody else confirms what you counted: pass it on to another of the team."
NOTHING_COUNTED = "No hands have been entered yet."
NO_GROUPS = "Under the anonymous rule hands are counted for the whole room."
MOST_HANDS = 10_000


@transaction.atomic
def count_hands(
    *,
    actor: Participant,
    asked: Round,
    counts: Mapping[uuid.UUID | None, Counts],
    members: int | None = None,
    version: int | None = None,
) -> Round:
    """Enter the hands that went up, for each group (None: those of none), in place of earlier ones.

    `members` is how many people could have raised theirs. They count once somebody else of the
    team confirms them. The facilitation team may, while the round is open. Raises `NotPermitted`,
    `Conflict` when `version` isn't the round's any more, and `RuleViolation` for a round that isn't
    answered by hands or isn't open, for no hands at all, and for groups of another workshop.
    """
    require_now(actor, "statements.ask", asked)
    row = _locked(asked, version)
    total = sum((each.answered for each in counts.values()), 0)
    if not total:
        raise refuse("", NOBODY)
    if total > MOST_HANDS or (members or 0) > MOST_HANDS:
        raise refuse("", TOO_MANY)
    if members is not None and members < total:
        raise refuse("members", f"{total} hands went up, so at least {total} people were there.")
    groups = [group_id for group_id in counts if group_id is not None]
    if groups and not keeps_groups(row.workshop):
        raise refuse("", NO_GROUPS)
    if Group.objects.filter(workshop=row.workshop_id, pk__in=groups).count() != len(groups):
        raise refuse("", "Choose groups of this workshop.")
    row.hand_counts.all().delete()
    HandCount.objects.bulk_create(
        HandCount(
            workshop_id=row.workshop_id, round=row, group_id=group_id,
            agree=each.agree, disagree=each.disagree, unsure=each.unsure,
        )
        for group_id, each in counts.items()
        if each.answered
    )  # fmt: skip
    row.counted_by, row.confirmed_by, row.confirmed_at = actor, None, None
    row.members = members
    row.version += 1
    row.save(update_fields=["counted_by", "confirmed_by", "confirmed_at", "members", "version"])
    Tally.objects.filter(round=row).delete()
    audit.record("round.hands_counted", row, actor=actor, scope_id=row.workshop_id)
    return row


@transaction.atomic
def confirm_hands(
    *,
    actor: Participant,
    asked: Round,
    version: int | None = None,
) -> Round:
    """Confirm the hands that somebody else entered: from now on they count.

    The facilitation team may, but for whoever entered them. Raises `NotPermitted`, `Conflict` when
    they changed since `version`, and `RuleViolation`.
    """
    require_now(actor, "statements.ask", asked)
    row = _locked(asked, version)
    if row.counted_by_id is None and not row.hand_counts.exists():
        raise refuse("", NOTHING_COUNTED)
    if row.counted_by_id == actor.pk:
        raise refuse("", OWN_COUNT)
    if row.confirmed_at is not None:
        return row
    row.confirmed_by, row.confirmed_at = actor, timezone.now()
    row.version += 1
    row.save(update_fields=["confirmed_by", "confirmed_at", "version"])
    Tally.objects.bulk_create(
        Tally(round=row, group_id=each.group_id, value=value, count=count)
        for each in row.hand_counts.all()
        for value, count in (
            (Answer.AGREE, each.agree),
            (Answer.DISAGREE, each.disagree),
            (Answer.UNSURE, each.unsure),
        )
        if count
    )
    _mark_first_answer(row)
    audit.record("round.hands_confirmed", row, actor=actor, scope_id=row.workshop_id)
    return row


def _locked(asked: Round, version: int | None) -> Round:
    row: Round = lock_version(Round.objects.select_related("workshop"), asked.pk, version)
    if row.means != Means.HANDS:
        raise refuse("", NOT_HANDS)
    if row.state != RoundState.OPEN:
        raise refuse("", NOT_OPEN)
    return row


def _mark_first_answer(row: Round) -> None:
    AskingPlan.objects.get_or_create(pk=row.workshop_id)
    AskingPlan.objects.filter(pk=row.workshop_id, first_answer_at=None).update(
        first_answer_at=timezone.now()
    )
