"""Taking what a device kept until it could be sent.

Leads to `apps.notes.speakers`, and is imported by the page where notes are taken alone.
"""

from apps.themes.services.taking.entries import Entry, State, Taken
from apps.themes.services.taking.kinds import KINDS, Kind, may_send, take

__all__ = ["KINDS", "Entry", "Kind", "State", "Taken", "may_send", "take"]
