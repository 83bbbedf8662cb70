"""What is held on somebody, what goes when its time is over, and the proof that it went.

Each app says it of its own rows, at the places "people:held", "people:forget", "purge",
"purge:kept" and "sweep"; see `apps.core.contributions`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class HeldItem:
    """One thing that is held on somebody."""

    text: str
    # Where it stands, or of what it tells.
    about: str = ""
    at: datetime | None = None
    url: str = ""


@dataclass(frozen=True)
class Held:
    """What is held on somebody of one kind; `erased` says what erasing does with it."""

    key: str
    title: str
    items: list[HeldItem]
    erased: str


@dataclass(frozen=True)
class Removal:
    """Something that goes.

    `what` is its name in a report: plural, small letters. `remove` removes all of it and returns
    how many there were; `remaining` counts what is there, by a query of its own.
    """

    what: str
    remove: Callable[[], int]
    remaining: Callable[[], int]


@dataclass(frozen=True)
class Kept:
    """Something that stays when the rest goes, and why."""

    what: str
    count: int
    why: str


class StillThere(Exception):
    """Something was left after it had been removed. Whoever removed it must roll back."""

    def __init__(self, left: Mapping[str, int]) -> None:
        super().__init__(", ".join(f"{count} {what}" for what, count in left.items()))


def carry_out(removals: Iterable[Removal]) -> tuple[dict[str, int], dict[str, int]]:
    """Remove all of it, then look again: return what was removed, and what a second look found.

    Within the caller's transaction. Both are counts by name, in the order of `removals`; the
    second are all zero, or else `StillThere` is raised.
    """
    todo = list(removals)
    removed = {removal.what: removal.remove() for removal in todo}
    found = {removal.what: removal.remaining() for removal in todo}
    left = {what: count for what, count in found.items() if count}
    if left:
        raise StillThere(left)
    return removed, found
