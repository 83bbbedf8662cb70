"""What is held on people in notes and thoughts, what goes when, and what stays."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from apps.core.contributions import contribute, contributed
from apps.core.holdings import Held, HeldItem, Kept, Removal
from apps.notes import speakers
from apps.notes.models import (
    ImportDraft,
    Note,
    NoteImport,
    NoteQuerySet,
    NoteRevision,
    Thought,
    standing,
)
from apps.notes.selectors import thoughts_of
from apps.participants.models import Participant
from apps.workshops.attribution import speakers_kept_until
from apps.workshops.models import Workshop
from apps.workshops.rules import TEAM

# How long a text may be looked at before notes are taken from it.
DRAFT_KEPT = timedelta(days=1)


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
    looked_at = ImportDraft.objects.filter(made_by=participant)
    yield Held(
        "notes_looked_at",
        "A text that you are about to import",
        [HeldItem(draft.get_format_display(), at=draft.created_at) for draft in looked_at],
        "It is deleted, as it is after a day.",
    )
    yield Held(
        "thoughts",
        "Thoughts that you sent and nobody let in",
        [
            HeldItem(each.text, about=_where(participant, each), at=each.created_at)
            for each in thoughts_of(participant)
        ],
        "They are deleted.",
    )
    said = Note.objects.filter(pk__in=speakers.notes_of(participant)).select_related("session")
    until = speakers_kept_until(participant.workshop).astimezone(participant.workshop.zone)
    yield Held(
        "notes_said",
        "Notes of what you said",
        [
            HeldItem(
                f"Note {note.sequence}",
                about=f"{_where(participant, note)}, until {until:%-d %B %Y}".removeprefix(", "),
            )
            for note in said.order_by("sequence")
        ],
        "They stay, without who said them.",
    )


@contribute("people:forget", order=30)
def forget(participant: Participant) -> Iterator[Removal]:
    """Let notes, and corrections of them, no longer lead to whoever said or wrote them down."""
    yield Removal(
        "speaker links",
        remove=lambda: speakers.forget_person(participant),
        remaining=lambda: speakers.count(participant_id=participant.pk),
    )
    yield _drafts(made_by=participant)
    yield Removal(
        "traces of who imported notes",
        remove=lambda: NoteImport.objects.filter(made_by=participant).update(made_by=None),
        remaining=lambda: NoteImport.objects.filter(made_by_id=participant.pk).count(),
    )
    yield _thoughts(Thought.objects.filter(author=participant), author_id=participant.pk)
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
        "speaker links",
        remove=lambda: speakers.forget_workshop(workshop),
        remaining=lambda: speakers.count(workshop_id=workshop.pk),
    )
    yield _drafts(made_by__workshop=workshop)
    imports = NoteImport.objects.filter(workshop=workshop)
    yield Removal(
        "imports of notes",
        remove=lambda: imports.delete()[1].get(NoteImport._meta.label, 0),
        remaining=lambda: notes.filter(imported_in__isnull=False).count() + imports.count(),
    )
    yield _thoughts(Thought.objects.filter(workshop=workshop), workshop_id=workshop.pk)
    redacted = notes.exclude(standing())
    yield Removal(
        "places of redacted notes that no finding cites",
        remove=lambda: _deleted(redacted.exclude(pk__in=cited)),
        remaining=lambda: len(set(redacted.values_list("pk", flat=True)) - cited),
    )
    yield Removal(
        "notes that no finding cites",
        remove=lambda: _deleted(notes.exclude(pk__in=cited)),
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
        remaining=lambda: sum(map(bool, notes.values_list("group", flat=True))),
    )
    yield Removal(
        "participants who wrote notes down",
        remove=lambda: (
            notes.filter(recorded_by__isnull=False)
            .exclude(recorded_by__role__in=TEAM)
            .update(recorded_by=None)
        ),
        remaining=lambda: (
            workshop.participants.exclude(role__in=TEAM)
            .filter(pk__in=notes.values("recorded_by"))
            .count()
        ),
    )


@contribute("purge:kept", order=30)
def kept(workshop: Workshop) -> Iterator[Kept]:
    """Notes that a finding rests on stay."""
    cited = {note for found in contributed("notes:cited", workshop=workshop) for note in found}
    count = Note.objects.of_workshop(workshop).standing().filter(pk__in=cited).count()
    yield Kept("notes that a finding cites", count, "The memo names them by their numbers.")


@contribute("sweep", order=30)
def sweep() -> Iterator[Removal]:
    """Forget speakers who have been kept for as long as people were told."""
    yield Removal(
        "speaker links",
        remove=speakers.forget_expired,
        remaining=lambda: speakers.count(expires_at__lte=timezone.now()),
    )
    yield _drafts(created_at__lt=timezone.now() - DRAFT_KEPT)


def _where(participant: Participant, said: Note | Thought) -> str:
    """Return the session, which whoever isn't in reads nothing of."""
    return str(said.session) if participant.is_here else ""


def _drafts(**which: Any) -> Removal:
    """Texts that somebody looks at before notes are taken from them; they may name people."""
    return Removal(
        "texts that were being looked at",
        remove=lambda: ImportDraft.objects.filter(**which).delete()[0],
        remaining=lambda: ImportDraft.objects.filter(**which).count(),
    )


def _thoughts(thoughts: QuerySet[Thought], **whose: uuid.UUID) -> Removal:
    return Removal(
        "thoughts that nobody let in",
        remove=lambda: thoughts.delete()[0],
        remaining=lambda: Thought.objects.filter(**whose).count(),
    )


def _deleted(notes: NoteQuerySet) -> int:
    return notes.delete()[1].get(Note._meta.label, 0)
