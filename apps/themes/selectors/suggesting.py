"""What is suggested for notes that stand nowhere."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from apps.core.permissions import allowed
from apps.notes.models import Note
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant
from apps.themes.models import Suggestion
from apps.themes.selectors.outline import themes_visible_to


@dataclass(frozen=True)
class Suggested:
    """For one note: the nearest themes, and a note that may be the same point."""

    themes: list[Suggestion] = field(default_factory=list)
    twin: Suggestion | None = None


@dataclass(frozen=True)
class Proposal:
    """Notes that could make a theme, and the words they share, which would be its title."""

    label: str
    notes: list[Note]


def suggestions_for(actor: Participant) -> QuerySet[Suggestion]:
    """Return what is suggested to `actor`: to the team, of notes and themes that they may read."""
    found = Suggestion.objects.filter(workshop=actor.workshop_id).select_related("theme", "twin")
    may_file = allowed(actor, "themes.file", actor.workshop)
    if not may_file or not actor.workshop.suggests:
        return found.none()
    return found.filter(note__in=notes_visible_to(actor).unfiled())


def suggested(actor: Participant, notes: Iterable[Note]) -> dict[uuid.UUID, Suggested]:
    """Return by note what is suggested for each of `notes`. One query."""
    found: dict[uuid.UUID, Suggested] = {}
    rows = suggestions_for(actor).filter(note__in=[note.pk for note in notes], label="")
    for row in rows.order_by("-likeness"):
        of_note = found.setdefault(row.note_id, Suggested())
        if row.theme_id is not None:
            of_note.themes.append(row)
        else:
            found[row.note_id] = Suggested(of_note.themes, row)
    return found


def proposals(actor: Participant) -> list[Proposal]:
    """Return the groups that the notes could make, the largest first, while there is no theme."""
    if themes_visible_to(actor).exists():
        return []
    by_label: dict[str, list[Note]] = {}
    rows = suggestions_for(actor).exclude(label="").select_related("note")
    for row in rows.order_by("note__sequence"):
        by_label.setdefault(row.label, []).append(row.note)
    found = [Proposal(label, notes) for label, notes in by_label.items()]
    return sorted(found, key=lambda each: -len(each.notes))
