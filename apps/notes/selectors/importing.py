"""Reading imports of notes: what is being looked at, what there was, what can be taken back."""

import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from apps.core.contributions import contributed
from apps.notes.models import ImportDraft, Note, NoteImport, NoteRevision, standing
from apps.participants.models import Participant

CORRECTED, REDACTED = "corrected since", "redacted since"
CITED, ANSWERED = "cited by a finding", "answered by another note"


def drafts_of(actor: Participant) -> QuerySet[ImportDraft]:
    """Return what `actor` is looking at; nobody else sees it."""
    return ImportDraft.objects.filter(workshop=actor.workshop, made_by=actor)


def imports_of(actor: Participant) -> QuerySet[NoteImport, Any]:
    """Return the imports of the actor's workshop, the latest first, each with its `left` notes."""
    left = Count("notes", filter=standing("notes__"))
    return NoteImport.objects.filter(workshop=actor.workshop).annotate(left=left)


@dataclass(frozen=True)
class Undoing:
    """Which notes of an import go when it is taken back, and which stay, and why."""

    goes: list[Note]
    stays: list[tuple[Note, str]]

    @property
    def digest(self) -> str:
        """Tell this from what it becomes when somebody works on the notes meanwhile."""
        told = [*(str(note.pk) for note in self.goes), *(f"{n.pk} {why}" for n, why in self.stays)]
        return hashlib.sha256(" ".join(told).encode()).hexdigest()[:16]


def undoing(imported: NoteImport) -> Undoing:
    """Return which notes go when `imported` is taken back, and which stay and why.

    What somebody built on stays: notes that were corrected or redacted, that a finding cites, or
    that a note from elsewhere answers.
    """
    elsewhere = Q(imported_in=None) | ~Q(imported_in=imported)
    answers = Note.objects.filter(elsewhere, reply_to=OuterRef("pk"))
    notes = list(
        imported.notes.select_related("session").annotate(
            is_corrected=Exists(NoteRevision.objects.filter(note=OuterRef("pk"))),
            is_answered=Exists(answers),
        )
    )
    cited = _cited(imported)
    reasons = [(note, _why(note, cited)) for note in notes]
    return Undoing(
        goes=[note for note, why in reasons if not why],
        stays=[(note, why) for note, why in reasons if why],
    )


def _why(note: Any, cited: set[uuid.UUID]) -> str:
    """Return why `note` stays; empty if it goes."""
    if note.redacted_at is not None:
        return REDACTED
    if note.is_corrected or note.version > 1:
        return CORRECTED
    if note.pk in cited:
        return CITED
    return ANSWERED if note.is_answered else ""


def _cited(imported: NoteImport) -> set[uuid.UUID]:
    found = contributed("notes:cited", workshop=imported.workshop)
    return {note for cited in found for note in cited}
