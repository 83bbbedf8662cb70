"""What is held, kept and told of notes."""

import uuid
from collections.abc import Iterator, Mapping

from apps.core.contributions import contribute, contributed
from apps.core.holdings import Held, HeldItem, Kept, Removal
from apps.notes.models import Note, NoteRevision
from apps.participants.models import Participant
from apps.workshops.models import Workshop
from apps.workshops.rules import TEAM


@contribute("people:held", order=30)
def held(participant: Participant) -> Iterator[Held]:
    """Tell somebody which notes they took."""
    taken = Note.objects.filter(recorded_by=participant).values_list("sequence", flat=True)
    numbers = ", ".join(map(str, taken.order_by("sequence")))
    yield Held(
        "notes_taken",
        "Notes you wrote down",
        [HeldItem(f"Notes {numbers}")] if numbers else [],
        "They stay, without who wrote them down.",
    )


@contribute("people:forget", order=30)
def forget(participant: Participant) -> Iterator[Removal]:
    """Let notes, and corrections of them, no longer lead to whoever wrote them down."""
    yield Removal(
        "traces of who wrote notes down",
        remove=lambda: (
            Note.objects.filter(recorded_by=participant).update(recorded_by=None)
            + NoteRevision.objects.filter(replaced_by=participant).update(replaced_by=None)
        ),
        remaining=lambda: (
            Note.objects.filter(recorded_by_id=participant.pk).count()
            + NoteRevision.objects.filter(replaced_by_id=participant.pk).count()
        ),
    )


@contribute("purge", order=30)
def purge(workshop: Workshop) -> Iterator[Removal]:
    """Delete notes that nothing cites; of those that stay, all but their last words."""
    notes = Note.objects.of_workshop(workshop)
    cited = {note for found in contributed("notes:cited", workshop=workshop) for note in found}
    yield Removal(
        "notes that no finding cites",
        remove=lambda: notes.exclude(pk__in=cited).delete()[1].get(Note._meta.label, 0),
        remaining=lambda: len(set(notes.values_list("pk", flat=True)) - cited),
    )
    yield Removal(
        "earlier texts of notes",
        remove=lambda: NoteRevision.objects.filter(note__workshop=workshop).delete()[0],
        remaining=lambda: notes.filter(revisions__isnull=False).count(),
    )
    yield Removal(
        "groups of those who spoke",
        remove=lambda: notes.filter(group__isnull=False).update(group=None),
        remaining=lambda: workshop.groups.filter(pk__in=notes.values("group")).count(),
    )
    yield Removal(
        "participants who wrote notes down",
        remove=lambda: (
            notes.filter(recorded_by__isnull=False)
            .exclude(recorded_by__role__in=TEAM)
            .update(recorded_by=None)
        ),
        remaining=lambda: len(
            set(notes.exclude(recorded_by=None).values_list("recorded_by", flat=True))
            - set(workshop.participants.filter(role__in=TEAM).values_list("pk", flat=True))
        ),
    )


@contribute("purge:kept", order=30)
def kept(workshop: Workshop) -> Iterator[Kept]:
    """Notes that a finding rests on stay."""
    cited = {note for found in contributed("notes:cited", workshop=workshop) for note in found}
    yield Kept("notes that a finding cites", len(cited), "The memo names them by their numbers.")


@contribute("history:verbs", order=30)
def told() -> Iterator[dict[str, str]]:
    """Say what was done with notes."""
    yield {
        "note.recorded": "recorded {subject}",
        "note.corrected": "corrected {subject}",
    }


@contribute("history:names", order=30)
def names(viewer: Participant, ids: Mapping[str, set[uuid.UUID]]) -> Iterator[dict[uuid.UUID, str]]:
    """Call notes by their numbers."""
    found = Note.objects.of_workshop(viewer.workshop).filter(pk__in=ids.get("notes.note", ()))
    yield {pk: f"note {number}" for pk, number in found.values_list("pk", "sequence")}
