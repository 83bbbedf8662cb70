"""What devices keep until it can be sent: an entry, what became of it, and the kinds there are.

Each app says at "queue:kinds" which kinds of entries it takes; one endpoint takes them all, in the
order in which they were written.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

# The id that nothing has.
NOTHING = uuid.UUID(int=0)


class State(StrEnum):
    """What became of an entry; a device forgets it only when it is saved."""

    SAVED = "saved"
    REFUSED = "refused"
    # Somebody changed meanwhile what it was about.
    CONFLICT = "conflict"
    # It waits behind an entry about the same thing that wasn't taken.
    HELD = "held"


@dataclass(frozen=True)
class Entry:
    """Something written on a device.

    `id` is the entry's own, made by the device; `about` is the id of what it is about, or becomes.
    """

    id: uuid.UUID
    kind: str
    about: uuid.UUID
    session: uuid.UUID = NOTHING
    fields: Mapping[str, Any] = field(default_factory=dict)
    written_at: datetime | None = None

    def text(self, name: str = "text") -> str:
        """Return a field that is a text, or nothing for one that isn't."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def key(self, name: str) -> uuid.UUID:
        """Return a field that is an id, or that of nothing."""
        return next(iter(keys_in([self.fields.get(name)])), NOTHING)

    def keys(self, name: str) -> list[uuid.UUID]:
        """Return the ids in a field that is a list of some."""
        value = self.fields.get(name)
        return keys_in(value) if isinstance(value, list) else []


@dataclass(frozen=True)
class Taken:
    """What became of an entry. `why` is a sentence for whoever wrote it: of one that is saved,
    what of it wasn't. `current` is what is there now, after a conflict.
    """

    state: State
    sequence: int | None = None
    change: int | None = None
    why: str = ""
    current: str | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of entry: the permission that whoever sends some needs in the workshop, and the
    service that takes one (`actor`, `entry`), or raises a refusal.
    """

    name: str
    may: str
    take: Callable[..., Taken]


def keys_in(values: Iterable[object]) -> list[uuid.UUID]:
    """Return those of `values` that are ids, each once, in order."""
    found: dict[uuid.UUID, None] = {}
    for value in values:
        try:
            found[uuid.UUID(str(value))] = None
        except ValueError:
            continue
    return list(found)
