"""Taking answers."""

import uuid
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from apps.annotations.services.given import line, refuse
from apps.core import live
from apps.core.exceptions import GONE, Gone
from apps.participants.models import Participant
from apps.statements.models import (
    Answer,
    Means,
    Response,
    Round,
    RoundState,
    Scale,
)
from apps.statements.services.plans import mark_first_answer
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.services.asking import require_meanwhile

# What the console hears of: how many answered, and nothing else.
ANSWERS = "answers"
CLOSED = "This round is closed: it takes no more answers, and an earlier one of yours stays."
NOT_YET = "This isn’t being asked yet."
HANDS = "This is answered by a show of hands."
NO_ANSWER = "Choose one of the answers."
NO_KEY = (
    "Under the anonymous rule your browser signs your answer with a key of its own, which needs "
    "scripts. Allow them for this site, and answer again."
)
ELSEWHERE = (
    "You answered this already, from another browser or before the rule was anonymous. Here nobody "
    "knows which answer it was, so it stays."
)
OTHERWISE = "You answered this from another device meanwhile. Look at that answer, and choose."
KEY_LENGTH, OFTEN = 64, 32_000

# The round as it is, held open until this is done; and whether anything was answered here before.
_HELD = """
SELECT r.*, p.first_answer_at IS NOT NULL AS anything_before
FROM statements_round r LEFT JOIN statements_askingplan p ON p.workshop_id = r.workshop_id
WHERE r.id = %s AND r.workshop_id = %s FOR SHARE OF r
"""
# In place of an earlier answer, but not of one that came after it from the same device.
_TAKE = """
INSERT INTO statements_response AS r
  (id, workshop_id, round_id, participant_id, key, group_id, value, reason, answered_on, nth)
VALUES (
  %(id)s, %(workshop)s, %(round)s, %(participant)s, %(key)s,
  (SELECT group_id FROM participants_groupmembership
   WHERE participant_id = %(participant)s AND axis = %(axis)s),
  %(value)s, %(reason)s, %(today)s, coalesce(%(nth)s, 1)
)
ON CONFLICT {whose} DO UPDATE SET
  value = excluded.value, reason = excluded.reason, group_id = excluded.group_id,
  answered_on = excluded.answered_on, nth = coalesce(%(nth)s, r.nth + 1)
WHERE %(nth)s IS NULL OR r.nth < %(nth)s
  OR (r.nth, r.value, r.reason) = (%(nth)s, excluded.value, excluded.reason)
RETURNING r.*
"""
_TAKE_OF_PERSON = _TAKE.format(whose="(round_id, participant_id)")
_TAKE_OF_KEY = _TAKE.format(whose="(round_id, key) WHERE key <> ''")


@transaction.atomic
def respond(
    *,
    actor: Participant,
    asked: Round | uuid.UUID,
    value: int,
    reason: str = "",
    key: str = "",
    nth: int | None = None,
) -> Response:
    """Take what `actor` answers to what is `asked` (a round, or its id), in place of an earlier
    answer; return it.

    Under the anonymous rule it belongs to `key`, which the browser makes from its secret for each
    round, and to nobody else. Of the answers that one device sends, the one with the highest `nth`
    counts, in whatever order they arrive; without it, the last. Participants may while the round is
    open, and the team where the owner said so. Nothing of it stands in the history. Raises
    `NotPermitted`, `Gone`, and `RuleViolation` for a round that isn't open, an answer that isn't
    one, a missing key, a second answer under another key, or one that another device of the same
    person was quicker with.
    """
    subject = asked if isinstance(asked, Round) else actor.workshop
    require_meanwhile(actor, "statements.respond", subject)
    held = _held_open(actor, asked.pk if isinstance(asked, Round) else asked)
    if value not in Answer.values or (held.scale == Scale.THREE and abs(value) > 1):
        raise refuse("value", NO_ANSWER)
    anonymous = leaves_no_trace(actor.workshop)
    values: dict[str, Any] = {
        "id": uuid.uuid4(),
        "workshop": held.workshop_id,
        "round": held.pk,
        "participant": None if anonymous else actor.pk,
        "key": _own_key(actor, held, key) if anonymous else "",
        "axis": actor.workshop.main_axis,
        "value": value,
        "reason": line(reason)[:500],
        "today": timezone.localdate(),
        "nth": None if nth is None else max(1, min(nth, OFTEN)),
    }
    rows = Response.objects.raw(_TAKE_OF_KEY if anonymous else _TAKE_OF_PERSON, values)
    taken = next(iter(rows), None)
    if taken is None:
        raise refuse("value", OTHERWISE)
    if not held.anything_before:
        mark_first_answer(held.workshop_id)
    live.publish(held.workshop_id, ANSWERS)
    return taken


def _held_open(actor: Participant, asked: uuid.UUID) -> Any:
    """Return the round as it is, and keep it from being closed until this is done."""
    held = next(iter(Round.objects.raw(_HELD, [asked, actor.workshop_id])), None)
    if held is None:
        raise Gone(GONE)
    if held.means == Means.HANDS:
        raise refuse("value", HANDS)
    if held.state != RoundState.OPEN:
        raise refuse("value", NOT_YET if held.state == RoundState.DRAFT else CLOSED)
    return held


def _own_key(actor: Participant, asked: Round, key: str) -> str:
    """Return `key` if it may answer: a new one of somebody who hasn't answered, or one that has."""
    if len(key) != KEY_LENGTH or not set(key) <= set("0123456789abcdef"):
        raise refuse("key", NO_KEY)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO statements_answered (workshop_id, round_id, participant_id)"
            " VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [asked.workshop_id, asked.pk, actor.pk],
        )
        is_first = cursor.rowcount == 1
    if is_first == Response.objects.filter(round=asked, key=key).exists():
        raise refuse("key", ELSEWHERE)
    return key
