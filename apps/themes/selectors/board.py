"""The themes as columns, with the notes that stand in each."""

import uuid
from dataclasses import dataclass

from apps.notes.models import Note
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant
from apps.participants.selectors import Attribution
from apps.themes.models import Filing, Theme
from apps.themes.selectors.outline import Outline

# Notes that a column shows before it is opened.
FIRST = 6


@dataclass(frozen=True)
class Card:
    """A note on the board: whose group said it, and the titles of the themes it stands under."""

    note: Note
    said_by: str
    themes: list[str]


@dataclass(frozen=True)
class Column:
    """A theme, or none for the notes that are filed nowhere, and the first notes under it."""

    theme: Theme | None
    level: int
    notes: list[Card]
    count: int

    @property
    def rest(self) -> int:
        """How many notes it doesn't show."""
        return self.count - len(self.notes)


def board_of(
    actor: Participant, outline: Outline, *, opened: uuid.UUID | None = None, loose: bool = False
) -> list[Column]:
    """Return the columns that `actor` may sort: the unfiled notes, then the themes in order.

    All notes are shown of the theme whose id is `opened`, or of the unfiled ones if `loose` is
    asked for. A fixed number of queries.
    """
    visible = list(notes_visible_to(actor).values_list("pk", flat=True))
    here = set(visible)
    under: dict[uuid.UUID | None, dict[uuid.UUID, None]] = {}
    filed = Filing.objects.filter(theme__in=outline.themes).order_by("note__sequence")
    for theme_id, note_id in filed.values_list("theme_id", "note_id"):
        if note_id in here:
            under.setdefault(theme_id, {})[note_id] = None
    everywhere = {note_id for ids in under.values() for note_id in ids}
    under[None] = dict.fromkeys(note_id for note_id in visible if note_id not in everywhere)
    whole = {opened} | ({None} if loose else set())
    first = {
        theme_id: list(ids)[: None if theme_id in whole and (theme_id or loose) else FIRST]
        for theme_id, ids in under.items()
    }
    wanted = {note_id for ids in first.values() for note_id in ids}
    titles: dict[uuid.UUID, list[str]] = {}
    for theme in outline.themes.values():
        for note_id in wanted.intersection(under.get(theme.pk, ())):
            titles.setdefault(note_id, []).append(theme.title)
    attribution = Attribution(actor)
    shown = {
        note.pk: Card(note, attribution.group(note.group_id, note.session), titles.get(note.pk, []))
        for note in notes_visible_to(actor).filter(pk__in=wanted)
    }
    places: list[tuple[Theme | None, int]] = [(None, 0), *outline.in_order()]
    return [
        Column(theme, level, [shown[pk] for pk in first.get(key, [])], len(under.get(key, [])))
        for theme, level in places
        for key in [theme.pk if theme else None]
    ]
