"""How many support something, as a workshop's file tells it, and never who."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from apps.core.documents import Number, Reading, Unfit
from apps.workshops.attribution import numbers_are_names
from apps.workshops.models import Session, Workshop

# Each is a row, and whoever writes a file could name any number.
MOST_SUPPORTS = 50_000


@dataclass(frozen=True)
class Supports(Number):
    """How many support a row, where a number gives nobody away; never who."""

    default: Any = 0
    strict: bool = True
    private = True

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise Unfit("should be a whole number.")
        all_of_them = reading.context.get("supports", 0) + value
        if all_of_them > MOST_SUPPORTS:
            raise Unfit(f"makes more than {MOST_SUPPORTS:,} in the file.")
        reading.context["supports"] = all_of_them
        return value

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        given = type(row)._meta.get_field("supports")
        each = {"workshop": reading.scope, given.field.name: row}
        reading.also += [given.related_model(**each) for _ in range(value)]

    def get(self, row: Any) -> Any:
        return vars(row).get("_supports", 0)


def counting_supports(rows: QuerySet[Any]) -> Any:
    """Say of each of `rows` how many support it, for `Supports` to tell."""
    return rows.annotate(_supports=Count("supports"))


def tell_supports(workshop: Workshop, rows: Iterable[tuple[Any, Session | None]]) -> None:
    """Let each row, of which is said in which session it arose, tell no number that is a name."""
    for row, session in rows:
        if numbers_are_names(workshop, session):
            vars(row)["_supports"] = 0
