"""Reading all answers that were revealed. For workers: it goes through every one of them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from apps.participants.selectors.attribution import group_labels
from apps.statements.models import Response
from apps.statements.selectors.results import Revealed, last_revealed_in
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.models import Workshop

Given = tuple[int, date]


@dataclass
class Voter:
    """Somebody who answered: what, by the place of the statement, and on which day."""

    group: uuid.UUID | None = None
    given: dict[int, Given] = field(default_factory=dict)


@dataclass(frozen=True)
class Exported:
    """The statements that were revealed, in order, and those who answered them, in none.

    `groups` maps those that may be named to what they are called. Under the anonymous rule nobody
    is here (`linked` False): the answers of one person don't belong together.
    """

    statements: list[Revealed]
    voters: list[Voter]
    groups: dict[uuid.UUID, str]
    linked: bool


def gather(workshop: Workshop, chance: Random) -> Exported:
    """Return all answers to what was revealed last of each statement; `chance` orders people.

    Of what so few answered that their number alone is told, no answers.
    """
    results = last_revealed_in(workshop)
    order = workshop.statements.filter(pk__in=results).values_list("pk", flat=True)
    statements = [results[pk] for pk in order]
    if leaves_no_trace(workshop):
        return Exported(statements, [], {}, linked=False)
    voters = list(_voters(workshop, statements))
    chance.shuffle(voters)
    groups = _nameable(workshop, statements)
    return Exported(statements, voters, groups, linked=True)


def _voters(workshop: Workshop, statements: list[Revealed]) -> Iterable[Voter]:
    told = [(place, each) for place, each in enumerate(statements) if each.counts is not None]
    places = {each.round_id: place for place, each in told}
    found: dict[object, Voter] = {}
    rows = Response.objects.filter(workshop=workshop, round__in=places).order_by()
    for pk, participant, key, group, asked, value, day in rows.values_list(
        "pk", "participant", "key", "group", "round", "value", "answered_on"
    ).iterator(chunk_size=10_000):
        # Whoever was forgotten since leads to nobody, and no answer of theirs to another.
        voter = found.setdefault(participant or key or pk, Voter())
        voter.group = group or voter.group
        voter.given[places[asked]] = (value, day)
    return found.values()


def _nameable(workshop: Workshop, statements: list[Revealed]) -> dict[uuid.UUID, str]:
    """Return the groups whose figures were published for every statement."""
    labels = {group.pk: group.plural for group in workshop.groups.all()}
    told = [{group.id for group in each.groups if group.counts} for each in statements]
    everywhere = set.intersection(*told) if told else set()
    return {pk: labels[pk] for pk in labels if pk in everywhere & set(group_labels(workshop))}
