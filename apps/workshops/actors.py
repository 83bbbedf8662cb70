"""Whoever acts in a workshop, as far as this app needs to know."""

import uuid
from datetime import datetime
from typing import Any, Protocol

from apps.workshops.models import Workshop


class Actor(Protocol):
    """A person with a role in one workshop; `apps.participants` has the real thing."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def role(self) -> str: ...
    @property
    def workshop(self) -> Workshop: ...
    @property
    def workshop_id(self) -> uuid.UUID: ...
    @property
    def admitted_at(self) -> datetime | None: ...
    @property
    def removed_at(self) -> datetime | None: ...

    def refresh_from_db(self, using: Any = None, fields: Any = None) -> None: ...
