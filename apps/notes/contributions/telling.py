"""What open pages, the search and the history are told."""

import uuid
from collections.abc import Iterator, Mapping

from django.db.models import Model
from django.urls import reverse

from apps.core.contributions import contribute
from apps.core.permissions import allowed
from apps.notes.models import Note, Thought
from apps.notes.selectors import notes_visible_to
from apps.notes.services.changes import FEED, NOTES, THOUGHTS
from apps.participants.models import Participant
from apps.participants.selectors.attribution import Attribution
from apps.workshops.searching import Hit, Kind, Search


@contribute("live:topics", order=30)
def hear(actor: Participant) -> Iterator[str]:
    """Tell the team of every note and thought, and who reads along of what a feed shows."""
    if allowed(actor, "notes.read_along", actor.workshop):
        yield FEED
    if allowed(actor, "notes.view", actor.workshop):
        yield NOTES
        yield THOUGHTS


@contribute("live:changed", order=30)
def changed(subject: Model, **_: str) -> Iterator[str]:
    """Say that what waits for the team changed. Changes of notes are numbered, and tell of it."""
    if isinstance(subject, Thought):
        yield THOUGHTS


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
        "thought.let_in": "let in a participant’s thought as {subject}",
        "thought.set_aside": "set a participant’s thought aside",
        "thought.brought_back": "let a participant’s thought wait again",
        "speaker.corrected": "corrected who said {subject}",
        "speaker.opened": "asked who said {subject}",
    }


@contribute("history:names", order=30)
def names(viewer: Participant, ids: Mapping[str, set[uuid.UUID]]) -> Iterator[dict[uuid.UUID, str]]:
    """Call notes by their numbers."""
    found = Note.objects.of_workshop(viewer.workshop).filter(pk__in=ids.get("notes.note", ()))
    yield {pk: f"note {number}" for pk, number in found.values_list("pk", "sequence")}
