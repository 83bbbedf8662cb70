"""Telling open pages that something changed.

A service publishes a topic; what is sent leaves with the commit, to every process that listens, and
from there to whoever may hear of the topic. It carries numbers and nothing else: a page fetches
what changed by the ordinary way, as far as its reader may see it.
"""

import json
import uuid
from typing import Any

from django.db import connection

CHANNEL = "rapporteur_live"
# What processes tell one another; no page hears of it.
LISTENERS, PRESENCE = "listeners", "presence"


def publish(scope_id: uuid.UUID, topic: str, version: int = 0) -> None:
    """Tell whoever has a page of `scope_id` open, once this transaction commits, that `topic`
    changed; `version` numbers the change where changes are numbered.

    Said several times in one transaction it is sent once.
    """
    _notify(scope=str(scope_id), topic=topic, version=version)


def check_listeners() -> None:
    """Have every process look, once this transaction commits, whether those who listen still may.

    For services that withdraw something: they look every few seconds anyway.
    """
    _notify(topic=LISTENERS)


def tell_presence(hub: str, scope_id: uuid.UUID, person_id: uuid.UUID, *, here: bool) -> None:
    """Tell every process that somebody has a page open by the process `hub`, or no longer has."""
    _notify(topic=PRESENCE, hub=hub, scope=str(scope_id), person=str(person_id), here=here)


def ask_presence() -> None:
    """Ask every process who has a page open by it."""
    _notify(topic=PRESENCE)


def _notify(**message: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(message)])
