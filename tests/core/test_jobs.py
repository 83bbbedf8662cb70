"""What the sweeper does with each state of a job; `tests/reliability` has the crowds."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.core import jobs
from apps.core.models import JobState
from apps.core.tasks import sweep
from apps.memos.models import MemoFile
from tests.factories import MemoFileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def job():
    return MemoFileFactory()


def has(job: MemoFile, **values: Any) -> MemoFile:
    MemoFile.objects.filter(pk=job.pk).update(**values)
    job.refresh_from_db()
    return job


def test_a_job_is_claimed_once(job):
    claimed = jobs.claim(MemoFile, job.pk)
    assert (claimed.state, claimed.attempt) == (JobState.RUNNING, 1)
    assert jobs.claim(MemoFile, job.pk) is None


def test_nothing_is_to_be_done_for_a_finished_job(job):
    claimed = jobs.claim(MemoFile, job.pk)
    assert jobs.finish(claimed, content=b"x", size=1)
    assert jobs.claim(MemoFile, job.pk) is None
    assert not jobs.finish(claimed, content=b"y", size=1)
    assert not jobs.fail(claimed, "Too late.")


def test_a_lease_that_ran_out_is_anybodys(job):
    slow = jobs.claim(MemoFile, job.pk)
    has(job, lease_until=Now() - timedelta(seconds=1))
    quick = jobs.claim(MemoFile, job.pk)
    assert quick.attempt == 2
    assert not jobs.finish(slow, content=b"slow", size=4)
    assert jobs.finish(quick, content=b"quick", size=5)


def test_a_fresh_job_is_left_to_its_message(job):
    assert sweep() == 0
    jobs.claim(MemoFile, job.pk)
    assert sweep() == 0


def test_a_forgotten_message_is_sent_again(job, django_capture_on_commit_callbacks):
    before = has(job, queued_at=Now() - jobs.FORGOTTEN - timedelta(seconds=1)).queued_at
    with django_capture_on_commit_callbacks() as sent:
        assert sweep() == 1
    assert len(sent) == 1
    job.refresh_from_db()
    assert job.queued_at > before
    assert sweep() == 0


def test_a_job_whose_worker_died_goes_back_to_the_queue(job, django_capture_on_commit_callbacks):
    jobs.claim(MemoFile, job.pk)
    has(job, lease_until=Now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks() as sent:
        assert sweep() == 1
    job.refresh_from_db()
    assert (job.state, job.attempt, job.lease_token) == (JobState.QUEUED, 1, None)
    assert len(sent) == 1


def test_after_the_last_attempt_it_fails_for_a_reason(job):
    jobs.claim(MemoFile, job.pk)
    has(job, attempt=MemoFile.MAX_ATTEMPTS, lease_until=Now() - timedelta(seconds=1))
    assert sweep() == 0
    job.refresh_from_db()
    assert (job.state, job.reason) == (JobState.FAILED, jobs.DIED)
    assert job.finished_at


def test_a_failed_job_is_tried_again_when_somebody_asks(job, django_capture_on_commit_callbacks):
    assert not jobs.retry(job)
    jobs.fail(jobs.claim(MemoFile, job.pk), "The paper ran out.")
    job.refresh_from_db()
    assert job.reason == "The paper ran out."
    with django_capture_on_commit_callbacks() as sent:
        assert jobs.retry(job)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.reason) == (JobState.QUEUED, 0, "")
    assert len(sent) == 1


def test_a_task_that_is_not_there_is_found_at_once():
    with pytest.raises(ModuleNotFoundError):
        jobs.enqueue_on_commit("apps.memos.tsks.render")
    with pytest.raises(AttributeError):
        jobs.enqueue_on_commit("apps.memos.tasks.rendr")
