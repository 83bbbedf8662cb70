"""Keeping answers open: an ASGI application around the one that answers.

A view that wants its answer to stay open says so by `keep_open`. What it answers is sent as it is,
with the headers that every answer has. Then the view, its thread and its connection to the database
are done with, and what is left is a socket and a place in the hub.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from apps.core.live.clients import Client, Listener
from apps.core.live.hub import Hub, TooMany

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]

KEY = "rapporteur.listener"
# Somebody whose connection takes nothing for so long is gone.
STUCK_SECONDS = 30.0
TOO_MANY: list[Message] = [
    {
        "type": "http.response.start",
        "status": 429,
        "headers": [(b"retry-after", b"60"), (b"cache-control", b"no-store")],
    },
    {"type": "http.response.body", "body": b"Too many pages are open."},
]


def keep_open(request: HttpRequest, listener: Listener) -> None:
    """Let the answer to `request` stay open, and go on with what `listener` may hear.

    Where the server doesn't do that (in tests of views) the answer ends, and nothing follows.
    """
    scope = getattr(request, "scope", None)
    if scope is not None:
        scope[KEY] = listener


class LivePages:
    """`application`, and behind its answers the streams that it keeps open."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._hub: Hub | None = None

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request, or begin and end with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        client: Client | None = None

        async def answer(message: Message) -> None:
            nonlocal client
            if KEY not in scope:
                await send(message)
            elif message["type"] == "http.response.start":
                client = await self._begin(scope[KEY], message, send)
            elif client is not None:
                await send({**message, "more_body": True})

        try:
            await self._application(scope, receive, answer)
            if client is not None:
                await _go_on(client, receive, send)
        finally:
            if client is not None and self._hub is not None:
                self._hub.leave(client)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Run the hub for as long as the server lives."""
        await receive()
        self._hub = Hub(settings.DATABASE_URL)
        running = asyncio.create_task(self._hub.run())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await send({"type": "lifespan.shutdown.complete"})

    async def _begin(self, listener: Listener, message: Message, send: Send) -> Client | None:
        """Send the head of the answer, as one whose length isn't known; None if there is no room.

        The listener is in the hub before the greeting leaves: nothing falls between.
        """
        assert self._hub is not None  # noqa: S101 - the server has started
        try:
            client = self._hub.join(listener)
        except TooMany:
            for part in TOO_MANY:
                await send(part)
            return None
        headers = [pair for pair in message["headers"] if pair[0].lower() != b"content-length"]
        await send({**message, "headers": headers})
        return client


async def _go_on(client: Client, receive: Receive, send: Send) -> None:
    """Send what `client` may hear until either side ends it."""
    gone = asyncio.create_task(_gone(receive))
    gone.add_done_callback(lambda _: client.end())
    try:
        while (said := await client.next()) is not None:
            async with asyncio.timeout(STUCK_SECONDS):
                await send({"type": "http.response.body", "body": said, "more_body": True})
        if not gone.done():
            await send({"type": "http.response.body", "body": b""})
    except (TimeoutError, OSError):
        return
    finally:
        gone.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
