"""What can stand in a record of a document, and the field of a model that holds it."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.enums import Choices

if TYPE_CHECKING:
    from apps.core.documents.reading import Reading
    from apps.core.documents.sections import Book


class Unfit(Exception):
    """A value that its field can't hold; the message says why, as the end of a sentence.

    `at` leads on from the field to the part that is meant: `[2].start`.
    """

    def __init__(self, text: str, *, at: str = "") -> None:
        super().__init__(text)
        self.at = at


class Missing(Unfit):
    """The id of a record that isn't in the document: always refused."""


@dataclass(frozen=True)
class Field(ABC):
    """A value by its name in the document, and the attribute of the row that holds it.

    `also` are other names that are understood. What doesn't fit is kept as it was written, and
    `default` takes its place, unless the field is `strict` or `required`: then it is refused.
    """

    name: str
    attribute: str = ""
    also: tuple[str, ...] = ()
    required: bool = False
    strict: bool = False
    default: Any = ""
    # Whether other rows are needed to tell what the row holds.
    linked = False
    # Whether less is written than was read: how it was written is never kept then.
    private = False

    @property
    def held_in(self) -> str:
        """The attribute of the row."""
        return self.attribute or self.name

    @property
    def insists(self) -> bool:
        """Whether what doesn't fit is refused."""
        return self.required or self.strict

    @abstractmethod
    def read(self, value: Any, row: Model, reading: "Reading") -> Any:
        """Return what the row is to hold for `value`. Raises `Unfit`."""

    def put(self, row: Model, value: Any, reading: "Reading") -> None:
        """Let `row` hold `value`."""
        setattr(row, self.held_in, value)

    def get(self, row: Model) -> Any:
        """Return what `row` holds."""
        return getattr(row, self.held_in)

    def told(self, value: Any, book: "Book") -> Any:
        """Return what the row holds as the document says it."""
        return value

    def cleaned(self, value: Any, row: Model) -> Any:
        """Return `value` as the model takes it. Raises `Unfit` in the model's words."""
        try:
            return row._meta.get_field(self.held_in).clean(value, row)  # type: ignore[union-attr]
        except ValidationError as error:
            raise Unfit(" ".join(error.messages)) from None


@dataclass(frozen=True)
class Text(Field):
    """A text. One that is too long is refused: half of it would say something else."""

    def read(self, value: Any, row: Model, reading: "Reading") -> Any:
        if not isinstance(value, str):
            raise Unfit("should be a text.")
        return self.cleaned(value, row)


@dataclass(frozen=True)
class Choice(Field):
    """One of several words; `words` are others for the same."""

    choices: type[Choices] | None = None
    words: Mapping[str, str] | None = None

    def read(self, value: Any, row: Model, reading: "Reading") -> Any:
        assert self.choices is not None  # noqa: S101 - each has them
        meant = (self.words or {}).get(value, value) if isinstance(value, str) else value
        if not isinstance(meant, str) or meant not in self.choices.values:
            known = ", ".join(each for each in self.choices.values if each)
            raise Unfit(f"should be one of: {known}.")
        return meant

    def told(self, value: Any, book: "Book") -> Any:
        return str(value) if value else value


@dataclass(frozen=True)
class Flag(Field):
    """Yes or no."""

    default: Any = False

    def read(self, value: Any, row: Model, reading: "Reading") -> Any:
        if not isinstance(value, bool):
            raise Unfit("should be true or false.")
        return value

    def told(self, value: Any, book: "Book") -> Any:
        return None if value is self.default else value


@dataclass(frozen=True)
class Number(Field):
    """A whole number; one that is `default` isn't written."""

    default: Any = None

    def read(self, value: Any, row: Model, reading: "Reading") -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Unfit("should be a whole number.")
        return self.cleaned(value, row)

    def told(self, value: Any, book: "Book") -> Any:
        return None if value == self.default else value


@dataclass(frozen=True)
class Day(Field):
    """A day, written 2022-05-13."""

    default: Any = None

    def read(self, value: Any, row: Model, reading: "Reading") -> Any:
        try:
            return dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise Unfit("should be a day such as 2022-05-13.") from None

    def told(self, value: Any, book: "Book") -> Any:
        return value.isoformat() if value else None


