"""What the scheduler and the workers do for every app."""

import uuid

from celery import shared_task

from apps.core import jobs, mail


@shared_task
def sweep() -> int:
    """Put right the jobs of workers that died and of messages that got lost."""
    return jobs.sweep()


@shared_task
def deliver_mail(job_id: str) -> None:
    """Hand the mail `job_id` to the mail server."""
    mail.deliver(job_id=uuid.UUID(job_id))
