"""Statements with their wordings, their rounds and what they test, as a workshop's file tells them.

A round that was revealed tells what it came to; any other comes as one that wasn't asked yet.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from apps.core.documents import (
    Field,
    One,
    Problem,
    Reading,
    Record,
    Section,
    Text,
    Unfit,
    Writing,
)
from apps.core.texts import as_line
from apps.statements.models import (
    Direction,
    Means,
    Result,
    Round,
    RoundState,
    Scale,
    Statement,
    StatementEvidence,
    Wording,
)
from apps.statements.records.published import Published, published_of, verified
from apps.statements.records.shapes import check_result
from apps.statements.records.usual import Usual

# As far as a round can be in a file.
STATES = (RoundState.DRAFT, RoundState.REVEALED)
IN_ORDER = ("statement__order", "statement__created_at")


@dataclass(frozen=True)
class Line(Text):
    """A text on one line, as whoever writes a statement gets it."""

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        if not isinstance(value, str):
            raise Unfit("should be a text.")
        return self.cleaned(as_line(value), row)


@dataclass(frozen=True)
class Withdrawn(Field):
    """Whether a statement isn't to be asked any more; since when, nobody is told."""

    default: Any = None

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        if not isinstance(value, bool):
            raise Unfit("should be true or false.")
        return timezone.now() if value else None

    def told(self, value: Any, book: Any) -> Any:
        return True if value else None


@dataclass(frozen=True)
class State(Usual):
    """How far a round is: not asked yet, or revealed."""

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        if value not in STATES:
            raise Unfit(f"should be one of: {', '.join(STATES)}.")
        return value

    def get(self, row: Any) -> Any:
        return row.state if row.state in STATES else RoundState.DRAFT


def _statement(row: Statement, record: Record, reading: Reading) -> None:
    row.order = record.index + 1
    wordings = _within(record, "wordings", reading)
    if not wordings:
        reading.gather_one(WORDINGS, {"text": row.text}, record)
    elif as_line(str(wordings[-1].given.get("text", ""))) != row.text:
        text = "isn’t the last of its wordings."
        reading.problems.append(Problem(record.where("text"), text))
    if not _within(record, "rounds", reading):
        reading.gather_one(ROUNDS, {}, record)


def _wording(row: Wording, record: Record, reading: Reading) -> None:
    row.number = _place(record, reading) + 1


def _round(row: Round, record: Record, reading: Reading) -> None:
    place, last = _place(record, reading), len(_within(record.around, "rounds", reading)) - 1
    row.number, row.scale = place + 1, row.statement.scale
    wordings = _within(record.around, "wordings", reading)
    if not wordings:
        # Its statement couldn't be read, which is told already.
        return
    if row.wording_id is None:
        row.wording = wordings[-1].row
    elif row.wording.statement_id != row.statement_id:
        reading.problems.append(Problem(record.where("wording"), "is of another statement."))
        return
    if vars(row).get("_published") or row.state == RoundState.REVEALED:
        _revealed(row, record, reading)
    elif place < last:
        text = "isn’t revealed, and another round follows it."
        reading.problems.append(Problem(record.path, text))


def _revealed(row: Round, record: Record, reading: Reading) -> None:
    """Let `row` be revealed, with what it came to, if that is what was asked."""
    if record.given.get("state") == RoundState.DRAFT:
        reading.problems.append(Problem(record.where("state"), "isn’t that of one with a result."))
        return
    content = verified(record, "result", reading, check_result)
    if content is None:
        return
    for name, mine in {
        "round": row.number,
        "means": row.means,
        "scale": row.scale,
        "wording": {"number": row.wording.number, "text": row.wording.text},
    }.items():
        if content[name] != mine:
            where = record.where(f"result.{name}")
            reading.problems.append(Problem(where, "isn’t what stands beside the result."))
    row.state, row.members = RoundState.REVEALED, content["members"]
    if row.means == Means.HANDS:
        row.confirmed_at = timezone.now()
    sha256 = vars(row)["_published"]["sha256"]
    reading.also.append(Result(workshop=reading.scope, round=row, content=content, sha256=sha256))


