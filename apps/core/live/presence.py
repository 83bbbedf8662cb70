"""Who has a page open, in whatever process: nothing is stored, and what isn't said again lapses."""

import time
import uuid

SAID_EVERY = 10.0
LAPSES_AFTER = 25.0


class Presence:
    """What this process has heard of who is where."""

    def __init__(self) -> None:
        self._until: dict[uuid.UUID, dict[tuple[str, uuid.UUID], float]] = {}

    def hear(self, hub: str, scope_id: uuid.UUID, person_id: uuid.UUID, *, here: bool) -> None:
        """Note what the process `hub` says."""
        said = self._until.setdefault(scope_id, {})
        if here:
            said[hub, person_id] = time.monotonic() + LAPSES_AFTER
        else:
            said.pop((hub, person_id), None)

    def others(self, scope_id: uuid.UUID, person_id: uuid.UUID) -> int:
        """Return how many people other than `person_id` have a page of `scope_id` open."""
        now = time.monotonic()
        here = {who for (_, who), until in self._until.get(scope_id, {}).items() if until > now}
        return len(here - {person_id})

    def forget_lapsed(self) -> None:
        """Drop what wasn't said again in time."""
        now = time.monotonic()
        for scope_id, said in list(self._until.items()):
            kept = {key: until for key, until in said.items() if until > now}
            if kept:
                self._until[scope_id] = kept
            else:
                del self._until[scope_id]
