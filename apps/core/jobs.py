"""Jobs: claimed by one conditional update, held by a lease, swept up when somebody died.

Brokers deliver twice, and lose what a killed process held. So the broker isn't trusted with
anything: a message carries an id, and the row says whether there is work to do. Moments are the
database's, for the clocks of machines differ.
"""

import importlib
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any, TypeVar

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from apps.core.models import Job, JobState

logger = logging.getLogger(__name__)

JobType = TypeVar("JobType", bound=Job)

LEASE = timedelta(seconds=30)
HEARTBEAT_SECONDS = 8
# A message that nobody has acted upon for this long is taken for lost, and sent again.
FORGOTTEN = timedelta(seconds=20)
DIED = "The worker stopped before it was done, and so did the next ones."
UNEXPECTED = "Something unexpected went wrong; the administrators' log says what."


def enqueue_on_commit(task: str, **arguments: object) -> None:
    """Send Celery task `task` (a dotted path) once the transaction has committed.

    The path is resolved at once, so that a typo fails here and not in a worker. A broker that
    can't be reached is logged and left to the sweeper: the row says what is to be done.
    """
    module, _, name = task.rpartition(".")
    function = getattr(importlib.import_module(module), name)

    def send() -> None:
        try:
            function.apply_async(kwargs=arguments, retry=False)
        except Exception:
            logger.exception("The broker took no message for %s; the sweeper will send it", task)

    transaction.on_commit(send)


def enqueue(job: Job) -> None:
    """Wake a worker for `job`, whose row is queued, when the transaction has committed."""
    enqueue_on_commit(job.TASK, job_id=str(job.pk))


def claim(model: type[JobType], job_id: uuid.UUID) -> JobType | None:
    """Take job `job_id` for this worker, or return None when there is nothing to do.

    One conditional update: of any number of simultaneous deliveries one gets the job, and a
    delivery of a finished job gets nothing.
    """
    token = uuid.uuid4()
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=Now())
    claimed = model._default_manager.filter(free, pk=job_id, attempt__lt=model.MAX_ATTEMPTS).update(
        state=JobState.RUNNING,
        attempt=F("attempt") + 1,
        lease_token=token,
        lease_until=Now() + LEASE,
        reason="",
    )
    if not claimed:
        return None
    return model._default_manager.filter(pk=job_id, lease_token=token).first()


@contextmanager
def kept(job: Job) -> Iterator[None]:
    """Extend the lease of a claimed `job` while the block runs.

    An exception that leaves the block puts the job back in the queue, or fails it after the last
    attempt, and is logged, not raised: the worker has other things to do.
    """
    done = Event()
    keeper = Thread(target=_extend_until, args=(job, done), daemon=True)
    keeper.start()
    try:
        yield
    except Exception:
        logger.exception("%s %s failed at attempt %s", job._meta.label, job.pk, job.attempt)
        _give_back(job)
    finally:
        done.set()
        keeper.join()


def finish(job: Job, **results: Any) -> bool:
    """Mark `job` ready and store `results`; return False if the lease was lost to another."""
    return _conclude(job, state=JobState.READY, reason="", **results)


def fail(job: Job, reason: str) -> bool:
    """Mark `job` failed for `reason`, a sentence for its reader; False if the lease was lost."""
    return _conclude(job, state=JobState.FAILED, reason=reason, **job.WHEN_FAILED)


def postpone(job: Job, wait: timedelta) -> bool:
    """Put a claimed `job` back, for the sweeper to wake in `wait` or a little later.

    For work that waits for something outside. Returns False if the lease was lost to another.
    """
    woken_at = Now() + wait - FORGOTTEN
    queued = _held(job).update(
        state=JobState.QUEUED, queued_at=woken_at, lease_token=None, lease_until=None
    )
    return bool(queued)


def retry(job: Job) -> bool:
    """Queue a failed `job` afresh; return False when it hasn't failed."""
    queued = (
        _rows(job)
        .filter(state=JobState.FAILED)
        .update(state=JobState.QUEUED, attempt=0, reason="", queued_at=Now(), finished_at=None)
    )
    if queued:
        enqueue(job)
    return bool(queued)


def sweep() -> int:
    """Put right what died: every unfinished job is claimed, queued or failed afterwards.

    Expired leases go back to the queue, or fail after the last attempt; messages of jobs queued
    for long are sent again. Safe to run twice at once. Returns the number of jobs woken.
    """
    return sum(_sweep(model) for model in apps.get_models() if issubclass(model, Job))


@transaction.atomic
def _sweep(model: type[JobType]) -> int:
    stale = Q(state=JobState.RUNNING, lease_until__lt=Now()) | Q(
        state=JobState.QUEUED, queued_at__lt=Now() - FORGOTTEN
    )
    woken = 0
    for job in model._default_manager.filter(stale).select_for_update(skip_locked=True)[:100]:
        if job.attempt >= model.MAX_ATTEMPTS:
            failed = {"reason": DIED, "finished_at": Now(), **job.WHEN_FAILED}
            _settle(job, state=JobState.FAILED, **failed)
        else:
            _settle(job, state=JobState.QUEUED, queued_at=Now())
            enqueue(job)
            woken += 1
    return woken


def _extend_until(job: Job, done: Event) -> None:
    try:
        while not done.wait(HEARTBEAT_SECONDS):
            try:
                _held(job).update(lease_until=Now() + LEASE)
            except DatabaseError:
                # A lease outlasts several heartbeats: the next one may get through.
                logger.warning("The lease of %s %s wasn't extended", job._meta.label, job.pk)
                connection.close()
    finally:
        connection.close()


def _give_back(job: Job) -> None:
    if job.attempt >= job.MAX_ATTEMPTS:
        fail(job, UNEXPECTED)
        return
    with transaction.atomic():
        queued = _held(job).update(
            state=JobState.QUEUED, queued_at=Now(), lease_token=None, lease_until=None
        )
        if queued:
            enqueue(job)


def _conclude(job: Job, **values: Any) -> bool:
    concluded = _held(job).update(finished_at=Now(), lease_token=None, lease_until=None, **values)
    return bool(concluded)


def _settle(job: Job, **values: Any) -> None:
    _rows(job).update(lease_token=None, lease_until=None, **values)


def _held(job: Job) -> Any:
    return _rows(job).filter(state=JobState.RUNNING, lease_token=job.lease_token)


def _rows(job: JobType) -> Any:
    return type(job)._default_manager.filter(pk=job.pk)
