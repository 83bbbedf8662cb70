"""From the lines of a programme to sessions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time

from apps.workshops.models import SessionKind
from apps.workshops.programme import guesses
from apps.workshops.programme.clock import (
    LAST_OF_AFTERNOON,
    Span,
    after,
    in_the_afternoon,
    minutes_in,
    read_span,
)
from apps.workshops.programme.days import read_day

# A form with more rows than this is none; what follows stays text.
MOST_ENTRIES = 100
# No title is longer, with a time and a room.
LONGEST_LINE = 320

BULLET = re.compile(r"^(?:[-–—•·*▪◦‣+]|\(?(?:\d{1,2}|[a-z])[.)])\s+(?=\S)")
SET_IN = re.compile(r"^(?:\t|[ ]{2,})\s*\S")
CELLS = re.compile(r"\t+|\s+\|\s*|\s*\|\s+")
LISTED = re.compile(r"(?:^|\s+)[-–—•·*▪◦‣]\s+|\s*;\s*")
WORDS = re.compile(r"[^\W_]")
MARKUP = re.compile(r"^#{1,6}\s+|\*\*|__")
HEADINGS = re.compile(
    r"time|when|session|title|topic|what|who|speakers?|room|where|place|zeit|uhrzeit|wann|programm"
    r"|thema|titel|wer|raum|ort|heure|horaire|quand|titre|sujet|qui|intervenant|salle|lieu",
    re.IGNORECASE,
)
EDGES = " \t:|–—-.,;·•"


@dataclass(frozen=True)
class Entry:
    """A session, as it was read from a line. `under` is the place of its round in the entries."""

    line: int
    title: str
    day: date
    start: time | None
    end: time | None
    kind: str
    room: str = ""
    under: int | None = None
    is_break: bool = False


@dataclass(frozen=True)
class UnreadLine:
    """A line that says no time and belongs to nothing: kept for people to mend."""

    number: int
    text: str


@dataclass(frozen=True)
class Programme:
    """What a text came to."""

    entries: list[Entry]
    unread: list[UnreadLine]

    @property
    def unread_text(self) -> str:
        """The lines that weren't understood, as they were typed."""
        return "\n".join(line.text for line in self.unread)


def read_programme(text: str, *, first: date, last: date) -> Programme:
    """Read `text` as the programme of a workshop from `first` to `last`."""
    reader = _Reader(first=first, last=last, day=first)
    for number, line in enumerate(text.splitlines(), start=1):
        reader.take(number, line)
    reader.give_up_pending()
    return Programme(reader.entries, sorted(reader.unread, key=lambda line: line.number))