@dataclass(frozen=True)
class Moment(Field):
    """A time on a day, written 2022-05-13T14:05 as clocks there show it, or with its zone."""

    default: Any = None

    def read(self, value: Any, row: Model, reading: "Reading") -> Any:
        try:
            found = dt.datetime.fromisoformat(value)
            return (found if found.tzinfo else found.replace(tzinfo=reading.zone)).astimezone(
                dt.UTC
            )
        except (TypeError, ValueError, OverflowError):
            raise Unfit("should be a time such as 2022-05-13T14:05.") from None

    def told(self, value: Any, book: "Book") -> Any:
        if value is None:
            return None
        return value.astimezone(book.zone).isoformat()


@dataclass(frozen=True)
class Texts(Field):
    """Several texts."""

    default: Any = ()

    def read(self, value: Any, row: Model, reading: "Reading") -> Any:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise Unfit("should be a list of texts.")
        return self.cleaned(value, row)

    def told(self, value: Any, book: "Book") -> Any:
        return list(value)


@dataclass(frozen=True)
class One(Field):
    """Another record, by its id in section `to`."""

    to: str = ""
    default: Any = None

    def read(self, value: Any, row: Model, reading: "Reading") -> Any:
        if not isinstance(value, str):
            raise Unfit("should be the id of another record.")
        found = reading.find(value, [self.to])
        if found is None:
            raise Unfit("is the id of something that can’t stand here.")
        return found[1]

    def get(self, row: Model) -> Any:
        return getattr(row, f"{self.held_in}_id")

    def told(self, value: Any, book: "Book") -> Any:
        return book.key(getattr(value, "pk", value)) if value else None


Build = Callable[[Any, Any, "Reading"], Model]


@dataclass(frozen=True)
class Many(Field):
    """Other records of section `to`, in no order. `build` makes the row of a table between."""

    to: str = ""
    build: Build | None = None
    default: Any = ()
    linked = True

    def read(self, value: Any, row: Model, reading: "Reading") -> Any:
        found = [reading.find(key, [self.to]) for key in ids_in(value)]
        return [each[1] for each in found if each]

    def put(self, row: Model, value: Any, reading: "Reading") -> None:
        put_many(row, self.held_in, value, reading, self.build)

    def get(self, row: Model) -> Any:
        return list(getattr(row, self.held_in).all())

    def told(self, value: Any, book: "Book") -> Any:
        return keys_of(value, book)


@dataclass(frozen=True)
class Mixed(Field):
    """Other records of several sections, in no order: `among` maps a section to an attribute."""

    among: tuple[tuple[str, str], ...] = ()
    default: Any = ()
    linked = True

    def read(self, value: Any, row: Model, reading: "Reading") -> Any:
        if isinstance(value, dict):
            value = [each for name, _ in self.among for each in ids_in(value.get(name, []))]
        names = [name for name, _ in self.among]
        return [each for key in ids_in(value) if (each := reading.find(key, names))]

    def put(self, row: Model, value: Any, reading: "Reading") -> None:
        for name, attribute in self.among:
            put_many(row, attribute, [each for found, each in value if found == name], reading)

    def get(self, row: Model) -> Any:
        return [(name, each) for name, attr in self.among for each in getattr(row, attr).all()]

    def told(self, value: Any, book: "Book") -> Any:
        return keys_of([each for _, each in value], book)


def put_many(
    row: Model,
    attribute: str,
    others: Sequence[Any],
    reading: "Reading",
    build: Build | None = None,
) -> None:
    """Link `row` to `others`, each once, when the rows are saved."""
    for other in {each.pk: each for each in others}.values():
        if build is not None:
            reading.also.append(build(row, other, reading))
        else:
            reading.links.setdefault((type(row), attribute), []).append((row, other))


def ids_in(value: Any) -> list[str]:
    """Return the ids in `value`: a list of them, or one. Raises `Unfit`."""
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise Unfit("should be a list of ids.")
    return found


def keys_of(rows: Sequence[Any], book: "Book") -> list[str]:
    """Return the ids of `rows` in the document, those that aren't in it left out."""
    found = (book.key(each.pk) for each in rows)
    return sorted({key for key in found if key})
