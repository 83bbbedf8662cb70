"""Counting again what is kept as counts."""

import logging
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Sum

from apps.statements.models import Answer, Means, Response, Round, RoundState, Tally
from apps.statements.selectors.hands import hands_for
from apps.workshops.attribution import leaves_no_trace

logger = logging.getLogger(__name__)

Key = tuple[uuid.UUID | None, int]


@dataclass(frozen=True)
class Recount:
    """What a recount of one round found: counts kept and counted, where they differ."""

    round_id: uuid.UUID
    differing: dict[Key, tuple[int, int]]


@transaction.atomic
def recount(*, asked: Round, mend: bool = False) -> Recount:
    """Count the answers of one round anew and compare; with `mend`, put what was counted in place.

    For the command and the scheduler: it belongs to no actor and changes nothing that was revealed.
    The round is locked, so that no answer comes in meanwhile.
    """
    row = Round.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=asked.pk)
    kept = {
        (group, value): total
        for group, value, total in Tally.objects.filter(round=row)
        .values_list("group", "value")
        .annotate(total=Sum("count"))
        if total
    }
    counted = _hands(row) if row.means == Means.HANDS else _answers(row)
    if leaves_no_trace(row.workshop):
        # Counted by group before the rule was anonymous, or not: of the room it is the same.
        kept, counted = _of_the_room(kept), _of_the_room(counted)
    differing = {
        key: (kept.get(key, 0), counted.get(key, 0))
        for key in {*kept, *counted}
        if kept.get(key, 0) != counted.get(key, 0)
    }
    if differing and mend:
        Tally.objects.filter(round=row).delete()
        Tally.objects.bulk_create(
            Tally(round=row, group_id=group, value=value, count=count)
            for (group, value), count in counted.items()
        )
    return Recount(row.pk, differing)


def recount_all(*, mend: bool = False) -> tuple[int, list[Recount]]:
    """Recount every round that was opened; return how many there are, and those that differ.

    For the command and, once a night, the scheduler, which says in the log what it finds.
    """
    rounds = Round.objects.exclude(state=RoundState.DRAFT).order_by("pk")
    found = [recount(asked=asked, mend=mend) for asked in rounds.iterator()]
    differing = [each for each in found if each.differing]
    for each in differing:
        logger.error("Counts of round %s differ from its answers", each.round_id)
    return len(found), differing


def _of_the_room(counts: dict[Key, int]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for (_, value), count in counts.items():
        found[None, value] = found.get((None, value), 0) + count
    return found


def _answers(row: Round) -> dict[Key, int]:
    found = (
        Response.objects.filter(round=row).values_list("group", "value").annotate(total=Count("pk"))
    )
    return {(group, value): total for group, value, total in found.order_by()}


def _hands(row: Round) -> dict[Key, int]:
    if row.confirmed_at is None:
        return {}
    return {
        (each.key, value): count
        for each in hands_for(row.workshop, row)
        for value, count in (
            (Answer.AGREE, each.counts.agree),
            (Answer.DISAGREE, each.counts.disagree),
            (Answer.UNSURE, each.counts.unsure),
        )
        if count
    }
