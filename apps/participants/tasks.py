"""What the scheduler has done with people's data, hour by hour."""

from celery import shared_task

from apps.participants import services


@shared_task
def purge_due() -> int:
    """Delete what is personal in workshops whose day of deletion has come."""
    return services.purge_due()


@shared_task
def sweep() -> dict[str, int]:
    """Delete links, lists, sessions and wrong codes that have run out."""
    return services.sweep()
