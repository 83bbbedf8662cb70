"""The scheduler's only regular task."""

from celery import shared_task

from apps.core import jobs


@shared_task
def sweep() -> int:
    """Put right the jobs of workers that died and of messages that got lost."""
    return jobs.sweep()
