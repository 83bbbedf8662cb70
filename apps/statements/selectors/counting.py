"""How many answered, and how many could have: read from the counts, never from the answers."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Sum

from apps.statements.measures.counts import Counts
from apps.statements.models import Tally

# A request goes through no more answers than these; of more a worker takes care.
LARGE = 2_000

# By group (None: those of none), how many gave which answer.
ByGroup = dict[uuid.UUID | None, dict[int, int]]


def tallies_of(rounds: Collection[uuid.UUID]) -> dict[uuid.UUID, ByGroup]:
    """Return by round and group how many gave which answer. One query."""
    found: dict[uuid.UUID, ByGroup] = {}
    rows = Tally.objects.filter(round__in=rounds).order_by()
    for asked, group, value, total in rows.values_list("round", "group", "value").annotate(
        total=Sum("count")
    ):
        if total:
            found.setdefault(asked, defaultdict(dict))[group][value] = total
    return found


def answered_in(rounds: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return how many answered in each of `rounds`, and nothing else. One query."""
    rows = Tally.objects.filter(round__in=rounds).order_by()
    return dict(rows.values_list("round").annotate(total=Sum("count")))


def collapsed(values: Iterable[tuple[int, int]]) -> Counts:
    """Return (answer, how many) as who agrees, disagrees and is unsure, however strongly."""
    agree = disagree = unsure = 0
    for value, count in values:
        if value > 0:
            agree += count
        elif value < 0:
            disagree += count
        else:
            unsure += count
    return Counts(agree, disagree, unsure)
