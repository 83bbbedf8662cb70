"""The hub: one connection to the database that listens, for all open pages of a process."""

import asyncio
import json
import logging
import random
import uuid
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any

import psycopg
from django.db import connections
from psycopg.conninfo import make_conninfo

from apps.core import live
from apps.core.contributions import contributed
from apps.core.live.clients import Client, Listener
from apps.core.live.presence import SAID_EVERY, Presence

logger = logging.getLogger(__name__)

# Whether those who listen still may is looked at this often, and at most this often.
CHECKED_EVERY, CHECKED_AT_MOST_EVERY = 3.0, 0.5
# How long a silent connection to the database is believed in, and how long to wait for another.
PATIENCE, FIRST_WAIT, LONGEST_WAIT = 10.0, 0.2, 5.0
LIMIT_OF_A_PERSON, LIMIT_OF_THE_PROCESS = 10, 2_000
# By this name the connection is found among those of the database.
NAME = "rapporteur live pages"
# A connection that died without a word is noticed by the kernel, too.
KEPT_ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}


class TooMany(Exception):
    """Somebody has as many pages open as may be kept up to date, or this process has."""


class Hub:
    """Hears what changed, and tells those who may know.

    Who no longer may, the apps say at "live:outdated": of `listeners`, those for whom anything
    changed of what let them in.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = make_conninfo(dsn, application_name=NAME, **KEPT_ALIVE)
        self._name = uuid.uuid4().hex
        self._clients: dict[uuid.UUID, set[Client]] = {}
        self._presence = Presence()
        self._check = asyncio.Event()
        # Whether everything was heard, and everybody is known to be entitled.
        self._hears = False
        self._is_sure = True
        self._errands: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Listen, look after those who listen, and say who is here, until cancelled."""
        async with asyncio.TaskGroup() as together:
            together.create_task(self._listen())
            together.create_task(self._keep_checking())
            together.create_task(self._keep_saying())

    def join(self, listener: Listener) -> Client:
        """Take `listener` in; raises `TooMany`."""
        beside = self._clients.get(listener.scope_id, set())
        own = sum(client.listener.person_id == listener.person_id for client in beside)
        if own >= LIMIT_OF_A_PERSON or len(self._everybody()) >= LIMIT_OF_THE_PROCESS:
            raise TooMany
        client = Client(listener)
        self._clients.setdefault(listener.scope_id, set()).add(client)
        if listener.is_present:
            self._say(listener, here=True)
        self._count_others(listener.scope_id)
        return client

    def leave(self, client: Client) -> None:
        """Let go of `client`."""
        listener = client.listener
        beside = self._clients[listener.scope_id]
        beside.discard(client)
        if listener.is_present and not any(
            other.listener.is_present and other.listener.person_id == listener.person_id
            for other in beside
        ):
            self._say(listener, here=False)
        if not beside:
            del self._clients[listener.scope_id]

    async def _listen(self) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._dsn, autocommit=True
                ) as connection:
                    await connection.execute(f"LISTEN {live.CHANNEL}")
                    wait = FIRST_WAIT
                    self._hears = True
                    # What was withdrawn in the gap wasn't heard either.
                    self._is_sure = False
                    self._check.set()
                    self._send_off(live.ask_presence)
                    await self._hear_all(connection)
            except (psycopg.Error, OSError) as error:
                self._hears = False
                logger.warning("Live pages hear nothing of the database: %s", type(error).__name__)
            await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311 - spreads processes
            wait = min(2 * wait, LONGEST_WAIT)

    async def _hear_all(self, connection: psycopg.AsyncConnection) -> None:
        while True:
            async for heard in connection.notifies(timeout=PATIENCE):
                self._hear(heard.payload)
            async with asyncio.timeout(PATIENCE):
                await connection.execute("SELECT 1")

    def _hear(self, payload: str) -> None:
        message: dict[str, Any] = json.loads(payload)
        topic = message["topic"]
        if topic == live.LISTENERS:
            self._check.set()
        elif topic == live.PRESENCE:
            self._hear_presence(message)
        elif self._is_sure:
            for client in self._clients.get(uuid.UUID(message["scope"]), ()):
                client.tell(topic, message["version"])

    def _hear_presence(self, message: dict[str, Any]) -> None:
        if "person" not in message:
            self._say_all()
            return
        scope_id, person_id = uuid.UUID(message["scope"]), uuid.UUID(message["person"])
        self._presence.hear(message["hub"], scope_id, person_id, here=message["here"])
        self._count_others(scope_id)

    async def _keep_checking(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(CHECKED_EVERY):
                    await self._check.wait()
            self._check.clear()
            await self._check_listeners()
            await asyncio.sleep(CHECKED_AT_MOST_EVERY)

    async def _check_listeners(self) -> None:
        """End the streams of those who may no longer hear what they hear.

        While that can't be found out, nobody is told anything.
        """
        clients = {client.listener: client for client in self._everybody()}
        try:
            outdated = await asyncio.to_thread(_with_connection, _outdated, list(clients))
        except Exception as error:  # noqa: BLE001 - whatever it is, they are asked again
            logger.warning("Live pages can't ask who may listen: %s", type(error).__name__)
            self._is_sure = False
            return
        for listener in outdated:
            clients[listener].end()
        if not self._is_sure and self._hears:
            self._is_sure = True
            for client in self._everybody():
                client.resync()

    async def _keep_saying(self) -> None:
        while True:
            await asyncio.sleep(SAID_EVERY)
            self._say_all()
            self._presence.forget_lapsed()
            for scope_id in self._clients:
                self._count_others(scope_id)

    def _say_all(self) -> None:
        here = {(c.listener.scope_id, c.listener.person_id): c.listener for c in self._everybody()
                if c.listener.is_present}  # fmt: skip
        for listener in here.values():
            self._say(listener, here=True)

    def _say(self, listener: Listener, *, here: bool) -> None:
        where, who = listener.scope_id, listener.person_id
        self._send_off(lambda: live.tell_presence(self._name, where, who, here=here))

    def _count_others(self, scope_id: uuid.UUID) -> None:
        for client in self._clients.get(scope_id, ()):
            others = self._presence.others(scope_id, client.listener.person_id)
            if others != client.others:
                client.others = others
                client.tell(live.PRESENCE, others)

    def _send_off(self, errand: Callable[[], None]) -> None:
        """Do something at the database, without waiting for it."""
        task = asyncio.create_task(_quietly(errand))
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    def _everybody(self) -> list[Client]:
        return [client for clients in self._clients.values() for client in clients]


def _outdated(listeners: Collection[Listener]) -> list[Listener]:
    return [one for found in contributed("live:outdated", listeners=listeners) for one in found]


async def _quietly(errand: Callable[[], None]) -> None:
    try:
        await asyncio.to_thread(_with_connection, errand)
    except Exception as error:  # noqa: BLE001 - it is said again in a few seconds
        logger.warning("Live pages can't say who is here: %s", type(error).__name__)


def _with_connection(work: Callable[..., Any], *arguments: Any) -> Any:
    """Do `work` at the database, and keep no connection to it."""
    try:
        return work(*arguments)
    finally:
        connections.close_all()
