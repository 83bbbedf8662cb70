"""As much of a browser as the load needs: kept connections, and streams of events."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

Heard = Callable[[str, str], None]


class Wrong(Exception):
    """The server answered otherwise than it should."""


class Browser:
    """One person's browser: one kept connection to ask by, which is made anew when it ended."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port = port
        self._cookie = cookie
        self._pair: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Return status and body of the answer."""
        try:
            return await self._ask(path, body, headers or {})
        except (ConnectionError, asyncio.IncompleteReadError):
            # The server lets go of a connection that was silent; a browser asks again by another.
            await self.close()
            return await self._ask(path, body, headers or {})

    async def _ask(
        self, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        if self._pair is None:
            self._pair = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._pair
        writer.write(request(path, self._cookie, body, headers))
        await writer.drain()
        status, given = await head_of(reader)
        length = int(given.get("content-length", 0))
        answer = await reader.readexactly(length) if length else b""
        if given.get("connection") == "close":
            await self.close()
        return status, answer

    async def listen(self, path: str, heard: Heard) -> None:
        """Call `heard` with each event until cancelled; raises `Wrong` when the stream ends."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(request(path, self._cookie, None, {}))
            status, _ = await head_of(reader)
            if status != 200:
                raise Wrong(f"{path}: {status}")
            topic = ""
            while line := await reader.readline():
                # Events come in chunks of whole lines; the lengths of chunks are passed over.
                text = line.strip().decode()
                if text.startswith("event: "):
                    topic = text[7:]
                elif text.startswith("data: "):
                    heard(topic, text[6:])
            raise Wrong(f"{path}: the stream ended")
        finally:
            await let_go(writer)

    async def close(self) -> None:
        """Let go of the connection."""
        if self._pair is not None:
            await let_go(self._pair[1])
            self._pair = None


async def let_go(writer: asyncio.StreamWriter) -> None:
    """Close a connection, whatever the server thinks of it."""
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


def request(path: str, cookie: str, body: bytes | None, headers: dict[str, str]) -> bytes:
    """Return a request as it is sent."""
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", "Host: localhost"]
    lines += [f"Cookie: {cookie}", *(f"{name}: {value}" for name, value in headers.items())]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


async def head_of(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    """Return the status and the headers of an answer."""
    lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
    return int(lines[0].split()[1]), headers


async def everybody(tasks: list[Awaitable[Any]], at_once: int = 50) -> list[Any]:
    """Do all of `tasks`, no more than some at a time; returns what they return."""
    free = asyncio.Semaphore(at_once)

    async def one(task: Awaitable[Any]) -> Any:
        async with free:
            return await task

    return await asyncio.gather(*map(one, tasks))
