"""Making rows of a document: all places that are wrong are told, and nothing is written before."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model

from apps.core.documents.checking import circles_in, wrong_in
from apps.core.documents.fields import Field, Missing, Text, Unfit
from apps.core.documents.places import Problem, Refused, Remainder
from apps.core.documents.sections import Section, is_nothing

SHOWN = 60
NO_PLACE, KEPT = "has no place here.", "It is kept as written."
NAMES_OF_IDS = ("id", "key")


class Spared(Exception):
    """A record can be no row, and is kept whole."""


@dataclass
class Record:
    """One record while it is read: where it stands, what is left of it, the row it becomes."""

    section: Section
    path: str
    index: int
    row: Any
    left: dict[str, Any]
    rest: Remainder
    around: "Record | None" = None
    # What it was given as, before anything is read of it.
    given: Mapping[str, Any] = field(default_factory=dict)
    # Whether it stands in the document only in another way.
    implied: bool = False

    def where(self, name: str) -> str:
        """Return the path of `name` in it."""
        return f"{self.path}.{name}" if self.path else name

    def keep(self, name: str, said: Any, instead: Any, why: str = "") -> None:
        """Keep how field `name` was written, which its row tells as `instead`.

        What is kept of it already, since it couldn't be read, is how it was written.
        """
        kept = {"name": name, "said": said, **self.rest.said.get(name, {}), "as": instead}
        self.rest.said[name] = {**kept, "why": why} if why else kept


@dataclass
class Reading:
    """A document on its way to become rows of `workshop`, or whatever it is all part of.

    `problems` is what keeps it from being loaded, `notices` what isn't understood and is kept.
    """

    scope: Any
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    records: dict[str, list[Record]] = field(default_factory=dict)
    links: dict[tuple[type[Model], str], list[tuple[Any, Any]]] = field(default_factory=dict)
    # Rows that no record stands for: of tables between others.
    also: list[Model] = field(default_factory=list)
    # Records that can be no rows, by their sections.
    spared: dict[str, list[Any]] = field(default_factory=dict)
    # What the sections have to know of who asks.
    context: dict[str, Any] = field(default_factory=dict)
    _found: dict[str, dict[str, Any]] = field(default_factory=dict)
    _keys: dict[uuid.UUID, str] = field(default_factory=dict)

    def key(self, pk: uuid.UUID) -> str:
        """Return the id of the row `pk` in the document; empty for none."""
        return self._keys.get(pk, "")

    def rows(self, section: str) -> list[Any]:
        """Return the rows of a section."""
        return [record.row for record in self.records.get(section, [])]

    def find(self, key: str, sections: Sequence[str]) -> tuple[str, Any] | None:
        """Return the section and the row that `key` stands for; None if it can't be meant here.

        Raises `Missing` if there is no such record at all.
        """
        for name in sections:
            if key in self._found.get(name, {}):
                return name, self._found[name][key]
        if any(key in found for found in self._found.values()):
            return None
        raise Missing(f"there is no record with the id “{key[:SHOWN]}”.")

    def gather(
        self, section: Section, value: Any, around: Record | None = None, *, within: str = ""
    ) -> None:
        """Take the records of `section` from `value`, and make their rows, still empty."""
        path = around.where(section.name) if around else f"{within}{section.name}"
        records = self.records.setdefault(section.name, [])
        if value is None:
            return
        if not isinstance(value, list):
            self.problems.append(Problem(path, "should be a list."))
            return
        for index, each in enumerate(value):
            here = f"{path}[{index}]"
            if not isinstance(each, dict):
                self.problems.append(Problem(here, "should be an object."))
                continue
            record = self.record(section, here, each, index=index, around=around)
            records.append(record)
            self._name(record)
            for child in section.children:
                self.gather(child, record.left.pop(child.name, None), record)

    def gather_one(
        self, section: Section, value: Mapping[str, Any], around: Record | None = None
    ) -> None:
        """Take one more record of `section`, which the document says in another way."""
        records = self.records.setdefault(section.name, [])
        path = around.path if around else section.name
        record = self.record(section, path, value, index=len(records), around=around)
        record.implied = True
        records.append(record)

    def flatten(self, record: Record, name: str) -> None:
        """Put a row that stands under a part under the whole: for trees of two levels."""
        above = getattr(record.row, name)
        seen = set()
        while above is not None and above.pk not in seen:
            seen.add(above.pk)
            over = self._above(record.section, above, name)
            if over is None:
                break
            above = over
        if above is None or above is getattr(record.row, name) or above is record.row:
            return
        said = self.key(getattr(record.row, name).pk)
        setattr(record.row, name, above)
        text = f"is a part itself, so this stands under “{self.key(above.pk)}”."
        record.keep(name, said, self.key(above.pk), text)
        self.notices.append(Problem(record.where(name), f"“{said}” {text} {KEPT}"))

    def _above(self, section: Section, row: Any, name: str) -> Any:
        record = next(each for each in self.records[section.name] if each.row is row)
        key = record.given.get(name)
        return self._found.get(section.name, {}).get(key) if isinstance(key, str) else None

    def record(
        self,
        section: Section,
        path: str,
        value: Mapping[str, Any],
        *,
        index: int = 0,
        around: Record | None = None,
        row: Any = None,
    ) -> Record:
        """Return a record of `section`, with an empty row unless one is given."""
        if row is None:
            row = section.model()
            if hasattr(section.model, "workshop"):
                row.workshop = self.scope
            if section.inside and around:
                setattr(row, section.inside, around.row)
        rest = Remainder(section.name, row.pk)
        return Record(section, path, index, row, dict(value), rest, around, value)

    def _name(self, record: Record) -> None:
        for name in NAMES_OF_IDS:
            key = record.left.pop(name, None)
            if key is None:
                continue
            taken = self._found.setdefault(record.section.name, {})
            if not isinstance(key, str) or not key or len(key) > SHOWN:
                text = f"should be a text of up to {SHOWN} characters."
                self.problems.append(Problem(record.where(name), text))
            elif key in taken:
                text = f"“{key}” stands for something else already."
                self.problems.append(Problem(record.where(name), text))
            else:
                taken[key], record.rest.key = record.row, key
                self._keys[record.row.pk] = key

    def fill_all(self, sections: Iterable[Section]) -> None:
        """Read the fields of all gathered records of `sections`, and of what stands in them."""
        for section in sections:
            for each in section.everything():
                for record in list(self.records.get(each.name, [])):
                    try:
                        self.fill(record)
                    except Spared as spared:
                        self.spare(record, str(spared))
            if section.tree:
                self.problems.extend(circles_in(section, self.records[section.name]))
            if section.after:
                section.after(self)

    def fill(self, record: Record, *, leave: bool = True) -> None:
        """Read the fields of `record`, keep what they can't hold, and check the row."""
        before = len(self.problems)
        for each in record.section.fields:
            self._fill_one(record, each)
        if record.section.settle and len(self.problems) == before:
            record.section.settle(record.row, record, self)
        if leave:
            self.leave(record)
        if len(self.problems) == before:
            self.problems.extend(wrong_in(record))

    def _fill_one(self, record: Record, about: Field) -> None:
        row = record.row
        given = [name for name in (about.name, *about.also) if name in record.left]
        name = given[0] if given else about.name
        said = record.left.pop(name, None)
        if said is None or said == "":
            self._unsaid(record, about, name)
            return
        why = ""
        try:
            value = about.read(said, row, self)
        except Unfit as unfit:
            place = record.where(name) + unfit.at
            too_long = isinstance(about, Text) and isinstance(said, str)
            if record.section.spares and about.required and not isinstance(unfit, Missing):
                raise Spared(f"{name}: {_shown(said)}{unfit}") from None
            if isinstance(unfit, Missing) or too_long or about.insists or record.section.closed:
                self.problems.append(Problem(place, _shown(said) + str(unfit)))
                return
            self.notices.append(Problem(place, f"{_shown(said)}{unfit} {KEPT}"))
            value, why = about.default, str(unfit)
        about.put(row, value, self)
        told = about.told(value if about.linked else about.get(row), self)
        if about.private:
            return
        same = told == said or (is_nothing(told) and is_nothing(said))
        if not record.implied and not (same and name == about.name):
            kept = {"name": name, "said": said, "as": told}
            record.rest.said[about.name] = {**kept, "why": why} if why else kept

    def _unsaid(self, record: Record, about: Field, name: str) -> None:
        """Say of a field that nothing is said of it, where its row needs something all the same."""
        if about.required:
            self.problems.append(Problem(record.where(name), "is needed."))
        if about.required or about.linked:
            return
        if about.default and is_nothing(about.get(record.row)):
            about.put(record.row, about.default, self)
        if not is_nothing(told := about.told(about.get(record.row), self)):
            record.keep(about.name, None, told)

    def spare(self, record: Record, why: str) -> None:
        """Keep a record whole that can be no row."""
        self.spared.setdefault(record.section.name, []).append(dict(record.given))
        self.records[record.section.name].remove(record)
        self.notices.append(Problem(record.path, f"{why} {KEPT}"))

    def leave(self, record: Record) -> None:
        """Keep what no field reads, or refuse it where nothing may be kept."""
        for name, value in record.left.items():
            if is_nothing(value):
                continue
            unsaid = name in record.section.never and not self.context.get("names_people")
            if record.section.closed or unsaid:
                text = "isn’t taken: what isn’t part of the format could say who said this."
                self.problems.append(Problem(record.where(name), text))
                continue
            record.rest.unknown[name] = value
            self.notices.append(Problem(record.where(name), f"{_shown(value)}{NO_PLACE} {KEPT}"))

    def refuse_if_wrong(self) -> None:
        """Raise `Refused` if anything keeps the document from being loaded."""
        if self.problems:
            raise Refused(self.problems)

    def remainders(self) -> Iterable[Remainder]:
        """Return what is kept beside the rows."""
        for records in self.records.values():
            yield from (record.rest for record in records if record.rest)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else None
    if text is None:
        return ""
    return f"“{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}” "
