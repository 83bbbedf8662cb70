"""Making a document of rows."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from apps.core.documents.fields import Field
from apps.core.documents.places import Remainder
from apps.core.documents.sections import Section, is_nothing


@dataclass
class Writing:
    """A document that is made of what `viewer` may read of `scope`."""

    scope: Any
    viewer: Any
    zone: ZoneInfo
    remainders: Mapping[tuple[str, uuid.UUID], Remainder]
    rows: dict[str, list[Any]] = field(default_factory=dict)
    _keys: dict[uuid.UUID, str] = field(default_factory=dict)
    _taken: dict[str, set[str]] = field(default_factory=dict)

    def key(self, pk: uuid.UUID) -> str:
        """Return the id of the row `pk` in the document; empty if it isn't in it."""
        return self._keys.get(pk, "")

    def kept(self, section: str, row: Any) -> Remainder:
        """Return what was kept beside `row` when it was loaded."""
        return self.remainders.get((section, row.pk)) or Remainder(section, row.pk)

    def take(self, section: Section) -> None:
        """Take the rows of `section`, and give an id to each: the one it came with, or the next."""
        rows = list(section.rows(self))
        self.rows[section.name] = rows
        taken = self._taken.setdefault(section.name, set())
        named = {row.pk: self.kept(section.name, row).key for row in rows}
        taken |= {key for key in named.values() if key}
        number = 0
        for row in rows:
            key = named[row.pk]
            while not key:
                number += 1
                following = f"{section.prefix}{number}"
                key = following if following not in taken else ""
            taken.add(key)
            self._keys[row.pk] = key
        for child in section.children:
            self.take(child)

    def records(self, section: Section, within: Any = None) -> list[dict[str, Any]]:
        """Return the records of `section`, or those of them `within` a row."""
        rows: Iterable[Any] = self.rows[section.name]
        if section.inside:
            rows = [row for row in rows if getattr(row, f"{section.inside}_id") == within.pk]
        return [{"id": self.key(row.pk), **self.record(section, row)} for row in rows]

    def record(self, section: Section, row: Any) -> dict[str, Any]:
        """Return one record, without its id: what says nothing is left out."""
        rest = self.kept(section.name, row)
        found: dict[str, Any] = {}
        for about in section.fields:
            name, value = self._field(about, row, rest)
            if not is_nothing(value):
                found[name] = value
        for child in section.children:
            if inner := self.records(child, row):
                found[child.name] = inner
        return {**rest.unknown, **found}

    def _field(self, about: Field, row: Any, rest: Remainder) -> tuple[str, Any]:
        told = about.told(about.get(row), self)
        said = rest.said.get(about.name)
        if said is None:
            return about.name, told
        same = told == said["as"] or (is_nothing(told) and is_nothing(said["as"]))
        return (said["name"], said["said"]) if same else (about.name, told)


def written(writing: Writing, sections: Sequence[Section]) -> dict[str, Any]:
    """Return the records of `sections` by their names."""
    for section in sections:
        writing.take(section)
    return {section.name: writing.records(section) for section in sections}
