"""What the page is made of where notes are taken: the stream of notes, and what a line may name."""

import json
from dataclasses import dataclass
from typing import Any

from apps.core.permissions import allowed
from apps.notes.models import Note, NoteCounter, NoteQuerySet
from apps.notes.selectors import (
    ShownNote,
    notes_visible_to,
    record_visible_to,
    sessions_with_counts,
    shown_notes,
)
from apps.participants.models import Participant
from apps.participants.selectors import groups_of
from apps.participants.selectors.attribution import people_to_choose
from apps.themes.selectors.outline import Outline
from apps.themes.selectors.unfiled import unfiled_notes
from apps.workshops.attribution import keeps_groups, keeps_speakers
from apps.workshops.models import Session, Workshop

# The newest notes are shown, and earlier ones by as many at a time.
AT_ONCE = 50


@dataclass(frozen=True)
class Stretch:
    """Notes as they follow one another in a session, or in the whole day."""

    notes: list[ShownNote]
    # How many come before the first of them.
    earlier: int = 0


def changes_so_far(actor: Participant) -> int:
    """Return the number of the last change to a note of the actor's workshop.

    Asked before the notes are read: whoever then asks for what came after it misses nothing.
    """
    counted = NoteCounter.objects.filter(workshop=actor.workshop_id)
    return counted.values_list("changes", flat=True).first() or 0


def newest_notes(
    actor: Participant, session: Session | None, *, before: int | None = None, limit: int = AT_ONCE
) -> Stretch:
    """Return the newest notes of `session`, or of the day, in order; `before` a place in it."""
    notes = _of(session, record_visible_to(actor))
    if before is not None:
        notes = notes.filter(sequence__lt=before)
    found = list(notes.order_by("-sequence")[:limit])
    earlier = notes.filter(sequence__lt=found[-1].sequence).count() if found else 0
    return Stretch(shown_notes(actor, reversed(found)), earlier)


def notes_from(actor: Participant, session: Session | None, sequence: int) -> int:
    """Return how many notes `session`, or the day, has from the place `sequence` on."""
    return _of(session, record_visible_to(actor)).filter(sequence__gte=sequence).count()


def changed_notes(actor: Participant, session: Session | None, *, since: int) -> list[ShownNote]:
    """Return what changed in `session`, or in the day, after the change numbered `since`."""
    changed = _of(session, record_visible_to(actor)).filter(change__gt=since)
    return shown_notes(actor, changed.order_by("sequence"))


def note_before(actor: Participant, session: Session, *, own: bool = False) -> Note | None:
    """Return the last note of `session`, or the last that `actor` wrote down there."""
    notes = notes_visible_to(actor).filter(session=session)
    found: Note | None = (notes.filter(recorded_by=actor) if own else notes).last()
    return found


def surroundings_of(actor: Participant) -> dict[str, Any]:
    """Return what stands around the stream: sessions and themes, each with its count of notes, the
    count of those without a theme, and what a line may name.
    """
    sessions = sessions_with_counts(actor)
    outline = Outline(actor)
    return {
        "sessions": sessions,
        "day_count": sum(session.note_count for session in sessions),  # type: ignore[attr-defined]
        "outline": outline,
        "themes": list(outline.in_order()),
        "unfiled": unfiled_notes(actor).count(),
        "catalogue": json.dumps(catalogue_of(actor, sessions, outline)),
    }


def catalogue_of(
    actor: Participant, sessions: list[Session], outline: Outline
) -> dict[str, list[dict[str, Any]]]:
    """Return what a line in the composer may name, and what the rule lets be kept in each session.

    People are in it for those who choose speakers by name, where anything may be kept of them.
    """
    workshop = actor.workshop
    kept = {session.pk: _kept_in(workshop, session) for session in sessions}
    anything = any(each["keeps_groups"] for each in kept.values())
    named = anything and allowed(actor, "notes.keep_speaker", workshop)
    return {
        "themes": [{"id": str(theme.pk), "title": theme.title} for theme, _ in outline.in_order()],
        "groups": [
            {"id": str(group.pk), "singular": group.singular, "plural": group.plural}
            for group in groups_of(workshop)
        ],
        "people": [
            {"id": str(person.id), "name": person.name, "group": person.group and str(person.group)}
            for person in (people_to_choose(workshop) if named else [])
        ],
        "sessions": [
            {
                "id": str(session.pk),
                "title": session.title,
                "current": session.is_current,
                **kept[session.pk],
            }
            for session in sessions
        ],
    }


def line_catalogue(actor: Participant, session: Session) -> dict[str, Any]:
    """Return what a line in the composer may name in `session`, for `apps.notes.grammar`."""
    found = catalogue_of(actor, [session], Outline(actor))
    return {**found, **_kept_in(actor.workshop, session)}


def _kept_in(workshop: Workshop, session: Session) -> dict[str, bool]:
    return {
        "keeps_groups": keeps_groups(workshop, session),
        "keeps_speakers": keeps_speakers(workshop, session),
    }


def _of(session: Session | None, notes: NoteQuerySet) -> NoteQuerySet:
    return notes if session is None else notes.filter(session=session)
