"""What is filed under a theme, as a workshop's file tells it: notes, and passages of notes.

Earlier texts of a note stay in the house. Where it doesn't say any more what was marked, it stands
under the theme as a whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.documents import Many, Parts, Reading, Unfit
from apps.notes.models import Note
from apps.themes.models import Filing, Theme
from apps.themes.selectors.passages import passages_among

NOT_THERE = "doesn’t stand in the note."
SEVERAL = "stands in the note several times: say where it starts."


@dataclass(frozen=True)
class Marked:
    """Some words of a note, and the offset at which they start."""

    note: Note
    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset behind them."""
        return self.start + len(self.text)


def marked_in(filing: Filing) -> Marked | None:
    """Return the passage that is filed, as far as the note says it still."""
    for passage in passages_among([filing], filing.note.text):
        if passage.fits:
            return Marked(filing.note, passage.start, passage.text)
    return None


def filing_of(theme: Theme, note: Note, reading: Reading, **passage: Any) -> Filing:
    """Return that `note`, or a passage of it, stands under `theme` since it was recorded."""
    return Filing(
        workshop=reading.scope,
        theme=theme,
        note=note,
        filed_by=note.recorded_by,
        filed_at=note.recorded_at,
        **passage,
    )


@dataclass(frozen=True)
class Filed(Many):
    """The notes that stand under a theme as a whole."""

    def get(self, row: Any) -> Any:
        return [each.note for each in row.filings.all() if marked_in(each) is None]


@dataclass(frozen=True)
class Passages(Parts):
    """The passages of notes that stand under a theme."""

    names: tuple[str, ...] = ("note", "start", "end", "text")

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        found = super().read(value, row, reading)
        seen = set()
        for place, each in enumerate(found):
            if each in seen:
                raise Unfit("stands here already.", at=f"[{place}]")
            seen.add(each)
        return found

    def part(self, said: Mapping[str, Any], row: Any, reading: Reading) -> Marked:
        note, text = _note(said.get("note"), reading), said.get("text")
        if not isinstance(text, str) or not text.strip():
            raise Unfit("should be some words of the note.", at=".text")
        marked = Marked(note, _start(note.text, text, said.get("start")), text)
        end = said.get("end")
        if end is not None and not (type(end) is int and end == marked.end):
            raise Unfit("isn’t where these words end.", at=".end")
        return marked

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        for each in value:
            words = {"start": each.start, "end": each.end, "passage": each.text}
            reading.also.append(filing_of(row, each.note, reading, **words))

    def get(self, row: Any) -> Any:
        # After a correction two may have come to stand in one place.
        found = dict.fromkeys(filter(None, map(marked_in, row.filings.all())))
        return sorted(found, key=lambda each: (each.note.sequence, each.start, each.end))

    def told(self, value: Any, book: Any) -> Any:
        return list(_told(value, book))


def _note(key: Any, reading: Reading) -> Note:
    if not isinstance(key, str):
        raise Unfit("should be the id of a note.", at=".note")
    try:
        found = reading.find(key, ["notes"])
    except Unfit as unfit:
        raise Unfit(str(unfit), at=".note") from None
    if found is None:
        raise Unfit("is the id of something that isn’t a note.", at=".note")
    note: Note = found[1]
    return note


def _start(says: str, text: str, start: Any) -> int:
    """Return where `text` stands in a note that `says` something; at `start`, if that is given."""
    if start is not None:
        if type(start) is not int or start < 0 or not says.startswith(text, start):
            raise Unfit("isn’t where these words stand in the note.", at=".start")
        return start
    at = says.find(text)
    if at < 0 or says.find(text, at + 1) >= 0:
        raise Unfit(NOT_THERE if at < 0 else SEVERAL, at=".text")
    return at


def _told(passages: list[Marked], book: Any) -> Iterator[dict[str, Any]]:
    for each in passages:
        if key := book.key(each.note.pk):
            yield {"note": key, "start": each.start, "end": each.end, "text": each.text}
