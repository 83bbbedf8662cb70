"""Writing people: starting a workshop, joining one, and its groups."""

from apps.participants.services.groups import add_group, change_group
from apps.participants.services.joining import (
    CodeExpired,
    CodeRefused,
    CodeUnknown,
    TooManyGuesses,
    join_workshop,
    renew_join_code,
    workshop_of,
)
from apps.participants.services.starting import start_workshop

__all__ = [
    "CodeExpired",
    "CodeRefused",
    "CodeUnknown",
    "TooManyGuesses",
    "add_group",
    "change_group",
    "join_workshop",
    "renew_join_code",
    "start_workshop",
    "workshop_of",
]
