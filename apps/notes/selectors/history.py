"""What notes said before, and which were redacted."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from apps.core.models import AuditEntry
from apps.notes.models import Note, NoteRevision, Source
from apps.participants.models import Participant
from apps.participants.selectors.attribution import Attribution, Everybody
from apps.workshops.models import Role
from apps.workshops.rules import TEAM


@dataclass(frozen=True)
class Wording:
    """What a note said once, or says: `by` whom, by their role, and since when."""

    text: str
    by: str
    at: datetime
    # How it came about: "written down", "sent from a phone", "imported", "corrected".
    how: str


@dataclass(frozen=True)
class Redaction:
    """That a note was redacted: by whom, by their role, why and when."""

    by: str
    reason: str
    at: datetime


ORIGIN = {
    Source.FACILITATOR: "Written down",
    Source.PHONE: "Sent from a phone, and let in",
    Source.IMPORT: "Imported",
}


def history_of(note: Note, attribution: Attribution) -> list[Wording]:
    """Return all that `note`, which its reader may read, says and said, the newest first.

    `attribution` is its reader's. Nothing once it was redacted. Two queries.
    """
    if note.redacted_at:
        return []
    return _histories([note], _revisions([note]), attribution)[note.pk]


def earlier_wordings(
    notes: Iterable[Note], attribution: Attribution
) -> dict[uuid.UUID, list[Wording]]:
    """Return what those of `notes` that were corrected said before, the newest first.

    A query, and another where any was.
    """
    rows = list(notes)
    revisions = _revisions(rows)
    corrected = [row for row in rows if row.pk in revisions]
    histories = _histories(corrected, revisions, attribution)
    return {pk: wordings[1:] for pk, wordings in histories.items()}


def redactions(notes: Iterable[Note]) -> dict[uuid.UUID, Redaction]:
    """Return by whom and why those of `notes` were redacted that were; no query if none was."""
    gone = {note.pk: note for note in notes if note.redacted_at is not None}
    if not gone:
        return {}
    entries = list(AuditEntry.objects.filter(verb="note.redacted", subject_id__in=gone))
    people = _people(entry.actor_id for entry in entries)
    everybody = Attribution(Everybody(next(iter(gone.values())).workshop))
    return {
        entry.subject_id: Redaction(
            by=_by(people, entry.actor_id, everybody), reason=entry.reason, at=entry.at
        )
        for entry in entries
    }


def _revisions(notes: Iterable[Note]) -> dict[uuid.UUID, list[NoteRevision]]:
    """Return what those of `notes` that were corrected said, by their ids, the oldest first."""
    found: dict[uuid.UUID, list[NoteRevision]] = {}
    rows = NoteRevision.objects.filter(note__in=[note.pk for note in notes])
    for revision in rows.order_by("replaced_at", "pk"):
        found.setdefault(revision.note_id, []).append(revision)
    return found


def _histories(
    notes: Iterable[Note],
    revisions: Mapping[uuid.UUID, list[NoteRevision]],
    attribution: Attribution,
) -> dict[uuid.UUID, list[Wording]]:
    rows = list(notes)
    correctors = [each.replaced_by_id for row in rows for each in revisions.get(row.pk, [])]
    people = _people([*(row.recorded_by_id for row in rows), *correctors])
    return {
        row.pk: [
            Wording(text, _by(people, writer, attribution), at, how)
            for text, writer, at, how in _wordings(row, revisions.get(row.pk, []))
        ][::-1]
        for row in rows
    }


def _wordings(
    note: Note, revisions: list[NoteRevision]
) -> Iterator[tuple[str, uuid.UUID | None, datetime, str]]:
    """Go through what `note` said from the first to the last, each with who made it say so."""
    texts = [*(revision.text for revision in revisions), note.text]
    yield texts[0], note.recorded_by_id, note.recorded_at, ORIGIN[Source(note.source)]
    for revision, text in zip(revisions, texts[1:], strict=True):
        yield text, revision.replaced_by_id, revision.replaced_at, "Corrected"


def _people(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, Participant]:
    found = Participant.objects.filter(pk__in={pk for pk in ids if pk})
    return {person.pk: person for person in found}


def _by(
    people: Mapping[uuid.UUID, Participant], pk: uuid.UUID | None, attribution: Attribution
) -> str:
    """Return how somebody of the team is called, by role; nothing for who was erased since."""
    person = people.get(pk) if pk else None
    if person is None:
        return ""
    # Whoever left the team since wrote as one of it.
    role = person.role if person.role in TEAM else Role.FACILITATOR
    return attribution.author(person, written_as=role, group_id=None)
