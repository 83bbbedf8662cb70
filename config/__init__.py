"""The configuration of the whole.

The Celery application is made with it, so that every process that sends a task, web server or
command, knows the broker.
"""

from config.celery import app as celery_app

__all__ = ["celery_app"]
