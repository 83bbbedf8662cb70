"""Reading JSON that somebody else wrote: every complaint says where."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Model

Found = TypeVar("Found")
MISSING: Any = object()


class BundleInvalid(Exception):
    """The bundle can't be read; the message names the place and what is wrong there."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path or 'bundle'}: {message}")


class Part:
    """An object of the bundle, and where it stands: `annotations[3]`.

    Everything in it must be asked for: `close` complains of what wasn't.
    """

    def __init__(self, value: object, path: str = "") -> None:
        self.path = path
        if not isinstance(value, dict):
            raise BundleInvalid(path, "should be an object")
        self._left: dict[str, Any] = dict(value)

    def where(self, name: str) -> str:
        """Return the path of field `name`."""
        return f"{self.path}.{name}" if self.path else name

    def refuse(self, name: str, message: str) -> BundleInvalid:
        """Return the complaint that field `name` is wrong."""
        return BundleInvalid(self.where(name), message)

    def close(self) -> None:
        """Complain of fields that nothing reads: a typo must not be a silent omission."""
        for name in self._left:
            raise self.refuse(name, "there is no such field")

    def text(self, name: str, default: str = MISSING) -> str:
        """Return a string; null counts as empty."""
        value = self._take(name, default)
        return self._typed(name, "" if value is None else value, str, "a string")

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean."""
        return self._typed(name, self._take(name, default), bool, "true or false")

    def number(self, name: str) -> int | None:
        """Return a whole number, or None if there is none."""
        value = self._take(name, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refuse(name, "should be a whole number")
        return value

    def texts(self, name: str) -> list[str]:
        """Return a list of strings."""
        values = self._typed(name, self._take(name, []), list, "a list")
        for index, value in enumerate(values):
            self._typed(f"{name}[{index}]", value, str, "a string")
        return values

    def day(self, name: str) -> dt.date:
        """Return a date, written 2022-05-13."""
        return self._parsed(name, dt.date.fromisoformat, "a date such as 2022-05-13")

    def hour(self, name: str) -> dt.time:
        """Return a time of day, written 14:05."""
        return self._parsed(name, dt.time.fromisoformat, "a time such as 14:05")

    def moment(self, name: str) -> dt.datetime:
        """Return a local time on a day, written 2022-05-13T14:05."""
        return self._parsed(name, dt.datetime.fromisoformat, "a time such as 2022-05-13T14:05")

    def part(self, name: str) -> "Part":
        """Return an object."""
        return Part(self._take(name, MISSING), self.where(name))

    def parts(self, name: str) -> Iterator["Part"]:
        """Go through a list of objects; each must have been read to its end."""
        values = self._typed(name, self._take(name, []), list, "a list")
        for index, value in enumerate(values):
            part = Part(value, f"{self.where(name)}[{index}]")
            yield part
            part.close()

    def one(self, name: str, among: Mapping[str, Found]) -> Found | None:
        """Return what a key refers to; None for null. `name` may add a noun: "by participant"."""
        field, _, noun = name.partition(" ")
        key = self.text(field, "")
        return self._known(field, key, among, noun or field) if key else None

    def many(self, name: str, among: Mapping[str, Found]) -> list[Found]:
        """Return what a list of keys refers to."""
        field, _, noun = name.partition(" ")
        keys = self.texts(field)
        return [
            self._known(f"{field}[{index}]", key, among, noun or field)
            for index, key in enumerate(keys)
        ]

    def keep(self, found: dict[str, Found], entry: Found) -> Found:
        """File `entry` under this part's `key`, which must be new."""
        key = self.text("key")
        if not key:
            raise self.refuse("key", "is needed")
        if key in found:
            raise self.refuse("key", f"“{key}” stands for something else already")
        found[key] = entry
        return entry

    def checked(self, instance: Any, **names: str) -> Any:
        """Return `instance` if it keeps the rules of its model, or complain at the field.

        `names` maps fields of the model to those of the bundle, where they differ.
        """
        try:
            instance.clean_fields(exclude=_relations(instance))
        except ValidationError as error:
            field, messages = next(iter(error.message_dict.items()))
            raise self.refuse(names.get(field, field), " ".join(messages)) from error
        try:
            for constraint in instance._meta.constraints:
                # The others say nothing that the fields' choices and lengths didn't.
                if isinstance(constraint, CheckConstraint) and _speaks(constraint):
                    constraint.validate(type(instance), instance)
        except ValidationError as error:
            raise BundleInvalid(self.path, " ".join(error.messages)) from error
        return instance

    def _take(self, name: str, default: Any) -> Any:
        if name not in self._left and default is MISSING:
            raise self.refuse(name, "is needed")
        return self._left.pop(name, default)

    def _typed(self, name: str, value: Any, kind: type[Found], words: str) -> Found:
        if not isinstance(value, kind):
            raise self.refuse(name, f"should be {words}")
        if "\x00" in str(value):
            raise self.refuse(name, "holds a character that can’t be stored (U+0000)")
        return value

    def _parsed(self, name: str, parse: Callable[[str], Found], words: str) -> Found:
        try:
            return parse(self.text(name))
        except ValueError:
            raise self.refuse(name, f"should be {words}") from None

    def _known(self, name: str, key: str, among: Mapping[str, Found], noun: str) -> Found:
        if key not in among:
            raise self.refuse(name, f"no {noun} “{key}”")
        return among[key]


def _relations(instance: Model) -> set[str]:
    return {field.name for field in instance._meta.fields if field.is_relation}


def _speaks(constraint: CheckConstraint) -> bool:
    return constraint.violation_error_message != constraint.default_violation_error_message
