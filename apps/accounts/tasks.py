"""What the scheduler does for this app."""

from celery import shared_task

from apps.accounts import services


@shared_task
def clear_expired() -> None:
    """Forget sessions, and counts of tries, that are over."""
    services.clear_expired()
