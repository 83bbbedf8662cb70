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
from apps.statements.models import Answer, HandCount, Means, Round, RoundState, Tally
from apps.statements.selectors.hands import hands_for
from apps.statements.selectors.plans import plan_of
from apps.statements.services.plans import mark_first_answer
from apps.workshops.attribution import keeps_groups
from apps.workshops.services.asking import require_now

NOT_HANDS = "This is answered on people’s own devices."
NOT_YET = "This isn’t being asked yet: open it, and then count the hands."
REVEALED = "What these hands came to was revealed, and stays as it is. Ask again in another round."
NOBODY = "Enter how many hands there were."
TOO_MANY = "That is more people than can be in a room. Look at the numbers again."
HOW_MANY = "Say how many people were there: who raised no hand was there, too."
OWN_COUNT = "Somebody else confirms what you counted: pass it on to another of the team."
NOTHING_COUNTED = "No hands have been entered yet."
NO_GROUPS = "Under the anonymous rule hands are counted for the whole room."
OTHER_GROUPS = "Choose groups of this workshop, of its main kind: nobody is counted twice then."
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

    `members` is how many people could have raised theirs; only where the plan says that nobody
    knows, it may be left open. They count once somebody else of the team confirms them. The
    facilitation team may, from the moment the round is opened until it is revealed. Raises
    `NotPermitted`, `Conflict` when `version` isn't the round's any more, and `RuleViolation` for a
    round that isn't answered by hands or at another moment, for no hands at all, for fewer people
    than hands, and for groups that aren't of the workshop's main axis.
    """
    require_now(actor, "statements.ask", asked)
    row = _locked(asked, version)
    _check_numbers(row, counts, members)
    _check_groups(row, {group_id for group_id in counts if group_id is not None})
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
    # Whoever enters them knows what was answered: from now on rule and plan stand.
    mark_first_answer(row.workshop_id)
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
    if not row.hand_counts.exists():
        raise refuse("", NOTHING_COUNTED)
    if row.counted_by_id == actor.pk:
        raise refuse("", OWN_COUNT)
    if row.confirmed_at is not None:
        return row
    row.confirmed_by, row.confirmed_at = actor, timezone.now()
    row.version += 1
    row.save(update_fields=["confirmed_by", "confirmed_at", "version"])
    Tally.objects.bulk_create(
        Tally(round=row, group_id=each.key, value=value, count=count)
        for each in hands_for(row.workshop, row)
        for value, count in (
            (Answer.AGREE, each.counts.agree),
            (Answer.DISAGREE, each.counts.disagree),
            (Answer.UNSURE, each.counts.unsure),
        )
        if count
    )
    audit.record("round.hands_confirmed", row, actor=actor, scope_id=row.workshop_id)
    return row


def _locked(asked: Round, version: int | None) -> Round:
    row: Round = lock_version(Round.objects.select_related("workshop"), asked.pk, version)
    if row.means != Means.HANDS:
        raise refuse("", NOT_HANDS)
    if row.state == RoundState.DRAFT:
        raise refuse("", NOT_YET)
    # A closed one takes them, too: hands are down before they are written down.
    if row.state == RoundState.REVEALED:
        raise refuse("", REVEALED)
    return row


def _check_numbers(
    row: Round, counts: Mapping[uuid.UUID | None, Counts], members: int | None
) -> None:
    total = sum(each.answered for each in counts.values())
    if not total:
        raise refuse("", NOBODY)
    if total > MOST_HANDS or (members or 0) > MOST_HANDS:
        raise refuse("", TOO_MANY)
    if members is None and not plan_of(row.workshop).is_open:
        raise refuse("members", HOW_MANY)
    if members is not None and members < total:
        raise refuse("members", f"{total} hands went up, so at least {total} people were there.")


def _check_groups(row: Round, groups: set[uuid.UUID]) -> None:
    if groups and not keeps_groups(row.workshop):
        raise refuse("", NO_GROUPS)
    main = Group.objects.filter(workshop=row.workshop_id, axis=row.workshop.main_axis)
    if main.filter(pk__in=groups).count() != len(groups):
        raise refuse("", OTHER_GROUPS)
