"""Recording a note together with who said it.

Apart from the other services, and not among what `apps.themes.services` offers: what leads to
`apps.notes.speakers` is imported by the page where notes are taken, and by what takes the notes
that a device kept for it.
"""

from typing import Any

from django.db import transaction

from apps.notes import speakers
from apps.notes.models import Note
from apps.participants.models import Group, Participant
from apps.themes.services.filing import capture_note


@transaction.atomic
def capture_note_of(
    *, actor: Participant, speaker: Participant | None, group: Group | None = None, **note: Any
) -> Note:
    """Record a note, file it, and keep apart who said it; or do none of it. Return the note.

    Without a `group` the note has the speaker's. The facilitation team may, and with a `speaker`
    those of it who read the list of people. Raises what `capture_note` and
    `apps.notes.speakers.keep` raise.
    """
    if speaker is None:
        return capture_note(actor=actor, group=group, **note)
    captured = capture_note(actor=actor, group=group or speakers.group_of(speaker), **note)
    speakers.keep(actor=actor, note=captured, speaker=speaker)
    return captured


def group_said(speaker: Participant) -> Group | None:
    """Return the group that a note of `speaker` has where who said it can't be kept."""
    return speakers.group_of(speaker)
