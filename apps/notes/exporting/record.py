"""What is exported: no more of it than others may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

LEFT_OUT = "…"


@dataclass(frozen=True)
class ExportedSession:
    """A session; `id` counts within the export."""

    id: int
    title: str


@dataclass(frozen=True)
class ExportedTheme:
    """A theme, and which one it stands under; `id` counts within the export."""

    id: int
    title: str
    under: int | None


@dataclass(frozen=True)
class ExportedPassage:
    """A passage of a note that stands under a theme; offsets count Unicode code points."""

    theme: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class ExportedNote:
    """A note: its number, by which the memo cites it, and how whoever said it is shown."""

    number: int
    session: int
    text: str
    mark: str
    group: str
    themes: tuple[int, ...]
    # The number of the note that it answers, if that is exported too.
    answers: int | None
    # Those among its themes under which only passages of it stand.
    partly: tuple[int, ...] = ()
    passages: tuple[ExportedPassage, ...] = ()

    def under(self, theme: int) -> str:
        """Return what of it stands under a theme: its text, or passages with what they leave out
        shown as left out.
        """
        if theme not in self.partly:
            return self.text
        said, at = "", 0
        for passage in self.passages:
            if passage.theme != theme or passage.end <= at:
                continue
            if passage.start > at:
                said += f" {LEFT_OUT} " if said else f"{LEFT_OUT} "
            said += self.text[max(passage.start, at) : passage.end]
            at = passage.end
        return said if at == len(self.text) else f"{said} {LEFT_OUT}"


@dataclass(frozen=True)
class Record:
    """A workshop's notes: sessions and themes in their order, notes as they were recorded."""

    title: str
    sessions: list[ExportedSession]
    themes: list[ExportedTheme]
    notes: list[ExportedNote]

    @cached_property
    def titles(self) -> Mapping[int, str]:
        """The titles of sessions, by their ids."""
        return {session.id: session.title for session in self.sessions}

    @cached_property
    def paths(self) -> Mapping[int, tuple[str, ...]]:
        """The titles of themes and of those they stand under, by their ids."""
        found: dict[int, tuple[str, ...]] = {}
        for theme in self.themes:
            above = found[theme.under] if theme.under is not None else ()
            found[theme.id] = (*above, theme.title)
        return found
