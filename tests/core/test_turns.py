"""When all ask at once most wait, but not those who write, and not for who is slow to send."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from apps.core.turns import READING, Turns

WHOLE = {"type": "http.request", "more_body": False}


class Server:
    """An application that answers when it is let to, and whoever asks it."""

    def __init__(self) -> None:
        self.working = self.most = self.answered = 0
        self.let = asyncio.Event()
        self.turns = Turns(self._answer)

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        self.working += 1
        self.most = max(self.most, self.working)
        if scope["method"] == "GET":
            await self.let.wait()
        self.working -= 1
        await send({"type": "http.response.start"})

    def ask(self, method: str, arrives: asyncio.Event | None = None) -> asyncio.Task[None]:
        async def receive() -> dict[str, Any]:
            if arrives is not None:
                await arrives.wait()
            return dict(WHOLE)

        async def send(_: Any) -> None:
            self.answered += 1

        return asyncio.create_task(self.turns({"method": method}, receive, send))


def apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Run `work` in a thread: in that of the tests another loop may run, of a browser's."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_of_many_who_read_some_are_answered_at_a_time_and_all_in_the_end():
    async def room() -> Server:
        server = Server()
        asking = [server.ask("GET") for _ in range(200)]
        await asyncio.sleep(0)
        # Whoever writes is answered while they wait.
        await asyncio.wait_for(server.ask("POST"), 5)
        assert server.answered == 1
        server.let.set()
        await asyncio.wait_for(asyncio.gather(*asking), 5)
        return server

    server = apart(room())
    assert server.most <= READING + 1
    assert server.answered == 201


def test_who_sends_slowly_takes_no_turn():
    async def room() -> int:
        server, never = Server(), asyncio.Event()
        slow = [server.ask("POST", never) for _ in range(50)]
        await asyncio.wait_for(server.ask("POST"), 5)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        return server.answered

    assert apart(room()) == 1
