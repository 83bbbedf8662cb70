"""From blocks to entries: what each line says, by itself and by what stands before it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from apps.core.texts import cleaned, fold
from apps.notes.importing import minutes
from apps.notes.importing.blocks import Block, Document, Format, Joins
from apps.notes.importing.columns import Column
from apps.notes.importing.entries import Entry, Kind
from apps.notes.importing.marks import LONGEST_NOTE, mark_of, unmarked

ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
TOPICS = {"topic": 2, "subtopic": 3}
TOO_LONG = f"It is longer than {LONGEST_NOTE:,} characters, which is more than a note holds."
ABOUT = "It says who was there or who wrote it down."
MACHINE = "It is for a machine."
EVENT = "It says that somebody came or went."
NEXT = "It says who speaks next."


@dataclass(frozen=True)
class Reading:
    """How a document is to be understood."""

    # Lines that follow one another are one paragraph that was broken.
    joined: bool = False
    # What stands before a colon is who speaks.
    names: bool = True
    # The signs of the composer mean what they mean there.
    signs: bool = False
    # Of a table.
    columns: Sequence[str] = ()
    heading: bool = False
    # Names and groups that are known, in small letters.
    known: frozenset[str] = field(default_factory=frozenset)


def entries_of(document: Document, reading: Reading) -> list[Entry]:
    """Return what each line of `document` says, in order."""
    if document.format == Format.TABLE:
        return list(_finished(_rows(document, reading), document))
    understood = _Understanding(document, reading)
    for block in _whole(document.blocks, reading):
        understood.take(block)
    return list(_finished(understood.entries, document))


def _whole(blocks: Iterable[Block], reading: Reading) -> Iterator[Block]:
    """Put lines together that are one."""
    held: Block | None = None
    pieces: list[str] = []
    for block in blocks:
        if held is not None and _goes_on(block, held, reading):
            pieces += ["\n" if block.joins == Joins.BREAK else " ", block.text]
            continue
        if held is not None:
            yield replace(held, text="".join(pieces))
        held, pieces = block, [block.text]
    if held is not None:
        yield replace(held, text="".join(pieces))


def _goes_on(block: Block, before: Block, reading: Reading) -> bool:
    if before.heading or block.heading:
        return False
    if block.joins in {Joins.BREAK, Joins.HANGS}:
        return True
    if block.joins == Joins.NOT or not reading.joined or block.says != before.says:
        return False
    return not _begins(block.text, reading)


def _begins(text: str, reading: Reading) -> bool:
    """Say whether a line begins something, whatever stands before it."""
    patterns = (
        minutes.CHAT, minutes.CALL, minutes.EVENT, minutes.TOPIC, minutes.ABOUT, minutes.MACHINE,
        minutes.GOES_ON, minutes.ACTION, minutes.RESOLUTION,
    )  # fmt: skip
    if any(pattern.match(text) for pattern in patterns):
        return True
    return reading.names and minutes.label_of(text, reading.known) is not None


class _Understanding:
    def __init__(self, document: Document, reading: Reading) -> None:
        self.entries: list[Entry] = []
        self._document, self._reading = document, reading
        self._headings: list[tuple[int, int]] = []
        # The points that the next may stand under, by how deep they stand.
        self._points: list[tuple[int, int]] = []
        self._scribes: set[str] = {"scribe"}
        self._next = ""
        # Under which nick the last remark was typed; none where a scribe wrote it down.
        self._typed = ""
        self._numbers: dict[str, int] = {}

    def take(self, block: Block) -> None:
        """Understand the next block."""
        if block.heading:
            self._head(block.line, block.text, block.heading)
        elif self._document.format == Format.OWN:
            self._own(block)
        elif block.depth >= 0:
            self._point(block)
        else:
            if self._points:
                # Who was to speak next has spoken, point by point.
                self._next = ""
            self._points.clear()
            self._paragraph(block)

    def _own(self, block: Block) -> None:
        says = block.says
        self._note(
            block.line,
            block.text,
            speaker=says.get("speaker", ""),
            mark=says.get("mark", ""),
            session=says.get("session", ""),
            themes=tuple(tuple(path) for path in says.get("themes", [])),
            answers=self._numbers.get(says.get("answers", "")),
        )
        self._numbers[says.get("number", "")] = self.entries[-1].key

    def _point(self, block: Block) -> None:
        while self._points and self._points[-1][0] >= block.depth:
            self._points.pop()
        above = self._points[-1][1] if self._points else None
        speaker, self._typed = self._next, ""
        key = self._remark(block, block.text, answers=above, speaker=speaker)
        if key is not None:
            self._points.append((block.depth, key))

    def _paragraph(self, block: Block) -> None:
        speaker, text = self._next, block.text
        self._next = ""
        if minutes.EVENT.match(text):
            self._leave_out(block, EVENT)
            return
        nick = ""
        if found := minutes.CHAT.fullmatch(text) or minutes.CALL.fullmatch(text):
            nick, text = found[1].strip(), found[2].strip()
            speaker = "" if nick.lower() in self._scribes else nick
        if nick.lower() in minutes.MACHINES or minutes.MACHINE.match(text):
            self._leave_out(block, MACHINE)
        elif found := minutes.TOPIC.fullmatch(text):
            self._topic(block, found[1], found[2])
        elif minutes.ABOUT.match(text):
            self._about(block, text)
        elif (found := minutes.GOES_ON.fullmatch(text)) and self._goes_on(found[1], nick, speaker):
            return
        else:
            said_by_nick = bool(nick) and bool(speaker)
            self._typed = speaker if nick else ""
            self._remark(block, text, speaker=speaker, labelled=not said_by_nick)

    def _topic(self, block: Block, word: str, title: str) -> None:
        level = TOPICS.get(word.lower().replace("-", ""), 2)
        if re.match(r"(?:https?:|<http)", title):
            self._leave_out(block, MACHINE)
        else:
            self._head(block.line, title.strip() or word.capitalize(), level)

    def _about(self, block: Block, text: str) -> None:
        if found := minutes.SCRIBE.fullmatch(text):
            self._scribes |= {each.strip().lower() for each in found[1].split(",")}
        self._leave_out(block, ABOUT)

    def _goes_on(self, text: str, nick: str, speaker: str) -> bool:
        """Put `text` to the last remark, if it is right before and nobody else's."""
        if not self.entries or self.entries[-1].kind != Kind.NOTE:
            return False
        if nick and fold(speaker) != fold(self._typed):
            return False
        last = self.entries[-1]
        self.entries[-1] = replace(last, text=f"{last.text} {text}")
        return True

    def _remark(
        self,
        block: Block,
        text: str,
        *,
        answers: int | None = None,
        speaker: str = "",
        labelled: bool = True,
    ) -> int | None:
        """Keep what somebody said; return its key, or None for what is no note."""
        mark = block.says.get("mark", "")
        if self._document.is_escaped:
            found_mark, text = unmarked(text)
            mark = found_mark or mark
        if minutes.ACTION.match(text):
            return self._note(block.line, text, mark=mark or "takeaway", answers=answers)
        if minutes.RESOLUTION.match(text):
            return self._note(block.line, text, mark=mark or "agree", answers=answers)
        said = None
        if labelled and self._reading.names:
            said = minutes.label_of(text, self._reading.known)
        if said is not None and not said.text:
            self._next = said.speaker
            self._leave_out(block, NEXT)
            return None
        if said is not None:
            speaker, text = said.speaker, said.text
        return self._note(block.line, text, speaker=speaker, mark=mark, answers=answers)

    def _note(
        self,
        line: int,
        text: str,
        *,
        speaker: str = "",
        mark: str = "",
        session: str = "",
        themes: tuple[tuple[str, ...], ...] = (),
        answers: int | None = None,
    ) -> int:
        key = len(self.entries)
        headings = tuple(key for _, key in self._headings)
        self.entries.append(
            Entry(
                key, line, Kind.NOTE, text, mark_of(mark), speaker, 0, headings, answers, session,
                themes,
            )
        )  # fmt: skip
        return key

    def _head(self, line: int, title: str, level: int) -> None:
        self._points.clear()
        self._next = ""
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        key = len(self.entries)
        above = tuple(key for _, key in self._headings)
        self.entries.append(Entry(key, line, Kind.HEADING, title, level=level, headings=above))
        self._headings.append((level, key))

    def _leave_out(self, block: Block, why: str) -> None:
        key = len(self.entries)
        self.entries.append(Entry(key, block.line, Kind.LEFT_OUT, block.text, why=why))


