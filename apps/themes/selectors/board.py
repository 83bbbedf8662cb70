"""The themes as columns, with the notes that stand in each."""

import uuid
from dataclasses import dataclass

from apps.notes.models import Mark, Note
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant
from apps.participants.selectors import Attribution
from apps.themes.models import Filing, Theme
from apps.themes.selectors.outline import Outline

# Notes that a column shows before it is opened.
FIRST = 6


@dataclass(frozen=True)
class Card:
    """A note in a column: whose group said it and what else it is, and what other themes it
    stands under, by their titles.
    """

    pk: uuid.UUID
    text: str
    tags: list[str]
    elsewhere: list[str]


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
    standing: dict[uuid.UUID, list[Theme]] = {}
    for theme in outline.themes.values():
        for note_id in wanted.intersection(under.get(theme.pk, ())):
            standing.setdefault(note_id, []).append(theme)
    attribution = Attribution(actor)
    rows = notes_visible_to(actor).filter(pk__in=wanted).select_related(None)
    notes = {note.pk: note for note in rows.select_related("session")}
    tags = {pk: _tags(note, attribution) for pk, note in notes.items()}

    def card(pk: uuid.UUID, here: Theme | None) -> Card:
        elsewhere = [theme.title for theme in standing.get(pk, []) if theme != here]
        return Card(pk, notes[pk].text, tags[pk], elsewhere)

    places: list[tuple[Theme | None, int]] = [(None, 0), *outline.in_order()]
    return [
        Column(
            theme, level, [card(pk, theme) for pk in first.get(key, [])], len(under.get(key, []))
        )
        for theme, level in places
        for key in [theme.pk if theme else None]
    ]


def _tags(note: Note, attribution: Attribution) -> list[str]:
    said_by = attribution.group(note.group_id, note.session)
    kind = "" if note.mark == Mark.REMARK else str(note.get_mark_display()).lower()
    return [tag for tag in (said_by, kind) if tag]
