"""Statements that were asked, without going through everybody who answered."""

from collections.abc import Mapping
from typing import Any

from apps.participants.models import Group
from apps.statements.measures.counts import Counts
from apps.statements.models import Round, RoundState, Statement, Tally
from apps.statements.selectors import plan_of
from apps.statements.services.revealing import reveal
from apps.statements.services.statements import begin_round
from tests.factories import StatementFactory


def put_answers(asked: Round, counts: Mapping[Group | None, Counts]) -> None:
    """Let so many of each group have answered."""
    for group, given in counts.items():
        for value, count in ((1, given.agree), (-1, given.disagree), (0, given.unsure)):
            Tally.objects.create(round=asked, group=group, value=value, count=count)


def go_to(asked: Round, state: str, **values: Any) -> None:
    """Bring a round into the next state."""
    Round.objects.filter(pk=asked.pk).update(state=state, **values)
    asked.refresh_from_db()


def revealed(
    counts: Mapping[Group | None, Counts], *, members: int | None = None, **about: Any
) -> Statement:
    """Return a statement of which one round was revealed."""
    statement = about.pop("statement", None) or StatementFactory(**about)
    asked = statement.rounds.latest("number")
    go_to(asked, RoundState.OPEN)
    put_answers(asked, counts)
    go_to(asked, RoundState.CLOSED, members=members)
    reveal(statement.workshop, plan_of(statement.workshop), [asked])
    go_to(asked, RoundState.REVEALED)
    return statement


def asked_again(statement: Statement, state: str = RoundState.OPEN) -> Round:
    """Return the next round of a statement, open if nothing else is said."""
    last = statement.rounds.latest("number")
    begun = begin_round(statement, statement.wordings.latest("number"), number=last.number + 1)
    if state != RoundState.DRAFT:
        go_to(begun, RoundState.OPEN)
    return begun
