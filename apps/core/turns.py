"""Taking turns: when a room asks for the same page at the same moment, most of it waits.

Every request that Django works on holds a thread, and soon a connection to the database. Of 200 at
once each would be slow, and some would wait for a connection in vain. Here they wait before that,
where it costs nothing, in the order in which they came. What writes has turns of its own: a note
doesn't wait for those who read.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# Together no more than the pool has connections; see `config.settings.database`. Python computes
# in one thread at a time: more that read would only slow down who writes.
READING, WRITING = 3, 4
SAFE = {"GET", "HEAD", "OPTIONS"}


class Turns:
    """`application`, asked by no more than some at a time.

    A turn begins when the request has arrived in full and ends when the answer begins: whoever
    sends or takes slowly keeps nobody waiting.
    """

    def __init__(self, application: Callable[[Any, Any, Any], Awaitable[None]]) -> None:
        self._application = application
        self._reading = asyncio.Semaphore(READING)
        self._writing = asyncio.Semaphore(WRITING)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request when its turn comes."""
        turns = self._reading if scope["method"] in SAFE else self._writing
        has_turn = False

        async def received() -> Message:
            nonlocal has_turn
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body"):
                await turns.acquire()
                has_turn = True
            return message

        async def answer(message: Message) -> None:
            nonlocal has_turn
            if has_turn:
                has_turn = False
                turns.release()
            await send(message)

        try:
            await self._application(scope, received, answer)
        finally:
            if has_turn:
                turns.release()
