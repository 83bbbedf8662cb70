"""The ways through a workshop, with how much there is behind each."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, QuerySet, Value

from apps.core.contributions import NavEntry, contributed


def navigation(actor: object) -> list[NavEntry]:
    """Return the entries that the apps have for `actor`, with numbers: one query counts all."""
    entries: list[NavEntry] = contributed("navigation", actor=actor)
    asked = [value for each in entries for value in (each.count, each.stays)]
    numbers = iter(_numbers_of([value for value in asked if isinstance(value, QuerySet)]))
    told = iter([next(numbers) if isinstance(value, QuerySet) else value for value in asked])
    counted = [replace(each, count=next(told), stays=bool(next(told))) for each in entries]
    return [each for each in counted if each.count or each.stays]


def _numbers_of(kinds: Sequence[QuerySet[Any, Any]]) -> list[int]:
    if not kinds:
        return []
    first, *others = (
        rows.order_by().prefetch_related(None)
        .annotate(place_=Value(number)).values("place_").annotate(rows_=Count("pk"))
        for number, rows in enumerate(kinds)
    )  # fmt: skip
    found = {each["place_"]: each["rows_"] for each in first.union(*others, all=True)}
    return [found.get(number, 0) for number in range(len(kinds))]
