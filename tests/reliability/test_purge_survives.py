"""A deletion that is killed in its middle leaves everything, and the next one completes it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.utils import timezone

from apps.core.contributions import contributed
from apps.core.models import AuditEntry
from apps.participants.models import PurgeReport
from apps.participants.services import purge_due
from tests.participants.peopled import Peopled, everything_stored
from tests.reliability.conftest import wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("reliability"),
]
PURGE = "from apps.participants.services import purge_due; purge_due()"
# What the deletion comes to early, between, and last.
AT = ["participants_personallink", "notes_noterevision", "participants_purgereport"]


@pytest.fixture
def due():
    today = timezone.localdate()
    begun = today - timedelta(days=9)
    return Peopled(starts_on=begun, ends_on=begun, purge_on=today)


@contextmanager
def purging(dsn: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the deletion in a process of its own, as the scheduler's worker would."""
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local", "DATABASE_URL": dsn,
    }  # fmt: skip
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", PURGE]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("table", AT)
def test_a_deletion_killed_in_its_middle_leaves_everything_to_the_next(due, database_dsn, table):
    before = everything_stored()
    there = {each.what: each.remaining() for each in contributed("purge", workshop=due.workshop)}
    with (
        psycopg.connect(database_dsn) as holder,
        psycopg.connect(database_dsn, autocommit=True) as watcher,
    ):
        # Nobody else may write there until the connection is closed.
        holder.execute(f'LOCK TABLE "{table}" IN SHARE MODE')
        held_by = holder.info.backend_pid

        def waiting() -> list[tuple[int]]:
            return watcher.execute(
                "SELECT pid FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", [held_by]
            ).fetchall()

        with purging(database_dsn) as process:
            [(backend,)] = wait_for(waiting)
        assert process.returncode == -9
        holder.rollback()
        gone = "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = %s)"
        wait_for(lambda: watcher.execute(gone, [backend]).fetchone()[0])
    assert everything_stored() == before
    assert purge_due() == 1
    report = PurgeReport.objects.get()
    assert {line["what"]: line["count"] for line in report.deleted} == there
    assert set(there.values()) != {0}
    assert {line["count"] for line in report.remaining} == {0}
    assert AuditEntry.objects.filter(verb="workshop.purged").count() == 1
    assert "canary" not in everything_stored().lower()
