"""What is held, kept and told of notes."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from apps.core.contributions import contribute, contributed
from apps.core.holdings import Held, HeldItem, Kept, Removal
from apps.core.permissions import allowed
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
from apps.notes.selectors import notes_visible_to
from apps.notes.services.changes import FEED, NOTES, THOUGHTS
from apps.participants.models import Participant
from apps.participants.selectors.attribution import Attribution
from apps.workshops.attribution import speakers_kept_until
from apps.workshops.models import Workshop
from apps.workshops.rules import TEAM
from apps.workshops.searching import Hit, Kind, Search

# How long a text may be looked at before notes are taken from it.
DRAFT_KEPT = timedelta(days=1)


@contribute("live:topics", order=30)
def hear(actor: Participant) -> Iterator[str]:
    """Tell the team of every note and thought, and everybody of what a live feed shows."""
    yield FEED
    if allowed(actor, "notes.view", actor.workshop):
        yield NOTES
        yield THOUGHTS


@contribute("live:changed", order=30)
def changed(subject: Model, **_: str) -> Iterator[str]:
    """Say that what waits for the team changed. Changes of notes are numbered, and tell of it."""
    if isinstance(subject, Thought):
        yield THOUGHTS


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
    said = Note.objects.filter(pk__in=speakers.notes_of(participant)).select_related("session")
    until = speakers_kept_until(participant.workshop).astimezone(participant.workshop.zone)
    yield Held(
        "notes_said",
        "Notes of what you said",
        [
            HeldItem(f"Note {note.sequence}", about=f"{note.session}, until {until:%-d %B %Y}")
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


def _drafts(**which: Any) -> Removal:
    """Texts that somebody looks at before notes are taken from them; they may name people."""
    return Removal(
        "texts that were being looked at",
        remove=lambda: ImportDraft.objects.filter(**which).delete()[0],
        remaining=lambda: ImportDraft.objects.filter(**which).count(),
    )


@contribute("search", order=10)
def found(actor: Participant, search: Search) -> Iterator[Kind]:
    """Find notes, for those who read them."""
    if not search.wants("notes"):
        return
    notes = notes_visible_to(actor).standing()
    count, best = search.among(notes, "notes", text="text")
    attribution = Attribution(actor)
    hits = [
        Hit(
            note.pk,
            note.excerpt,
            reverse("notes:detail", args=[actor.workshop.slug, note.pk]),
            [
                about
                for about in (str(note.session), attribution.group(note.group_id, note.session))
                if about
            ],
        )
        for note in best
    ]
    yield Kind("notes", "Notes", count, hits)


@contribute("history:verbs", order=30)
def told() -> Iterator[dict[str, str]]:
    """Say what was done with notes."""
    yield {
        "note.recorded": "recorded {subject}",
        "notes.imported": "imported notes",
        "notes.import_undone": "undid an import of notes",
        "note.corrected": "corrected {subject}",
        "note.redacted": "redacted {subject}",
        "speaker.corrected": "corrected who said {subject}",
        "speaker.opened": "asked who said {subject}",
    }


@contribute("history:names", order=30)
def names(viewer: Participant, ids: Mapping[str, set[uuid.UUID]]) -> Iterator[dict[uuid.UUID, str]]:
    """Call notes by their numbers."""
    found = Note.objects.of_workshop(viewer.workshop).filter(pk__in=ids.get("notes.note", ()))
    yield {pk: f"note {number}" for pk, number in found.values_list("pk", "sequence")}


@contribute("notes:speakers", order=10)
def beside(actor: Participant, notes: list[Note]) -> Iterator[dict[uuid.UUID, tuple[str, bool]]]:
    """Say what may stand beside notes of who said them: for pages, which can't ask themselves."""
    yield speakers.beside(actor, notes)


def _deleted(notes: NoteQuerySet) -> int:
    return notes.delete()[1].get(Note._meta.label, 0)
