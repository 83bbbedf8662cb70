"""Telling open pages that something changed.

A service publishes a topic; what is sent leaves with the commit, to every process that listens, and
from there to whoever may hear of the topic. It carries numbers and nothing else: a page fetches
what changed by the ordinary way, as far as its reader may see it.
"""

import json
import uuid

from django.db import connection

CHANNEL = "rapporteur_live"


def publish(scope_id: uuid.UUID, topic: str, version: int = 0) -> None:
    """Tell whoever has a page of `scope_id` open, once this transaction commits, that `topic`
    changed; `version` numbers the change where changes are numbered.

    Said several times in one transaction it is sent once.
    """
    message = json.dumps({"scope": str(scope_id), "topic": topic, "version": version})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, message])