def _test(row: StatementEvidence, record: Record, reading: Reading) -> None:
    if row.position is not None and row.position.annotation_id != row.annotation_id:
        reading.problems.append(Problem(record.where("position"), "is of another annotation."))
    here = (row.statement_id, row.annotation_id, row.position_id)
    seen = reading.context.setdefault("tests", set())
    if here in seen:
        reading.problems.append(Problem(record.path, "is said already."))
    seen.add(here)


def _ready(reading: Reading) -> None:
    """Let the rule stand by which answers were told, as it does once somebody has answered."""
    if any(isinstance(row, Result) for row in reading.also):
        for plan in reading.rows("asking"):
            plan.first_answer_at = timezone.now()


def _within(record: Record | None, section: str, reading: Reading) -> list[Record]:
    """Return the records of `section` that stand in `record`."""
    inner = reading.context.setdefault(f"within {section}", {})
    known = reading.records.get(section, [])
    if inner.get("size") != len(known):
        inner.clear()
        for each in known:
            inner.setdefault(id(each.around), []).append(each)
        inner["size"] = len(known)
    return list(inner.get(id(record), []))


def _place(record: Record, reading: Reading) -> int:
    return _within(record.around, record.section.name, reading).index(record)


def _statements(writing: Writing) -> Any:
    return Statement.objects.filter(workshop=writing.scope).order_by("order", "created_at")


def _wordings(writing: Writing) -> list[Wording]:
    """Return the wordings of statements that had several; a single one is the statement's text."""
    found = Wording.objects.filter(statement__in=writing.rows["statements"])
    rows = list(found.order_by(*IN_ORDER, "number"))
    several = {row.statement_id for row in rows if row.number > 1}
    return [row for row in rows if row.statement_id in several]


def _rounds(writing: Writing) -> list[Round]:
    found = Round.objects.filter(statement__in=writing.rows["statements"])
    rows = list(found.select_related("result").order_by(*IN_ORDER, "number"))
    for row in rows:
        if row.state == RoundState.REVEALED:
            vars(row)["_published"] = published_of(row.result, writing.scope)
    return rows


def _tests(writing: Writing) -> list[StatementEvidence]:
    found = StatementEvidence.objects.filter(
        statement__in=writing.rows["statements"], annotation__in=writing.rows["annotations"]
    )
    return list(found.order_by(*IN_ORDER, "created_at", "pk"))


WORDINGS = Section(
    name="wordings",
    noun="wording",
    prefix="u",
    model=Wording,
    rows=_wordings,
    settle=_wording,
    inside="statement",
    closed=True,
    fields=(Line("text", required=True),),
)
TESTS = Section(
    name="tests",
    noun="link to a finding",
    prefix="f",
    model=StatementEvidence,
    rows=_tests,
    settle=_test,
    inside="statement",
    closed=True,
    fields=(
        One("annotation", to="annotations", required=True),
        One("position", to="positions"),
        Usual("direction", choices=Direction, default=Direction.AGREE),
    ),
)
ROUNDS = Section(
    name="rounds",
    noun="round",
    prefix="y",
    model=Round,
    rows=_rounds,
    settle=_round,
    inside="statement",
    closed=True,
    fields=(
        State("state", choices=RoundState, default=RoundState.DRAFT),
        Usual("means", choices=Means, default=Means.DEVICES),
        One("wording", to="wordings"),
        Published("result"),
        Published("sha256"),
    ),
)
STATEMENTS = Section(
    name="statements",
    noun="statement",
    prefix="b",
    model=Statement,
    rows=_statements,
    settle=_statement,
    children=(WORDINGS, TESTS, ROUNDS),
    closed=True,
    after=_ready,
    fields=(
        Line("text", required=True),
        One("theme", to="themes"),
        Usual("scale", choices=Scale, default=Scale.THREE),
        Withdrawn("withdrawn", "withdrawn_at"),
    ),
)
