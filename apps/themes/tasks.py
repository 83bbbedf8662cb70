"""What workers do for this app."""

import uuid

from celery import shared_task

from apps.themes import services


@shared_task
def suggest(job_id: str) -> None:
    """Work out which themes the notes of a workshop may belong to."""
    services.suggest(job_id=uuid.UUID(job_id))
