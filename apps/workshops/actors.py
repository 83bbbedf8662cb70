"""Whoever acts in a workshop, as far as this app needs to know."""

import uuid
from typing import Protocol

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
