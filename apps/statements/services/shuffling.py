"""Putting answers in no order: under the anonymous rule nothing tells who answered first."""

from collections.abc import Collection

from django.db import connection, transaction
from django.db.models.functions import Now

from apps.core import jobs
from apps.statements.models import Answered, Means, Round, RoundState
from apps.statements.selectors.counting import answered_in
from apps.workshops.models import AttributionRule

# A request goes through no more answers than these; of more a worker takes care.
LARGE = 2_000

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
        workshop__attribution_rule=AttributionRule.ANONYMOUS,
    )
    done = 0
    for pk in due.values_list("pk", flat=True).order_by("pk"):
        with transaction.atomic():
            # Another worker may be at it.
            row = due.filter(pk=pk).select_for_update(of=("self",), skip_locked=True).first()
            if row is not None:
                _shuffle(row)
                done += 1
    return done


def _shuffle(row: Round) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SHUFFLE, [row.pk])
    Answered.objects.filter(round=row).delete()
    Round.objects.filter(pk=row.pk).update(shuffled_at=Now())
