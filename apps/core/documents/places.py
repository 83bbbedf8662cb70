"""Where something stands in a document, and what is the matter there."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """Something about a place of a document, in words: `annotations[3].kind`, “…”."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path or 'The file'}: {self.text}"


class Refused(Exception):
    """The document can't be read; says each place and what is wrong there."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"… and {len(self.problems) - SHOWN} more.")
        super().__init__("\n".join(lines))


@dataclass
class Remainder:
    """What a document says of one row and the row can't hold.

    `key` is the row's id in the document; `unknown` holds what no field reads, by name; `said` by
    the name of a field how it was written (`name`, `said`) where the row tells it otherwise (`as`).
    """

    section: str
    subject: uuid.UUID
    key: str = ""
    unknown: dict[str, Any] = field(default_factory=dict)
    said: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.key or self.unknown or self.said)
