"""Those who listen, and what waits to be sent to them."""

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

# A proxy, or a phone's network, drops a connection on which nothing comes for a while.
KEEP_ALIVE_SECONDS = 20.0
KEEP_ALIVE = b": keep-alive\n\n"


@dataclass(frozen=True, eq=False)
class Listener:
    """Somebody who may hear of `topics` of a scope, on one page.

    `is_present` says that others are told, as a number, that this page is open. `ticket` is
    whatever says later whether they still may.
    """

    scope_id: uuid.UUID
    person_id: uuid.UUID
    topics: frozenset[str]
    is_present: bool = False
    ticket: Any = None


class Client:
    """An open stream. Of each topic only the last version waits: a slow reader takes no memory."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.others = -1
        self._waiting: dict[str, str] = {}
        self._something = asyncio.Event()
        self._is_over = False

    def tell(self, topic: str, data: object) -> None:
        """Have `topic` sent, if this client may hear of it."""
        if topic in self.listener.topics:
            self._waiting[topic] = str(data)
            self._something.set()

    def resync(self) -> None:
        """Tell the client that it may have missed something, whatever it was."""
        self._waiting["resync"] = "0"
        self._something.set()

    def end(self) -> None:
        """End the stream; whether another one begins is decided at the door."""
        self._is_over = True
        self._something.set()

    async def next(self) -> bytes | None:
        """Return what to send next as soon as there is something; None when it is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(KEEP_ALIVE_SECONDS):
                await self._something.wait()
        self._something.clear()
        if self._is_over:
            return None
        waiting, self._waiting = self._waiting, {}
        return b"".join(_events(waiting)) or KEEP_ALIVE


def _events(waiting: dict[str, str]) -> Iterator[bytes]:
    for topic, data in waiting.items():
        yield f"event: {topic}\ndata: {data}\n\n".encode()