def _rows(document: Document, reading: Reading) -> Iterator[Entry]:
    """Understand the rows of a table by what its columns hold."""
    places = {kind: place for place, kind in enumerate(reading.columns) if kind}
    numbers: dict[str, int] = {}
    for key, block in enumerate(document.blocks[bool(reading.heading) :]):
        held = {
            kind: block.cells[place] for kind, place in places.items() if place < len(block.cells)
        }
        text = held.get(Column.TEXT, "")
        if not text:
            yield Entry(key, block.line, Kind.LEFT_OUT, " · ".join(filter(None, block.cells)),
                        why="Nothing was said in it.")  # fmt: skip
            continue
        yield Entry(
            key,
            block.line,
            Kind.NOTE,
            text,
            mark_of(held.get(Column.MARK, "")),
            held.get(Column.SPEAKER, ""),
            answers=numbers.get(held.get(Column.ANSWERS, "")),
            session=held.get(Column.SESSION, ""),
            themes=_paths(held.get(Column.THEME, "")),
        )
        if number := held.get(Column.NUMBER, ""):
            numbers.setdefault(number, key)


def _paths(cell: str) -> tuple[tuple[str, ...], ...]:
    """Return the themes in a cell: several are parted by semicolons, levels by angles."""
    paths = (tuple(filter(None, map(str.strip, each.split("›")))) for each in cell.split(";"))
    return tuple(path for path in paths if path)


def _finished(entries: Iterable[Entry], document: Document) -> Iterator[Entry]:
    """Take from texts what only held off their meaning, and say which are too long."""
    for entry in entries:
        text = ESCAPE.sub(r"\1", entry.text) if document.is_escaped else entry.text
        text = cleaned(text)
        if entry.kind == Kind.NOTE and not text:
            yield replace(entry, kind=Kind.LEFT_OUT, why="There is nothing in it.")
        elif entry.kind == Kind.NOTE and len(text) > LONGEST_NOTE:
            yield replace(entry, text=text[:200], error=TOO_LONG)
        else:
            yield replace(entry, text=text)
