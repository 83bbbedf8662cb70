"""What was revealed, as a workshop's file tells it: word by word, with its SHA-256."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.core.documents import (
    Day,
    Field,
    Number,
    Problem,
    Reading,
    Record,
    Section,
    Text,
    Unfit,
    Writing,
)
from apps.statements.models import Result, Snapshot
from apps.statements.records.shapes import check_snapshot
from apps.statements.selectors.results import without_groups
from apps.statements.services.revealing import digest
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import Workshop

CHANGED = "isn’t that of what stands beside it: one of them was changed."
NOT_HERE = "names a result that isn’t in the file."
NOT_ALL = "isn’t of all that was revealed last, as the last snapshot is."


@dataclass(frozen=True)
class Published(Field):
    """A part of what was published, beside its row: the content, or its SHA-256."""

    default: Any = None
    strict: bool = True

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        return value

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        vars(row).setdefault("_published", {})[self.name] = value

    def get(self, row: Any) -> Any:
        return vars(row).get("_published", {}).get(self.name)


def verified(
    record: Record, name: str, reading: Reading, check: Callable[[Any, str], None]
) -> Any | None:
    """Return the content of `record` that stands as `name`, if it is what its SHA-256 says.

    Else None, and the problem is told.
    """
    said = vars(record.row).get("_published", {})
    content, sha256 = said.get(name), said.get("sha256")
    if content is None:
        reading.problems.append(Problem(record.where(name), "is needed."))
        return None
    try:
        check(content, name)
    except Unfit as unfit:
        reading.problems.append(Problem(record.where(unfit.at), str(unfit)))
        return None
    if sha256 != digest(content):
        reading.problems.append(Problem(record.where("sha256"), CHANGED))
        return None
    return content


def published_of(result: Result, workshop: Workshop) -> dict[str, Any]:
    """Return a result as it may be told now: once the rule is anonymous, without groups."""
    if keeps_groups(workshop):
        return {"result": result.content, "sha256": result.sha256}
    content = without_groups(result.content)
    return {"result": content, "sha256": digest(content)}


@dataclass(frozen=True)
class On(Day):
    """The day on which a snapshot was made."""

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        if value is not None:
            row.created_at = dt.datetime.combine(value, dt.time(), tzinfo=reading.zone)

    def get(self, row: Any) -> Any:
        return row.created_at

    def told(self, value: Any, book: Any) -> Any:
        return value.astimezone(book.zone).date().isoformat()


def _snapshot(row: Snapshot, record: Record, reading: Reading) -> None:
    content = verified(record, "content", reading, check_snapshot)
    if content is None:
        return
    row.content, row.sha256 = content, vars(row)["_published"]["sha256"]
    known = {each.sha256 for each in reading.also if isinstance(each, Result)}
    if not set(content["results"].values()) <= known:
        reading.problems.append(Problem(record.where("content.results"), NOT_HERE))
    numbers = reading.context.setdefault("snapshots", set())
    if row.number in numbers:
        reading.problems.append(Problem(record.where("number"), "is that of another snapshot."))
    numbers.add(row.number)


def _complete(reading: Reading) -> None:
    """Make sure that what was revealed last of each statement is what the last snapshot holds."""
    last: dict[Any, Result] = {}
    for each in reading.also:
        if isinstance(each, Result):
            before = last.get(each.round.statement_id)
            if before is None or before.round.number < each.round.number:
                last[each.round.statement_id] = each
    records = [each for each in reading.records.get("snapshots", []) if each.row.content]
    if not records and last:
        text = "are needed: what was revealed stands in one."
        reading.problems.append(Problem("snapshots", text))
        return
    if records:
        newest = max(records, key=lambda each: each.row.number)
        if set(newest.row.content["results"].values()) != {each.sha256 for each in last.values()}:
            reading.problems.append(Problem(newest.where("content.results"), NOT_ALL))


def _snapshots(writing: Writing) -> list[Snapshot]:
    """Return the last one: earlier ones hold what it holds, as it was before."""
    last = Snapshot.objects.filter(workshop=writing.scope).order_by("-number").first()
    if last is None:
        return []
    said = {"content": last.content, "sha256": last.sha256}
    if not keeps_groups(writing.scope):
        content = {**last.content, "gaps": {}, "results": _told_now(writing, last)}
        said = {"content": content, "sha256": digest(content)}
    vars(last)["_published"] = said
    return [last]


def _told_now(writing: Writing, snapshot: Snapshot) -> dict[str, str]:
    """Return the results of `snapshot` by the digests of what is told of them now."""
    now = {
        row.result.sha256: vars(row)["_published"]["sha256"]
        for row in writing.rows["rounds"]
        if "_published" in vars(row)
    }
    return {key: now[sha256] for key, sha256 in snapshot.content["results"].items()}


SNAPSHOTS = Section(
    name="snapshots",
    noun="snapshot",
    prefix="j",
    model=Snapshot,
    rows=_snapshots,
    settle=_snapshot,
    closed=True,
    after=_complete,
    fields=(
        Number("number", required=True),
        On("on", "created_at"),
        Text("made_with"),
        Published("content"),
        Published("sha256"),
    ),
)
