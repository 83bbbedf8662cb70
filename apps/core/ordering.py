"""Rows in an order of their own, which people change one step at a time."""

from typing import Any

from django.db.models import Max


def next_order(siblings: Any) -> int:
    """Return the `order` of a row that comes after all of `siblings`."""
    last: int | None = siblings.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def move(siblings: Any, row: Any, by: int) -> bool:
    """Move `row` among `siblings` by so many places: up if negative, else down.

    The siblings are locked and numbered anew. Returns False if `row` stands where it stood, or
    was removed meanwhile.
    """
    rows = list(siblings.select_for_update(of=("self",)))
    if row not in rows:
        return False
    place = rows.index(row)
    target = min(max(place + by, 0), len(rows) - 1)
    rows.insert(target, rows.pop(place))
    moved = [(order, each) for order, each in enumerate(rows) if each.order != order]
    for order, each in moved:
        each.order = order
        each.save(update_fields=["order"])
    return place != target
