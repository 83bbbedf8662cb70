"""Putting answers in no order: under the anonymous rule nothing tells who answered first."""

import logging
from collections.abc import Collection

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from apps.core import jobs
from apps.statements.models import Answered, Means, Round, RoundState
from apps.statements.selectors.counting import LARGE, answered_in
from apps.workshops.attribution import TRACELESS
from apps.workshops.models import Workshop

logger = logging.getLogger(__name__)

# The same answers with other ids, written anew as they come by chance.
_SHUFFLE = """
WITH gone AS (DELETE FROM statements_response WHERE round_id = %s RETURNING *)
INSERT INTO statements_response
  (id, workshop_id, round_id, key, value, reason, answered_on, nth)
SELECT gen_random_uuid(), workshop_id, round_id, key, value, reason, answered_on, 1
FROM gone ORDER BY random()
"""


def put_in_no_order(rounds: Collection[Round]) -> None:
    """Let nothing in the database tell in which order `rounds`, just closed, were answered, nor
    who answered: at once, or by a worker where that would take long.

    Part of `services.close_rounds`, which says who may.
    """
    if sum(answered_in([each.pk for each in rounds]).values()) > LARGE:
        jobs.enqueue_on_commit("apps.statements.tasks.shuffle")
        return
    for each in rounds:
        _shuffle(each)


def shuffle_what_is_left() -> int:
    """Do so for what was closed and is in the order of answering still; returns how many rounds.

    For a worker, after a large room was asked; and for what was closed before its workshop's rule
    became anonymous.
    """
    due = Round.objects.filter(
        shuffled_at=None,
        means=Means.DEVICES,
        state__in=[RoundState.CLOSED, RoundState.REVEALED],
        workshop__in=Workshop.objects.filter(TRACELESS),
    )
    done = 0
    for pk in due.values_list("pk", flat=True).order_by("pk"):
        try:
            done += _shuffle_if_due(due.filter(pk=pk))
        except DatabaseError:
            # One that can't be shuffled keeps no other from it; the next run tries again.
            logger.exception("The answers of round %s are in their order still", pk)
    return done


@transaction.atomic
def _shuffle_if_due(due: QuerySet[Round]) -> bool:
    # Another worker may be at it.
    row = due.select_for_update(of=("self",), skip_locked=True).first()
    if row is None:
        return False
    _shuffle(row)
    return True


def _shuffle(row: Round) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SHUFFLE, [row.pk])
    Answered.objects.filter(round=row).delete()
    Round.objects.filter(pk=row.pk).update(shuffled_at=Now())
