"""What lists need of all that was revealed, without the rest: some figures of many statements."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from apps.statements.measures.counts import Counts
from apps.statements.measures.rounds import reopens
from apps.statements.measures.verdicts import Verdict
from apps.statements.models import Result
from apps.statements.selectors.results import certainty_in, stability_in
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import Workshop


@dataclass(frozen=True)
class Figures:
    """Of what was revealed last of a statement only what it is ordered by."""

    statement_id: uuid.UUID
    counts: Counts
    groups: list[Counts]


def revealed_statements(workshop: Workshop) -> list[uuid.UUID]:
    """Return the statements of which anything was revealed, in the order of the queue."""
    revealed = Result.objects.filter(round__statement=OuterRef("pk"))
    found = workshop.statements.filter(Exists(revealed))
    return list(found.values_list("pk", flat=True))


def figures_in(workshop: Workshop) -> list[Figures]:
    """Return the figures of all that was revealed last, in the order of the queue. One query."""
    rows = _last(workshop).values_list(
        "round__statement__order", "round__statement", "content__counts", "content__groups"
    )
    of_groups = keeps_groups(workshop)
    found = [
        (order, Figures(statement, _counts(counts), _told(groups if of_groups else ())))
        for order, statement, counts, groups in rows
    ]
    return [figures for _, figures in sorted(found, key=lambda each: each[0])]


def unsettled_in(workshop: Workshop) -> set[uuid.UUID]:
    """Return the statements that weren't settled when they were revealed last. One query."""
    rows = _last(workshop).values_list(
        "round__statement", "content__verdict", "content__certainty", "content__moved"
    )
    return {
        statement
        for statement, verdict, certainty, moved in rows
        if reopens(Verdict(verdict), certainty_in(certainty), stability_in(moved))
    }


def _last(workshop: Workshop) -> Any:
    """Return what was revealed last of each statement, as rows."""
    rows = Result.objects.filter(workshop=workshop)
    rows = rows.order_by("round__statement_id", "-round__number")
    return rows.distinct("round__statement_id")


def _told(groups: Collection[Mapping[str, Any]]) -> list[Counts]:
    return [_counts(each["counts"]) for each in groups if each["counts"]]


def _counts(found: Mapping[str, int] | None) -> Counts:
    return Counts(**found) if found else Counts()
