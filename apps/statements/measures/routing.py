"""Which statements to put to whom first, where there are more than one person answers.

Up to sixty everybody is asked all, in an order of their own. Of more, those are drawn sooner that
say more: new ones, and those that part people. Every fifth place at least is drawn evenly, so that
no statement starves. Plain Python: priorities are worked out and drawn from within a request,
from how many answered each.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from math import log
from typing import TypeVar

ALL_UP_TO = 60
EVENLY = 0.2

K = TypeVar("K")


def priority(agree: int, unsure: int, seen: int, extremity: float) -> float:
    """Return how soon to ask a statement, relative to others; above 0.

    As in Polis: `seen` people answered, `extremity` is how far it moves somebody on the map
    (`projection.Projection.extremity`, 0 where there is no map). A new statement counts ninefold.
    """
    of_interest = (1 - (unsure + 1) / (seen + 2)) * (extremity + 1) * (agree + 1) / (seen + 2)
    return float((of_interest * (1 + 8 * 2 ** (-seen / 5))) ** 2)


def order_for(person: str, priorities: Mapping[K, float], *, answered: Iterable[K] = ()) -> list[K]:
    """Return in which order `person` is asked what they have not answered.

    The same for the same `person` (whatever names them: it is the seed) and priorities; each
    statement keeps its luck when others come or go. Without replacement, each with a chance by its
    priority (Efraimidis and Spirakis 2006), which have to be above 0.
    """
    done = set(answered)
    left = {key: each for key, each in priorities.items() if key not in done}
    evenly = sorted(left, key=lambda key: _luck(person, key))
    if len(priorities) <= ALL_UP_TO:
        return evenly
    waits = {key: -log(1 - _luck(person, key, "priority")) / left[key] for key in left}
    by_priority = sorted(left, key=lambda key: waits[key])
    found: dict[K, None] = {}
    queues = iter(evenly), iter(by_priority)
    while len(found) < len(left):
        queue = queues[_luck(person, len(done) + len(found), "place") >= EVENLY]
        found[next(key for key in queue if key not in found)] = None
    return list(found)


def _luck(*of: object) -> float:
    """Return a number from 0 to 1 that looks like chance, and is the same for the same things."""
    digest = blake2b(repr(of).encode(), digest_size=6).digest()
    return int.from_bytes(digest) / 2**48
