"""What workers do for this app."""

import uuid

from celery import shared_task

from apps.memos import services


@shared_task
def render(job_id: str) -> None:
    """Render the memo file `job_id`."""
    services.render(job_id=uuid.UUID(job_id))