@dataclass
class _Reader:
    first: date
    last: date
    day: date
    entries: list[Entry] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)
    # The place of the last entry that stands for itself, under which others may come.
    top: int | None = None
    # A time that stood on a line of its own: what happens then comes on the next.
    pending: tuple[UnreadLine, Span] | None = None

    def take(self, number: int, line: str) -> None:
        """Take one line more."""
        text = MARKUP.sub("", line.replace("\xa0", " ").replace("\u202f", " ")).strip().strip("|")
        text = text.strip()
        if not WORDS.search(text):
            return
        raw = UnreadLine(number, line.rstrip())
        if len(text) > LONGEST_LINE:
            self.unread.append(raw)
            return
        found = read_day(text, first=self.first, last=self.last)
        if found:
            self.give_up_pending()
            self.day, self.top = found.day, None
            text = found.rest
            if not WORDS.search(text):
                return
        bullet = BULLET.match(text)
        listed = bool(bullet) or bool(SET_IN.match(line))
        text = text[bullet.end() :] if bullet else text
        if len(self.entries) >= MOST_ENTRIES or not self._read(raw, text, listed=listed):
            self.unread.append(raw)

    def give_up_pending(self) -> None:
        """Keep a time for which nothing came as text."""
        if self.pending:
            self.unread.append(self.pending[0])
        self.pending = None

    def _read(self, raw: UnreadLine, text: str, *, listed: bool) -> bool:
        cells = [cell.strip() for cell in CELLS.split(text) if cell.strip()]
        span = read_span(text) if len(cells) < 2 else _span_of(cells)  # noqa: PLR2004 - a pair
        if span is not None:
            self.give_up_pending()
            if not WORDS.search(span.rest):
                self.pending = (raw, span)
                return True
            return self._add(raw.number, span, listed=listed)
        if self.pending and not listed:
            (_, waiting), self.pending = self.pending, None
            return self._add(raw.number, replace(waiting, rest=" – ".join(cells)), listed=False)
        if cells and all(HEADINGS.fullmatch(cell.strip(EDGES)) for cell in cells):
            return True
        return self._add_room(text) or self._add_part(raw.number, text, listed=listed)

    def _add(self, number: int, span: Span, *, listed: bool) -> bool:
        start, end = self._in_order(span)
        minutes, title = minutes_in(span.rest)
        if minutes and end is None:
            end = after(start, minutes)
        title, parts = _parts_of(title)
        title, room = guesses.room_in(title)
        entry = Entry(
            number, _trimmed(title), self.day, start, end,
            kind=guesses.kind_of(title) or SessionKind.PLENARY, room=room,
            is_break=guesses.is_break(title),
        )  # fmt: skip
        whole = self.entries[self.top] if self.top is not None else None
        if listed and whole and whole.end and whole.start and whole.start <= start < whole.end:
            self.entries.append(replace(entry, under=self.top))
        else:
            self.entries.append(entry)
            self.top = len(self.entries) - 1
        for part in parts:
            self._add_part(number, part, listed=True)
        return True

    def _add_room(self, text: str) -> bool:
        match = guesses.ROOM_LINE.match(text)
        if match is None or not self.entries or self.entries[-1].room:
            return False
        self.entries[-1] = replace(self.entries[-1], room=match["room"].strip())
        return True

    def _add_part(self, number: int, text: str, *, listed: bool) -> bool:
        if self.top is None:
            return False
        whole = self.entries[self.top]
        labelled = guesses.PLACE_IN_ROUND.match(text) is not None
        parallel = whole.kind in guesses.PARALLEL
        if not (parallel and (listed or labelled)) and not (listed and labelled):
            return False
        title, room = guesses.room_in(text)
        kind = whole.kind if parallel else SessionKind.BREAKOUT
        self.entries.append(
            Entry(number, _trimmed(title), whole.day, None, None, kind, room, under=self.top)
        )
        return True

    def _in_order(self, span: Span) -> tuple[time, time | None]:
        """Return start and end; "1:30" after "12:00" is in the afternoon."""
        start, end = span.start, span.end
        if span.sure:
            return start, end
        before = self._before()
        if start.hour <= LAST_OF_AFTERNOON and before and start < before:
            start = in_the_afternoon(start)
        if end and end < start and end.hour <= LAST_OF_AFTERNOON:
            end = in_the_afternoon(end)
        return start, end

    def _before(self) -> time | None:
        starts = [e.start for e in self.entries if e.start and e.day == self.day]
        return starts[-1] if starts else None


def _span_of(cells: list[str]) -> Span | None:
    """Return the span of a row of a table: a start and an end may have cells of their own."""
    alone = [span for cell in cells[:2] if (span := read_span(cell)) and not span.rest]
    if len(alone) == 2 and not alone[0].end and not alone[1].end:  # noqa: PLR2004 - a pair
        span = read_span(f"{cells[0]} – {cells[1]}")
        rest = cells[2:]
    else:
        span, rest = read_span(cells[0]), cells[1:]
    if span is None:
        return None
    room = rest.pop() if len(rest) > 1 and guesses.is_room(rest[-1]) else ""
    title = " – ".join([*([span.rest] if span.rest else []), *rest])
    return replace(span, rest=f"{title} ({room})" if room else title)


def _parts_of(title: str) -> tuple[str, list[str]]:
    """Return a title and what is listed after it: "Breakouts: - Table 1 - Table 2"."""
    if not guesses.is_parallel(title):
        return title, []
    head, colon, tail = title.partition(":")
    parts = list(_listed(tail)) if colon else []
    if not parts and colon:
        named = [part.strip() for part in re.split(r"\s*(?:,|/)\s*", tail)]
        parts = named if all(guesses.PLACE_IN_ROUND.match(part) for part in named) else []
    return (head, parts) if parts else (title, [])


def _listed(text: str) -> Iterator[str]:
    parts = [part.strip() for part in LISTED.split(text)]
    if len(parts) > 1:
        yield from (part for part in parts if WORDS.search(part))


def _trimmed(title: str) -> str:
    return title.strip().strip(":|–—-,;·•").strip()
