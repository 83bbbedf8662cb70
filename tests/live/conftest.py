"""Real web processes on the test database, and pages that listen to them."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Self

import psutil
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from psycopg.conninfo import make_conninfo

from apps.accounts.services import note_browser
from apps.core.live.hub import NAME
from apps.participants.models import Participant
from tests.e2e.conftest import ABSENT, CHROMIUM, browser_type_launch_args  # noqa: F401

PATIENCE = 10.0
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("REQUIRE_BROWSER"), reason=ABSENT
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run all of these in one process, which starts the servers once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("live"))
            item.add_marker(pytest.mark.slow)


class Web:
    """A web server as the launcher starts it, on a port of its own."""

    def __init__(self, dsn: str, var_dir: Path) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "DATABASE_URL": dsn,
            # Sessions are signed with it.
            "SECRET_KEY": settings.SECRET_KEY,
            "RAPPORTEUR_VAR": str(var_dir),
        }
        command = [sys.executable, "-m", "config.web", "--port", str(self.port)]
        self.log = var_dir / f"web-{self.port}.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log,
            )  # fmt: skip

    def wait(self) -> None:
        """Wait until it serves."""
        deadline = time.monotonic() + 120
        while "Uvicorn running" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    @property
    def threads(self) -> int:
        """How many threads the process has."""
        return psutil.Process(self.process.pid).num_threads()

    @property
    def memory(self) -> int:
        """How much memory of its own the process holds, in bytes."""
        return int(psutil.Process(self.process.pid).memory_full_info().uss)

    def stop(self) -> float:
        """Stop it as the launcher does; returns how long that took."""
        asked = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        return time.monotonic() - asked


class Page:
    """An open page, as far as it listens: what it hears, in order."""

    def __init__(self, web: Web, path: str, cookies: str, **headers: str) -> None:
        self._connection = http.client.HTTPConnection("localhost", web.port, timeout=PATIENCE)
        self._connection.request("GET", path, headers={"Cookie": cookies, **headers})
        self.answer = self._connection.getresponse()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the page."""
        self.answer.close()
        self._connection.close()

    def hear(self) -> tuple[str, str] | None:
        """Return the next event and its data; None when the stream is over."""
        lines: list[str] = []
        while line := self.answer.readline().decode().strip("\n"):
            lines.append(line)
        if not lines:
            return None
        if lines[0].startswith(":"):
            return self.hear()
        said = dict(line.split(": ", 1) for line in lines)
        return said["event"], said["data"]

    def hear_until(self, topic: str, data: str | None = None) -> list[tuple[str, str]]:
        """Return what is heard up to and with an event of `topic`."""
        found: list[tuple[str, str]] = []
        while heard := self.hear():
            found.append(heard)
            if heard[0] == topic and data in {None, heard[1]}:
                return found
        pytest.fail(f"the stream ended before “{topic}”: {found}")

    def is_over_within(self, seconds: float) -> bool:
        """Wait for the end of the stream; say whether it came in time."""
        deadline = time.monotonic() + seconds
        assert self._connection.sock is not None
        self._connection.sock.settimeout(seconds)
        try:
            while self.hear() is not None:
                assert time.monotonic() < deadline
        except TimeoutError:
            return False
        return True


@pytest.fixture(scope="session")
def dsn(django_db_setup: None) -> str:
    """The test database, for other processes."""
    return make_conninfo(settings.DATABASE_URL, dbname=connection.settings_dict["NAME"])


@pytest.fixture(scope="session")
def webs(dsn: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Web, Web]]:
    """Two web processes on the same database."""
    found = Web(dsn, tmp_path_factory.mktemp("web")), Web(dsn, tmp_path_factory.mktemp("web"))
    try:
        for web in found:
            web.wait()
        yield found
    finally:
        for web in found:
            web.stop()


@pytest.fixture
def cookies_of(transactional_db: None) -> Callable[[Participant], str]:
    """Return a function that signs somebody in, or lets them join, and gives their cookies."""

    def cookies(person: Participant) -> str:
        client = Client()
        if person.user is not None:
            client.force_login(
                person.user, backend="allauth.account.auth_backends.AuthenticationBackend"
            )
            key = client.session.session_key
            note_browser(user=person.user, session_key=str(key), user_agent="")
        else:
            session: Any = client.session
            session["joined"] = {str(person.workshop_id): str(person.pk)}
            session.save()
            key = session.session_key
        return f"sessionid={key}"

    return cookies


@pytest.fixture
def listen(cookies_of: Callable[[Participant], str]) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of somebody's workshop in a web process."""
    pages: list[Page] = []

    def opened(web: Web, person: Participant, *, cookies: str = "", query: str = "") -> Page:
        path = f"/w/{person.workshop.slug}/events{query}"
        page = Page(web, path, cookies or cookies_of(person))
        pages.append(page)
        assert page.answer.status == 200, page.answer.status
        return page

    yield opened
    for page in pages:
        page.close()


def listening(dsn: str) -> list[int]:
    """Return the database's processes whose connections listen."""
    query = (
        "SELECT pid FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = %s"
    )
    with psycopg.connect(dsn, autocommit=True) as own:
        return [pid for (pid,) in own.execute(query, [NAME])]
