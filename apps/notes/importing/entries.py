"""What a line of a source says, before anybody decided what becomes of it."""

from dataclasses import dataclass
from enum import StrEnum

from apps.notes.importing.marks import MARKS


class Kind(StrEnum):
    NOTE = "note"
    HEADING = "heading"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Entry:
    """A note, a heading, or a line that is none; `key` tells it from the others."""

    key: int
    line: int
    kind: Kind
    text: str
    mark: str = "remark"
    # What stands before it, as it is written: a name, a nickname, a group.
    speaker: str = ""
    # Of a heading: 1 for the largest.
    level: int = 0
    # The headings it stands under, the largest first, and the note whose point it is under.
    headings: tuple[int, ...] = ()
    answers: int | None = None
    # What columns say: a session, and themes, each with those that it stands under.
    session: str = ""
    themes: tuple[tuple[str, ...], ...] = ()
    # What signs say, by their ids: themes, a group, and a person.
    filed: tuple[str, ...] = ()
    group: str = ""
    said_by: str = ""
    # Why it is left out or can't be taken, or what of it is.
    why: str = ""
    error: str = ""

    @property
    def is_note(self) -> bool:
        """It says something that somebody said."""
        return self.kind == Kind.NOTE

    @property
    def mark_label(self) -> str:
        """What kind of remark it is, in words."""
        return MARKS[self.mark]
