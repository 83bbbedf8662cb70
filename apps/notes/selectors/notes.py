"""Who may read notes, and how they are shown."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.core.contributions import Panel, contributed
from apps.core.permissions import allowed
from apps.notes.models import Note, NoteQuerySet
from apps.notes.selectors.history import Redaction, Wording, earlier_wordings, redactions
from apps.participants.models import Participant
from apps.participants.selectors import Attribution
from apps.workshops.models import Session
from apps.workshops.selectors import sessions_of

# The name of a speaker, and whether the reader may ask for it.
NOBODY = ("", False)


@dataclass(frozen=True)
class Tag:
    """A small link in a note's row: where else the note stands."""

    label: str
    url: str = ""
    kind: str = ""


@dataclass(frozen=True)
class ShownNote:
    """A note as its readers see it: who said it, by group, and by name where that may stand
    beside it; what it said before; where it stands.
    """

    note: Note
    said_by: str
    earlier: list[Wording]
    tags: list[Tag] = field(default_factory=list)
    speaker: str = ""
    # Who said it is kept, and the reader may ask for it.
    may_ask: bool = False
    # That its words are gone, and why.
    redaction: Redaction | None = None
    # What the page that it is shown on adds to it.
    beside: list[Panel] = field(default_factory=list)


def notes_visible_to(actor: Participant) -> NoteQuerySet:
    """Return the notes that `actor` may read, in the order in which they were recorded.

    Those that were redacted aren't among them: what lists, counts, files or cites notes asks here.
    """
    return record_visible_to(actor).standing()


def record_visible_to(actor: Participant) -> NoteQuerySet:
    """Return the record as `actor` may read it: notes, and where one was redacted, that it was.

    For the stream of a session, in which what was redacted leaves its place, and for nothing else.
    """
    notes = Note.objects.of_workshop(actor.workshop)
    notes = notes.select_related("session", "group", "reply_to").defer("reply_to__text")
    return notes if allowed(actor, "notes.view", actor.workshop) else notes.none()


def shown_notes(
    actor: Participant, notes: Iterable[Note], *, here: str = "", beside: str = ""
) -> list[ShownNote]:
    """Return `notes`, which `actor` may read, as they are shown: a fixed number of queries.

    Tags that lead to `here`, the address of the page they are shown on, are left out. `beside`
    names a place at which the apps say what that page adds to each: panels by the id of the note.
    """
    rows = list(notes)
    attribution = Attribution(actor)
    earlier, gone = earlier_wordings(rows, attribution), redactions(rows)
    tags: dict[uuid.UUID, list[Tag]] = {}
    for found in contributed("notes:tags", actor=actor, notes=rows):
        for note_id, more in found.items():
            tags.setdefault(note_id, []).extend(more)
    speakers: dict[uuid.UUID, tuple[str, bool]] = {}
    for told in contributed("notes:speakers", actor=actor, notes=rows):
        speakers.update(told)
    panels: dict[uuid.UUID, list[Panel]] = {}
    for added in contributed(beside, actor=actor, notes=rows) if beside else []:
        for note_id, parts in added.items():
            panels.setdefault(note_id, []).extend(parts)
    return [
        ShownNote(
            note=note,
            said_by=attribution.group(note.group_id, note.session),
            earlier=earlier.get(note.pk, []),
            tags=[tag for tag in tags.get(note.pk, []) if tag.url != here],
            speaker=speakers.get(note.pk, NOBODY)[0],
            may_ask=speakers.get(note.pk, NOBODY)[1],
            redaction=gone.get(note.pk),
            beside=panels.get(note.pk, []),
        )
        for note in rows
    ]


def sessions_with_counts(actor: Participant) -> list[Session]:
    """Return the sessions of the actor's workshop in order, each with its `note_count`."""
    return list(sessions_of(actor.workshop))


def session_in_use(actor: Participant) -> uuid.UUID | None:
    """Return the session in which `actor`, or else anyone, last recorded a note."""
    latest = Note.objects.of_workshop(actor.workshop).order_by("-sequence")
    own = latest.filter(recorded_by=actor).values_list("session_id", flat=True).first()
    return own or latest.values_list("session_id", flat=True).first()
