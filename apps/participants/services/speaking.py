"""Speaking for oneself: what only somebody themselves can agree to."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from apps.participants.models import Participant


@contextmanager
def speaking_for_oneself(person: Participant) -> Iterator[None]:
    """Let the database know, within the block, that it is `person` who says what is written.

    It refuses everybody else who would let more be told of somebody than they agreed to. For
    services that know that it is they. Ends with the transaction at the latest.
    """
    _say(str(person.pk))
    yield
    _say("")


def _say(who: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('rapporteur.oneself', %s, true)", [who])
