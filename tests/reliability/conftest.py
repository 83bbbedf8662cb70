"""Real workers and real brokers, for tests of what happens when one of them dies."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection
from kombu import pools
from psycopg.conninfo import make_conninfo

from config.celery import app
from config.settings.broker import transport_options

PATIENCE = 60.0


def wait_for(what: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Return what `what()` returns as soon as it is true; fail if it isn't in time."""
    deadline = time.monotonic() + seconds
    while not (found := what()):
        if time.monotonic() > deadline:
            pytest.fail(f"waited {seconds:g} seconds in vain")
        time.sleep(0.02)
    return found


class Broker:
    """A broker: where it is, how many messages wait, and how to lose them."""

    # As the launcher starts workers here, and as the compose file does there.
    pool: tuple[str, ...] = ()

    def __init__(self, url: str) -> None:
        self.url = url

    def waiting(self) -> int:
        raise NotImplementedError

    def lose_messages(self) -> None:
        raise NotImplementedError


class InDatabase(Broker):
    """The queue that lives in the application's own database."""

    pool = ("--pool", "threads", "--concurrency", "2")

    def __init__(self, dsn: str) -> None:
        super().__init__("pgmq://")
        self._dsn = dsn

    def waiting(self) -> int:
        rows = self._ask("SELECT sum(queue_length) FROM pgmq.metrics_all()")
        return int(rows[0][0] or 0)

    def lose_messages(self) -> None:
        self._ask("SELECT pgmq.purge_queue(queue_name) FROM pgmq.list_queues()")

    def _ask(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self._dsn, autocommit=True) as own:
            return own.execute(query).fetchall()


class Redis(Broker):
    """A Redis server of the test's own."""

    pool = ("--concurrency", "2")

    def __init__(self, port: int) -> None:
        super().__init__(f"redis://127.0.0.1:{port}/0")
        self._client = redis.Redis(port=port)

    def waiting(self) -> int:
        return self._client.llen("celery") + self._client.hlen("unacked")

    def lose_messages(self) -> None:
        self._client.flushall()

    def answers(self) -> bool:
        try:
            return bool(self._client.ping())
        except redis.ConnectionError:
            return False

    def close(self) -> None:
        self._client.close()


@pytest.fixture(scope="module")
def database_dsn(django_db_setup: None) -> str:
    """The test database, for other processes."""
    return make_conninfo(settings.DATABASE_URL, dbname=connection.settings_dict["NAME"])


@pytest.fixture(scope="module", params=["pgmq", "redis"])
def broker(request: Any, database_dsn: str) -> Iterator[Broker]:
    """A broker that this process sends to as well."""
    if request.param == "pgmq":
        in_database = InDatabase(database_dsn)
        in_database.lose_messages()
        with sending_to(in_database.url, database_dsn):
            yield in_database
        return
    binary = shutil.which("redis-server")
    if binary is None:
        why = "no redis-server is installed; on Debian: apt-get install redis-server"
        (pytest.fail if os.environ.get("REQUIRE_REDIS") else pytest.skip)(why)
    port = _free_port()
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--loglevel"]
    with subprocess.Popen([*command, "warning"], stdout=subprocess.DEVNULL) as server:
        own = Redis(port)
        try:
            wait_for(own.answers, 10)
            with sending_to(own.url, database_dsn):
                yield own
        finally:
            own.close()
            server.kill()


class Worker:
    """A Celery worker in a process group of its own."""

    def __init__(self, broker: Broker, dsn: str, var_dir: Path) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "DATABASE_URL": dsn,
            "CELERY_BROKER_URL": broker.url,
            "RAPPORTEUR_VAR": str(var_dir),
        }
        self.log = var_dir / "worker.log"
        command = [sys.executable, "-m", "celery", "--app", "config.celery", "--quiet", "worker"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *broker.pool],
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End the worker and all of its process group, at once and without a word."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def typesetting(self) -> psutil.Process | None:
        """Return the process that is setting a memo for this worker now."""
        for process in psutil.Process(self._process.pid).children(recursive=True):
            try:
                if "apps.core.typesetting.child" in process.cmdline():
                    return process
            except psutil.Error:
                continue
        return None


@pytest.fixture
def start_worker(
    transactional_db: None, broker: Broker, database_dsn: str, tmp_path: Path
) -> Iterator[Callable[[], Worker]]:
    """Return a function that starts a worker; whatever is left of them is killed in the end."""
    broker.lose_messages()
    workers: list[Worker] = []

    def start() -> Worker:
        workers.append(Worker(broker, database_dsn, tmp_path))
        return workers[-1]

    yield start
    for worker in workers:
        worker.kill()


class sending_to:  # noqa: N801 - reads as a statement
    """A context in which this process sends its messages to another broker than the tests' own."""

    def __init__(self, url: str, dsn: str) -> None:
        self._wanted = {"broker_url": url, "broker_transport_options": transport_options(url, dsn)}

    def __enter__(self) -> None:
        self._before = {name: app.conf[name] for name in self._wanted}
        self._point_at(self._wanted)

    def __exit__(self, *_: object) -> None:
        self._point_at(self._before)

    def _point_at(self, configuration: dict[str, Any]) -> None:
        app.conf.update(configuration)
        # Celery keeps connections to where it sent last.
        pools.reset()
        app._pool = None
        app.amqp._producer_pool = None


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
