"""The notes of a theme, for choosing what a finding rests on."""

import uuid
from dataclasses import dataclass

from apps.annotations.models import Annotation, Evidence
from apps.notes.models import Note
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant


@dataclass(frozen=True)
class Choosable:
    """A note under the theme, and what it does to the finding or position so far, if anything."""

    note: Note
    stance: str


def rows_to_choose(
    actor: Participant, annotation: Annotation, position: uuid.UUID | None
) -> list[Choosable]:
    """Return the notes filed where `annotation` stands, with what they do to it.

    Or to its `position`, by id; None for the claim. Two queries.
    """
    evidence = Evidence.objects.filter(annotation=annotation, position=position)
    stances = dict(evidence.values_list("note", "stance"))
    notes = notes_visible_to(actor).filter(filings__theme=annotation.theme_id)
    return [Choosable(note, stances.get(note.pk, "")) for note in notes]
