"""Many pages open at once, one that doesn't read, and the end of a process."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from apps.core import live
from apps.participants.models import Participant
from apps.workshops.models import Role
from tests.factories import ParticipantFactory, WorkshopFactory
from tests.live.conftest import Page, Web

Listen = Callable[..., Page]
Webs = tuple[Web, Web]
PEOPLE, PAGES_EACH = 50, 10
FEW_THREADS, FEW_CONNECTIONS = 12, 3
MANY_EVENTS, A_LITTLE_MEMORY = 20_000, 8 * 2**20


def connections_to(dsn: str) -> int:
    """Return how many connections to the test database there are."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with psycopg.connect(dsn, autocommit=True) as own:
        row = own.execute(query).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture
def web(dsn: str, tmp_path: Path, transactional_db: None) -> Iterator[Web]:
    """A web process that nobody else uses."""
    own = Web(dsn, tmp_path)
    try:
        own.wait()
        yield own
    finally:
        own.stop()


def test_five_hundred_pages_take_few_threads_and_connections(
    web: Web, dsn: str, cookies_of: Callable[[Participant], str]
):
    workshop = WorkshopFactory()
    before = connections_to(dsn)
    with ExitStack() as pages:
        opened = []
        for _ in range(PEOPLE):
            person = ParticipantFactory(workshop=workshop, user=None)
            cookies, path = cookies_of(person), f"/w/{workshop.slug}/events"
            opened += [pages.enter_context(Page(web, path, cookies)) for _ in range(PAGES_EACH)]
        for page in opened:
            page.hear_until("hello")
        live.publish(workshop.pk, "day", 1)
        for page in opened:
            page.hear_until("day")
        assert web.threads <= FEW_THREADS
        assert connections_to(dsn) - before <= FEW_CONNECTIONS


def test_pages_that_dont_read_take_no_memory_and_miss_nothing(
    web: Web, listen: Listen, cookies_of: Callable[[Participant], str]
):
    rapporteur = ParticipantFactory(role=Role.RAPPORTEUR)
    cookies = cookies_of(rapporteur)
    quick, *slow = (listen(web, rapporteur, cookies=cookies) for _ in range(PAGES_EACH))
    for page in (quick, *slow):
        page.hear_until("hello")
    before = web.memory
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT pg_notify(%s, json_build_object(
                'scope', %s::text, 'topic', 'notes', 'version', number
            )::text) FROM generate_series(1, %s) AS number
            """,
            [live.CHANNEL, str(rapporteur.workshop_id), MANY_EVENTS],
        )
    quick.hear_until("notes", str(MANY_EVENTS))
    assert web.memory - before < A_LITTLE_MEMORY
    for page in slow:
        page.hear_until("notes", str(MANY_EVENTS))


def test_a_process_ends_in_five_seconds_with_pages_open(
    web: Web, listen: Listen, cookies_of: Callable[[Participant], str]
):
    person = ParticipantFactory()
    cookies = cookies_of(person)
    pages = [listen(web, person, cookies=cookies) for _ in range(PAGES_EACH)]
    for page in pages:
        page.hear_until("hello")
    started = time.monotonic()
    web.stop()
    assert time.monotonic() - started <= 5
    assert all(page.is_over_within(1) for page in pages)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", web.port)) != 0
