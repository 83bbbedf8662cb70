"""What the room answered, as pages list it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from apps.statements.measures.ordering import common_ground, divisive
from apps.statements.models import Answer, Response, Statement
from apps.statements.picture import Picture, picture_of
from apps.statements.selectors.figures import figures_in, revealed_statements
from apps.statements.selectors.results import Revealed, revealed_in
from apps.workshops.models import Workshop

# By what what was revealed is listed, and how people call it.
ORDERS = {
    "queue": "In order",
    "common": "Common ground first",
    "divisive": "What divides first",
}
# Of the reasons for the answers to a round so many are shown.
MOST_REASONS = 60
_SIDES = {1: "For agreeing", -1: "For disagreeing", 0: "For being unsure"}


@dataclass(frozen=True)
class ShownRound:
    """A round with its picture, and why people answered so."""

    found: Revealed
    picture: Picture
    # By side, texts in no order that says anything.
    reasons: list[tuple[str, list[str]]]

    @property
    def reason_count(self) -> int:
        """How many reasons there are."""
        return sum(len(texts) for _, texts in self.reasons)

    @property
    def some_reasons(self) -> bool:
        """Whether there may be more than are shown."""
        return self.reason_count == MOST_REASONS


def in_order(workshop: Workshop, order: str) -> list[uuid.UUID]:
    """Return the statements of which anything was revealed, by `order`.

    By nothing but the figures that may be told, so that the order tells nothing else.
    """
    by = {"common": common_ground, "divisive": divisive}.get(order)
    if by is None:
        return revealed_statements(workshop)
    found = sorted(
        figures_in(workshop), key=lambda each: by(each.groups, each.counts), reverse=True
    )
    return [each.statement_id for each in found]


def drawn(found: Revealed, *, by_group: bool = True) -> Picture:
    """Return what the room answered as a picture, and beneath it each group that is told of."""
    if found.counts is None:
        return picture_of({})
    rows = {"": found.counts}
    if by_group:
        rows |= {group.plural: group.counts for group in found.groups if group.counts}
    name = f"answers-{str(found.round_id)[:8]}"
    return picture_of(rows, members=found.members, name=name)


def rounds_of(workshop: Workshop, statement: Statement) -> list[ShownRound]:
    """Return what was revealed of `statement`, the last round first."""
    rounds = revealed_in(workshop, [statement.pk]).get(statement.pk, [])
    reasons = _reasons(workshop, rounds)
    return [
        ShownRound(
            found=each,
            picture=drawn(each),
            reasons=reasons.get(each.round_id, []),
        )
        for each in reversed(rounds)
    ]


def _reasons(
    workshop: Workshop, rounds: Sequence[Revealed]
) -> dict[uuid.UUID, list[tuple[str, list[str]]]]:
    """Return what people gave as reasons, where enough answered for anything to be told."""
    told = [each.round_id for each in rounds if each.counts is not None]
    if not told:
        return {}
    given = Response.objects.filter(workshop=workshop).exclude(reason="")
    # By random ids: in no order that could be that of answering, and of many so many by chance.
    first, *others = (given.filter(round=each).order_by("pk")[:MOST_REASONS] for each in told)
    rows = first.union(*others, all=True) if others else first
    found: dict[uuid.UUID, dict[int, list[str]]] = {}
    for asked, value, reason in rows.values_list("round", "value", "reason"):
        side = (value > Answer.UNSURE) - (value < Answer.UNSURE)
        found.setdefault(asked, {}).setdefault(side, []).append(reason)
    return {
        asked: [(label, sides[side]) for side, label in _SIDES.items() if side in sides]
        for asked, sides in found.items()
    }
