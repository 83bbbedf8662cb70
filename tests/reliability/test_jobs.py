"""Claims, leases and the sweeper: whatever brokers deliver, a job is done once."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from apps.core import jobs
from apps.core.models import JobState
from apps.memos.models import MemoFile
from config.celery import app
from tests.factories import MemoFileFactory
from tests.reliability.conftest import sending_to, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("reliability"),
]


@pytest.fixture
def job():
    return MemoFileFactory()


def expire(job):
    MemoFile.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_of_twenty_claims_at_once_one_is_given(job):
    together = threading.Barrier(20)

    def claim(_):
        together.wait()
        try:
            return jobs.claim(MemoFile, job.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        claimed = [found for found in pool.map(claim, range(20)) if found]
    assert len(claimed) == 1
    job.refresh_from_db()
    assert (job.attempt, job.lease_token) == (1, claimed[0].lease_token)


def test_who_lost_the_lease_can_conclude_nothing(job):
    slow = jobs.claim(MemoFile, job.pk)
    expire(job)
    quick = jobs.claim(MemoFile, job.pk)
    assert not jobs.finish(slow, content=b"slow", size=4)
    assert not jobs.fail(slow, "Too slow.")
    assert jobs.finish(quick, content=b"quick", size=5)
    job.refresh_from_db()
    assert (job.state, bytes(job.content)) == (JobState.READY, b"quick")
    assert jobs.claim(MemoFile, job.pk) is None


def test_a_lease_is_extended_while_the_work_goes_on(job, monkeypatch):
    monkeypatch.setattr(jobs, "HEARTBEAT_SECONDS", 0.02)
    claimed = jobs.claim(MemoFile, job.pk)

    def lease():
        return MemoFile.objects.values_list("lease_until", flat=True).get(pk=job.pk)

    with jobs.kept(claimed):
        wait_for(lambda: lease() > claimed.lease_until, 10)
        expire(job)
        wait_for(lambda: lease() > timezone.now(), 10)
    jobs.finish(claimed, content=b"done", size=4)
    assert lease() is None


def test_an_unexpected_error_is_tried_again_and_fails_in_the_end(job):
    for attempt in range(1, MemoFile.MAX_ATTEMPTS + 1):
        claimed = jobs.claim(MemoFile, job.pk)
        assert claimed.attempt == attempt
        with jobs.kept(claimed):
            raise ZeroDivisionError
    job.refresh_from_db()
    assert (job.state, job.reason) == (JobState.FAILED, jobs.UNEXPECTED)
    assert job.finished_at is not None


def test_a_job_that_kills_every_worker_fails_in_the_end(job):
    for attempt in range(1, MemoFile.MAX_ATTEMPTS + 1):
        assert jobs.claim(MemoFile, job.pk).attempt == attempt
        expire(job)
    assert jobs.claim(MemoFile, job.pk) is None
    assert jobs.sweep() == 0
    job.refresh_from_db()
    assert (job.state, job.reason) == (JobState.FAILED, jobs.DIED)


def test_two_sweepers_at_once_wake_a_job_once(job):
    jobs.claim(MemoFile, job.pk)
    expire(job)
    together = threading.Barrier(2)

    def sweep(_):
        together.wait()
        try:
            return jobs.sweep()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(sweep, range(2))) == 1
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.QUEUED, 1)


def test_a_process_that_only_sends_knows_the_broker():
    # As the web server does: nothing there imports the Celery application by itself.
    asks = (
        "import django; django.setup(); from apps.memos.tasks import render; print(render.app.main)"
    )
    told = subprocess.run(
        [sys.executable, "-c", asks], cwd=settings.BASE_DIR, capture_output=True, check=True
    )
    assert told.stdout == b"rapporteur\n"


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "amqp://127.0.0.1:1//"])
def test_a_broker_that_is_down_holds_nobody_up_and_loses_nothing(job, url, caplog):
    started = time.monotonic()
    with sending_to(url, ""):
        jobs.enqueue(job)
    assert time.monotonic() - started < 2
    assert "the sweeper will send it" in caplog.text
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert app.conf.broker_url == "memory://"
