"""What workers do for this app."""

import uuid

from celery import shared_task

from apps.statements import services


@shared_task
def recount() -> None:
    """Compare the counts of answers with the answers."""
    services.recount_all()


@shared_task
def map_opinions(job_id: str) -> None:
    """Look for groups of like opinion in a workshop."""
    services.map_opinions(job_id=uuid.UUID(job_id))


@shared_task
def export(job_id: str) -> None:
    """Write all answers of a workshop to a file."""
    services.write_answers(job_id=uuid.UUID(job_id))


@shared_task
def shuffle() -> None:
    """Put answers in no order where that is due."""
    services.shuffle_what_is_left()
