"""Taking what a device kept until it could be sent.

Leads to `apps.notes.speakers`, and is imported by the page where notes are taken alone.
"""

from apps.themes.services.taking.kinds import KINDS, may_send, take

__all__ = ["KINDS", "may_send", "take"]
