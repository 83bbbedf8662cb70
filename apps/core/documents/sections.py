"""What a document is made of: sections of records, each record a row."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from django.db.models import Model

from apps.core.documents.fields import Field

if TYPE_CHECKING:
    from apps.core.documents.reading import Reading, Record
    from apps.core.documents.writing import Writing


class Book(Protocol):
    """A document that is being read or written."""

    @property
    def zone(self) -> ZoneInfo: ...

    def key(self, pk: uuid.UUID) -> str:
        """Return the id, within the document, of the row `pk`; empty for none."""
        ...


@dataclass(frozen=True)
class Section:
    """Records of one kind, by the name under which the document lists them.

    `rows` returns what may be written; `settle` makes sure of a row what no field says. A section
    is part of the records of another one if it stands among its `children`: `inside` names the
    attribute that holds the record around. `prefix` begins the ids of rows that have none.
    `closed`: what no field reads, or fits, is refused rather than kept; `spares`: a record that can
    be no row is kept whole instead. `never` are names that are
    refused unless people may be named. `tree` is the attribute that holds the row above,
    `after` is called once all records are read.
    """

    name: str
    noun: str
    model: type[Model]
    fields: tuple[Field, ...]
    rows: "Callable[[Writing], Iterable[Any]]"
    prefix: str = "x"
    settle: "Callable[[Any, Record, Reading], None] | None" = None
    inside: str = ""
    tree: str = ""
    children: "tuple[Section, ...]" = ()
    closed: bool = False
    spares: bool = False
    never: frozenset[str] = frozenset()
    after: "Callable[[Reading], None] | None" = None

    def everything(self) -> "Iterator[Section]":
        """Yield the section and those within it."""
        yield self
        for child in self.children:
            yield from child.everything()


def is_nothing(value: Any) -> bool:
    """Say whether `value` says as little as if it weren't there."""
    return value is None or value in ("", [], {}, ())


def plain(value: Any) -> Any:
    """Return `value` with what says nothing left out: what two equal documents have in common."""
    if isinstance(value, Mapping):
        found = {name: plain(each) for name, each in value.items()}
        return {name: each for name, each in found.items() if not is_nothing(each)}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value
