"""What an entry of the log changed, field by field, from what to what, in words."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format

from apps.core.models import AuditEntry

# What somebody new is called by; it stands in the sentence already.
NAMELIKE = ("title", "text", "claim", "name", "plural", "label")
NOTHING = "–"
# Names of columns that nobody says.
LABELS = {"purge_on": "deletion date", "display_name": "name"}
SHORT = 120


@dataclass(frozen=True)
class ChangedField:
    """A field and what it held; without either when the log doesn't keep what that was."""

    label: str
    before: str = ""
    after: str = ""
    kept: bool = True

    @property
    def is_long(self) -> bool:
        """Say whether it is shown in short first."""
        return max(len(self.before), len(self.after)) > SHORT


class Wording:
    """Words for the fields and values of one kind of thing."""

    def __init__(self, model: type[models.Model] | None, zone: ZoneInfo) -> None:
        self.model = model
        self.zone = zone

    def changes(self, entry: AuditEntry, names: Mapping[uuid.UUID, str]) -> list[ChangedField]:
        """Return what `entry` changed; of what is new or gone, what its sentence doesn't say."""
        found = []
        for name in [*entry.before, *(key for key in entry.after if key not in entry.before)]:
            before, after = entry.before.get(name), entry.after.get(name)
            told = not (entry.before and entry.after) and name in NAMELIKE
            both = name in entry.before and name in entry.after
            if told or (before in (None, "", []) and after in (None, "", []) and not both):
                continue
            found.append(self._changed(name, before, after, names))
        return found

    def mentioned(self, entry: AuditEntry) -> Iterator[tuple[str, list[uuid.UUID]]]:
        """Return the ids that `entry` speaks of, by the model that they belong to."""
        for values in (entry.before, entry.after):
            for name, value in values.items():
                related = self._related(name)
                if related is not None:
                    yield related._meta.label_lower, list(_ids(value))

    def _changed(
        self, name: str, before: object, after: object, names: Mapping[uuid.UUID, str]
    ) -> ChangedField:
        label = self._label(name)
        if before is None and after is None:
            return ChangedField(label, kept=False)
        return ChangedField(
            label, before=self._told(name, before, names), after=self._told(name, after, names)
        )

    def _told(self, name: str, value: Any, names: Mapping[uuid.UUID, str]) -> str:
        if value in (None, "", []):
            return NOTHING
        if self._related(name) is not None:
            return ", ".join(names.get(each, "one that is gone") for each in _ids(value))
        field = self._field(name)
        if isinstance(value, list):
            inner = getattr(field, "base_field", field)
            return ", ".join(_in_words(inner, each, self.zone) for each in value)
        return _in_words(field, value, self.zone)

    def _label(self, name: str) -> str:
        field = self._field(name)
        label = LABELS.get(name) or getattr(field, "verbose_name", "") or name.replace("_", " ")
        return str(label)[:1].upper() + str(label)[1:]

    def _related(self, name: str) -> type[models.Model] | None:
        related = getattr(self._field(name), "related_model", None)
        return related if isinstance(related, type) else None

    def _field(self, name: str) -> Any:
        if self.model is None:
            return None
        try:
            return self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return None


def _in_words(field: Any, value: Any, zone: ZoneInfo) -> str:
    """Return a day, a moment, a yes or no or a choice in words; anything else as it is."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(value)):
        return date_format(timezone.localtime(moment, zone), "j F Y, H:i")
    if isinstance(field, models.DateField) and (day := parse_date(value)):
        return date_format(day, "j F Y")
    choices = dict(getattr(field, "flatchoices", None) or ())
    if value in choices:
        return str(choices[value])
    return f"“{value}”" if isinstance(value, str) else str(value)


def _ids(value: object) -> Iterator[uuid.UUID]:
    for each in value if isinstance(value, list) else [value]:
        try:
            yield uuid.UUID(str(each))
        except ValueError:
            continue
