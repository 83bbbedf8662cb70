"""What a line was found to mean."""

from dataclasses import dataclass, field

from apps.notes.models import Mark

EMPTY = "A note needs some text."


@dataclass
class Parsed:
    """What a line means: a `note`, a `correction` of the note before, a `command`, or `nothing`."""

    kind: str = "note"
    text: str = ""
    mark: str = Mark.REMARK.value
    themes: list[str] = field(default_factory=list)
    # Titles of themes that are chosen, but still to be made.
    new_themes: list[str] = field(default_factory=list)
    group: str | None = None
    speaker: str | None = None
    # The note that this one agrees or disagrees with: the one "before", or none.
    about: str | None = None
    continues: bool = False
    replace: tuple[str, str] | None = None
    command: str | None = None
    # What is defined.
    term: str | None = None
    problems: list[str] = field(default_factory=list)
