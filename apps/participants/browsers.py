"""What sessions of browsers hold of people: as whom somebody joined, without an account."""

import uuid
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session

# In a session: by the id of each workshop, the id of whom this browser joined it as.
SESSION_KEY = "joined"

Goes = Callable[[uuid.UUID, uuid.UUID], bool]


def forget(goes: Goes) -> int:
    """Let sessions no longer say whom somebody joined as, for workshops and people that go.

    A session that holds nothing else goes. Returns how many said so.
    """
    found = list(_remembering(goes))
    for session, data in found:
        if data:
            session.session_data = _store().encode(data)
            session.save(update_fields=["session_data"])
        else:
            session.delete()
    return len(found)


def count(goes: Goes) -> int:
    """Return how many sessions say it still."""
    return sum(1 for _ in _remembering(goes))


def _remembering(goes: Goes) -> Iterator[tuple[Session, dict[str, Any]]]:
    """Yield the sessions that say so, and what else they hold. They are read one by one."""
    for session in Session.objects.iterator():
        data = session.get_decoded()
        joined = data.pop(SESSION_KEY, {})
        stays = {
            workshop: person
            for workshop, person in joined.items()
            if not goes(uuid.UUID(workshop), uuid.UUID(person))
        }
        if stays != joined:
            yield session, {**data, SESSION_KEY: stays} if stays else data


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore()
