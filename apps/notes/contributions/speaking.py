"""What pages are told, and let in thoughts leave, of who said a note.

Apart from the other contributions, which can't reach it: search is one of them.
"""

import uuid
from collections.abc import Iterator

from apps.core.contributions import contribute
from apps.notes import speakers
from apps.notes.models import Note
from apps.participants.models import Participant


@contribute("notes:speakers", order=10)
def beside(actor: Participant, notes: list[Note]) -> Iterator[dict[uuid.UUID, tuple[str, bool]]]:
    """Say what may stand beside notes of who said them: for pages, which can't ask themselves."""
    yield speakers.beside(actor, notes)


@contribute("notes:let-in", order=10)
def keep_author(note: Note, author: Participant) -> Iterator[None]:
    """Keep apart who sent what became a note, where the rule lets it be kept."""
    speakers.keep_author(note=note, author=author)
    yield
