"""Passages of notes that stand under themes, where they are now.

Offsets count Unicode code points, as Python and PostgreSQL do; a browser counts otherwise
(static/js/sorting/passage.js).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.notes.models import Note
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant
from apps.themes.models import Filing, Theme


@dataclass(frozen=True)
class Passage:
    """A passage: where it stands in its note now, or where it stood if it no longer `fits`."""

    filing: Filing
    note_text: str
    start: int
    end: int
    fits: bool

    @property
    def text(self) -> str:
        """Its words."""
        return self.filing.passage

    @property
    def before(self) -> str:
        """What the note says before it, while it fits."""
        return self.note_text[: self.start]

    @property
    def after(self) -> str:
        """What the note says after it, while it fits."""
        return self.note_text[self.end :]

    @property
    def note(self) -> Note:
        """The note that it is of."""
        return self.filing.note


def places_of(words: str, text: str) -> list[int]:
    """Return every offset in `text` at which `words` stand, also where they overlap."""
    found, at = [], text.find(words)
    while words and at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def place_of(words: str, text: str, near: int) -> int | None:
    """Return the offset nearest to `near` at which `words` stand in `text`; None if they don't."""
    return min(places_of(words, text), key=lambda at: (abs(at - near), at), default=None)


def passages_among(filings: Iterable[Filing], text: str) -> list[Passage]:
    """Return the passages among `filings` of a note that says `text` now."""
    found = []
    for filing in filings:
        if filing.start is None or filing.end is None:
            continue
        at = place_of(filing.passage, text, filing.start)
        start = filing.start if at is None else at
        end = start + len(filing.passage)
        found.append(Passage(filing, text, start, end, fits=at is not None))
    return found


def passages_under(actor: Participant, theme: Theme) -> list[Passage]:
    """Return the passages that stand under `theme`, of the notes that `actor` reads: one query."""
    rows = theme.filings.filter(start__isnull=False, note__in=notes_visible_to(actor))
    found: list[Passage] = []
    for filing in rows.select_related("note").order_by("note__sequence", "start"):
        found += passages_among([filing], filing.note.text)
    return found
