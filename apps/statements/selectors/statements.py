"""Statements, and where each of them stands."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from apps.annotations.selectors import annotations_visible_to
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.statements.models import (
    Round,
    RoundState,
    Statement,
    StatementEvidence,
)
from apps.statements.selectors.counting import answered_in
from apps.statements.selectors.plans import people_who_may_answer, plan_of


def statements_visible_to(actor: Participant) -> QuerySet[Statement]:
    """Return the statements that `actor` may read, in the order of the queue.

    The team all; participants those that are or were asked; observers those that were revealed.
    Whoever isn't of the team reads the words that were asked last, and none that will be.
    """
    statements = Statement.objects.filter(workshop=actor.workshop_id).select_related("theme")
    if allowed(actor, "statements.see_all", actor.workshop):
        return statements
    states = [RoundState.REVEALED]
    if allowed(actor, "statements.read_open", actor.workshop):
        states.append(RoundState.OPEN)
    seen = Round.objects.filter(statement=OuterRef("pk"), state__in=states).order_by("-number")
    words = Subquery(seen.values("wording__text")[:1])
    return statements.filter(Exists(seen)).annotate(asked_words=words)


def rounds_visible_to(actor: Participant) -> QuerySet[Round]:
    """Return the rounds that `actor` may read of: the team all, others by their state."""
    rounds = Round.objects.filter(workshop=actor.workshop_id).select_related("wording", "statement")
    if allowed(actor, "statements.see_all", actor.workshop):
        return rounds
    states = [RoundState.REVEALED]
    if allowed(actor, "statements.read_open", actor.workshop):
        states.append(RoundState.OPEN)
    return rounds.filter(state__in=states)


def tests_visible_to(actor: Participant) -> QuerySet[StatementEvidence]:
    """Return which statement tests which finding, as far as `actor` may read both."""
    return StatementEvidence.objects.filter(
        workshop=actor.workshop_id,
        statement__in=statements_visible_to(actor),
        annotation__in=annotations_visible_to(actor),
    ).select_related("annotation__theme", "position", "statement")


@dataclass(frozen=True)
class Queued:
    """A statement in the queue of the team, with its last round and how many answered."""

    statement: Statement
    round: Round
    answered: int
    members: int | None

    @property
    def state(self) -> str:
        """How far its last round is."""
        return self.round.state

    @property
    def progress(self) -> str:
        """How many answered, and nothing else: “19 of 27 answered”."""
        return answered_words(self.answered, self.members)

    @property
    def everybody(self) -> int:
        """How many answers there may be, as far as that is known: the end of what fills up."""
        return max(self.members or 0, self.answered)


def queue_of(
    actor: Participant,
    *,
    only: uuid.UUID | None = None,
    states: Collection[str] | None = None,
    withdrawn: bool | None = None,
) -> list[Queued]:
    """Return the statements of the actor's workshop, or `only` one, with their last rounds.

    Those of which the last round is in one of `states`, and those that were `withdrawn` or not,
    where that is asked. As many queries for five hundred as for one.
    """
    rounds = rounds_visible_to(actor).select_related("wording", "statement__theme")
    if only is not None:
        rounds = rounds.filter(statement=only)
    if states is not None and RoundState.REVEALED not in states:
        # A round that isn't revealed is the last of its statement.
        rounds = rounds.filter(state__in=states)
    if withdrawn is not None:
        rounds = rounds.filter(statement__withdrawn_at__isnull=not withdrawn)
    last = sorted(
        rounds.order_by("statement_id", "-number").distinct("statement_id"),
        key=lambda each: (each.statement.order, each.statement.created_at),
    )
    found = [each for each in last if states is None or each.state in states]
    answered = answered_in([each.pk for each in found])
    now = people_who_may_answer(actor.workshop, plan_of(actor.workshop))
    return [
        Queued(
            statement=each.statement,
            round=each,
            answered=answered.get(each.pk, 0),
            members=members_of(each, now),
        )
        for each in found
    ]


def by_state(queue: Iterable[Queued]) -> dict[str, list[Queued]]:
    """Return what is queued by the state of its last round; withdrawn ones apart."""
    found: dict[str, list[Queued]] = {state: [] for state in [*RoundState.values, "withdrawn"]}
    for each in queue:
        withdrawn = each.statement.withdrawn_at is not None
        found["withdrawn" if withdrawn else each.state].append(each)
    return found


def answered_words(answered: int, members: int | None) -> str:
    """Return “19 of 27 answered”, or “19 answered” where nobody knows of how many."""
    if members is None:
        return f"{answered} answered"
    return f"{answered} of {max(members, answered)} answered"


def members_of(asked: Round, now: int | None) -> int | None:
    """Return how many could answer what is `asked`, of whom `now` are here: as held fast when it
    closed, or as the hands were counted; None where nobody knows.
    """
    if asked.state in {RoundState.CLOSED, RoundState.REVEALED} or asked.members is not None:
        return asked.members
    return now
