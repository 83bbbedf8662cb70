"""Writing people: starting a workshop, joining one, and its groups."""

from apps.participants.services.forgetting import forget_person
from apps.participants.services.groups import add_group, change_group, move_group, remove_group
from apps.participants.services.joining import (
    CodeExpired,
    CodeRefused,
    CodeUnknown,
    TooManyGuesses,
    join_workshop,
    renew_join_code,
    workshop_of,
)
from apps.participants.services.oneself import change_oneself
from apps.participants.services.purging import purge_due, purge_now, sweep
from apps.participants.services.starting import start_workshop

__all__ = [
    "CodeExpired", "CodeRefused", "CodeUnknown", "TooManyGuesses", "add_group", "change_group",
    "change_oneself", "forget_person", "join_workshop", "move_group", "purge_due", "purge_now",
    "remove_group", "renew_join_code", "start_workshop", "sweep", "workshop_of",
]  # fmt: skip
