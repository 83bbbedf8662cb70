"""Taking answers."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from apps.annotations.services.given import line, refuse
from apps.core import live
from apps.core.exceptions import GONE, Gone
from apps.participants.models import GroupMembership, Participant
from apps.statements.models import (
    Answer,
    Answered,
    AskingPlan,
    Means,
    Response,
    Round,
    RoundState,
    Scale,
)
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
    "You answered this from another browser. Change it there: here nobody knows which it was."
)
KEY_LENGTH = 64


@transaction.atomic
def respond(
    *,
    actor: Participant,
    asked: Round,
    value: int,
    reason: str = "",
    key: str = "",
) -> Response:
    """Take what `actor` answers to what is `asked`, in place of an earlier answer; return it.

    Under the anonymous rule it belongs to `key`, which the browser makes from its secret for each
    round, and to nobody else. Participants may while the round is open, and the team where the
    owner said so. Nothing of it stands in the history. Raises `NotPermitted`, `Gone`, and
    `RuleViolation` for a round that isn't open, an answer that isn't one, a missing key, or a
    second answer under another key.
    """
    require_meanwhile(actor, "statements.respond", asked)
    held = _held_open(asked)
    if value not in Answer.values or (held.scale == Scale.THREE and abs(value) > 1):
        raise refuse("value", NO_ANSWER)
    values: dict[str, Any] = {
        "value": value, "reason": line(reason)[:500], "answered_on": timezone.localdate(),
    }  # fmt: skip
    whose: dict[str, Any]
    if leaves_no_trace(actor.workshop):
        whose = {"key": _own_key(actor, held, key)}
    else:
        whose = {"participant": actor}
        values["group_id"] = _group_of(actor)
    response, _ = Response.objects.update_or_create(
        round=held,
        **whose,
        defaults=values,
        create_defaults={**values, "workshop": actor.workshop},
    )
    _mark_first_answer(actor)
    live.publish(held.workshop_id, ANSWERS)
    return response


def _held_open(asked: Round) -> Round:
    """Return the round as it is, and keep it from being closed until this is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM statements_round WHERE id = %s FOR SHARE", [asked.pk])
    held = Round.objects.filter(pk=asked.pk).first()
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
    _, is_first = Answered.objects.get_or_create(
        round=asked, participant=actor, defaults={"workshop": actor.workshop}
    )
    if not is_first and not Response.objects.filter(round=asked, key=key).exists():
        raise refuse("key", ELSEWHERE)
    return key


def _group_of(actor: Participant) -> object:
    memberships = GroupMembership.objects.filter(participant=actor, axis=actor.workshop.main_axis)
    return memberships.values_list("group", flat=True).first()


def _mark_first_answer(actor: Participant) -> None:
    plan = AskingPlan.objects.filter(pk=actor.workshop_id).first()
    if plan is None or plan.first_answer_at is None:
        AskingPlan.objects.get_or_create(pk=actor.workshop_id)
        AskingPlan.objects.filter(pk=actor.workshop_id, first_answer_at=None).update(
            first_answer_at=timezone.now()
        )
