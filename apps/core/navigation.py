"""The ways through a workshop, with how much there is behind each."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, QuerySet, Value

from apps.core.contributions import NavEntry, contributed


def navigation(actor: object) -> list[NavEntry]:
    """Return the entries that the apps have for `actor`, with numbers: one query counts all."""
    entries: list[NavEntry] = contributed("navigation", actor=actor)
    rows = [each.count for each in entries if isinstance(each.count, QuerySet)]
    numbers = iter(_numbers_of(rows))
    counted = [
        replace(each, count=next(numbers)) if isinstance(each.count, QuerySet) else each
        for each in entries
    ]
    return [each for each in counted if each.count or not each.if_any]


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
