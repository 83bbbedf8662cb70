"""What somebody is asked, in an order of their own, and what they answered."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.statements.measures.routing import ALL_UP_TO, order_for, priority
from apps.statements.models import Answer, Answered, Means, Response, Round, RoundState, Scale
from apps.statements.selectors.counting import answered_in
from apps.workshops.attribution import leaves_no_trace

# From the one end to the other, as they stand on a phone.
ANSWERS_OF: dict[str, list[Answer]] = {
    Scale.THREE: [Answer.AGREE, Answer.DISAGREE, Answer.UNSURE],
    Scale.FIVE: [
        Answer.STRONGLY_AGREE,
        Answer.AGREE,
        Answer.UNSURE,
        Answer.DISAGREE,
        Answer.STRONGLY_DISAGREE,
    ],
}


@dataclass(frozen=True)
class Ask:
    """A statement that somebody is asked, with what they answered so far."""

    round: Round
    answered: bool
    # What and why; None also where nobody can know, for nothing leads to it.
    value: int | None = None
    reason: str = ""
    # How often they answered it, as far as that leads to them.
    nth: int = 0

    @property
    def text(self) -> str:
        """The words that are asked."""
        return self.round.wording.text

    @property
    def answers(self) -> list[Answer]:
        """What may be answered, from the one end to the other."""
        return ANSWERS_OF[self.round.scale]

    @property
    def given(self) -> Answer | None:
        """What was answered, where anybody can know."""
        return None if self.value is None else Answer(self.value)


def open_rounds_for(actor: Participant) -> QuerySet[Round]:
    """Return the rounds that `actor` may answer at this moment on a device of their own."""
    if not allowed(actor, "statements.respond", actor.workshop):
        return Round.objects.none()
    return Round.objects.filter(
        workshop=actor.workshop_id, state=RoundState.OPEN, means=Means.DEVICES
    ).select_related("wording", "statement__theme")


def rounds_once_open(actor: Participant) -> QuerySet[Round]:
    """Return the rounds of the actor's workshop that are, or were, open to answers.

    For whoever answers and comes too late: they learn of which statement that is so.
    """
    rounds = Round.objects.filter(workshop=actor.workshop_id).select_related("wording")
    return rounds.exclude(state=RoundState.DRAFT)


def left_to_answer(actor: Participant) -> tuple[int, int]:
    """Return how many statements `actor` has still to answer, and of how many. One query."""
    kept: Any = Answered if leaves_no_trace(actor.workshop) else Response
    answers = kept.objects.filter(participant=actor, round=OuterRef("pk"))
    counted = open_rounds_for(actor).aggregate(
        left=Count("pk", filter=~Exists(answers)), every=Count("pk")
    )
    return counted["left"], counted["every"]


def asked_of(actor: Participant) -> list[Ask]:
    """Return what `actor` is asked at this moment, each in an order of their own. Two queries.

    The order is by chance, and the same each time: nobody's answer hangs on what the others saw
    just before. Of more than sixty open statements, those that were answered come first, and then
    the sixty that are to be answered next (three queries): sooner those that few have answered. It
    hangs on how many did, which isn't hidden, and not on what they answered, which is.
    """
    asks = {each.round.pk: each for each in _asks(actor, list(open_rounds_for(actor)))}
    person = str(actor.pk)
    order = order_for(person, dict.fromkeys(asks, 1.0))
    if len(asks) <= ALL_UP_TO:
        return [asks[each] for each in order]
    done = [each for each in order if asks[each].answered]
    seen = answered_in(asks)
    soon = {each: _how_soon(seen.get(each, 0)) for each in asks}
    return [asks[each] for each in [*done, *order_for(person, soon, answered=done)[:ALL_UP_TO]]]


def _how_soon(seen: int) -> float:
    """Return how soon to ask what `seen` people answered, as if they had been of all minds."""
    return priority(agree=seen // 3, unsure=seen // 3, seen=seen, extremity=0.0)


def _asks(actor: Participant, rounds: Collection[Round]) -> list[Ask]:
    ids = [each.pk for each in rounds]
    if leaves_no_trace(actor.workshop):
        marks = Answered.objects.filter(participant=actor, round__in=ids)
        answered = set(marks.values_list("round", flat=True))
        return [Ask(each, answered=each.pk in answered) for each in rounds]
    own = {
        each.round_id: each for each in Response.objects.filter(participant=actor, round__in=ids)
    }
    return [_ask(each, own.get(each.pk)) for each in rounds]


def _ask(asked: Round, own: Response | None) -> Ask:
    if own is None:
        return Ask(asked, answered=False)
    return Ask(asked, answered=True, value=own.value, reason=own.reason, nth=own.nth)
