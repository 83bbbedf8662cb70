"""A room that is asked: its team, and people of two groups who answer."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from apps.participants.models import Group, Participant
from apps.statements.models import Round, Statement
from apps.statements.services import close_rounds, open_rounds, respond, reveal_rounds
from apps.workshops.models import Phase, Role, Workshop
from tests.factories import GroupFactory, ParticipantFactory, StatementFactory, WorkshopFactory


@dataclass
class Room:
    """A workshop that is under way, with those in it."""

    workshop: Workshop
    facilitator: Participant
    owner: Participant
    groups: dict[str, Group] = field(default_factory=dict)
    people: dict[str, list[Participant]] = field(default_factory=dict)

    @property
    def everybody(self) -> list[Participant]:
        return [person for people in self.people.values() for person in people]

    def ask(self, text: str = "Influence is an end in itself.", **given: Any) -> Statement:
        """Put a statement and open its first round."""
        statement = StatementFactory(workshop=self.workshop, text=text, **given)
        open_rounds(actor=self.facilitator, rounds=[self.round_of(statement)])
        return statement

    def round_of(self, statement: Statement) -> Round:
        return statement.rounds.latest("number")

    def answer(self, statement: Statement, **given: list[int]) -> None:
        """Let the people of each group answer, in order: `scholars=[1, 1, -1]`."""
        for group, values in given.items():
            for person, value in zip(self.people[group], values, strict=False):
                respond(actor=person, asked=self.round_of(statement), value=value)

    def reveal(self, *statements: Statement) -> Any:
        rounds = [self.round_of(each) for each in statements]
        return reveal_rounds(actor=self.facilitator, rounds=rounds)

    def close(self, *statements: Statement) -> Any:
        rounds = [self.round_of(each) for each in statements]
        return close_rounds(actor=self.facilitator, rounds=rounds)


def make_room(
    *, phase: str = Phase.LIVE, sizes: dict[str, int] | None = None, **basics: Any
) -> Room:
    """Return a room with as many people in each group as `sizes` says."""
    sizes = {"scholars": 6, "practitioners": 6} if sizes is None else sizes
    workshop = WorkshopFactory(phase=phase, **{"number_present": None, **basics})
    room = Room(
        workshop,
        facilitator=ParticipantFactory(workshop=workshop, role=Role.FACILITATOR),
        owner=ParticipantFactory(workshop=workshop, role=Role.OWNER),
    )
    for plural, size in sizes.items():
        group = GroupFactory(workshop=workshop, singular=plural[:-1], plural=plural)
        room.groups[plural] = group
        room.people[plural] = [
            ParticipantFactory(workshop=workshop, group=group) for _ in range(size)
        ]
    return room


@pytest.fixture
def room(db: None) -> Room:
    return make_room()
