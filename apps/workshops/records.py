"""What of a workshop's own stands in its file: the day, the places, the questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apps.core.contributions import contribute
from apps.core.documents import (
    Choice,
    Day,
    Field,
    Moment,
    Number,
    One,
    Reading,
    Record,
    Section,
    Text,
    Unfit,
    Writing,
)
from apps.core.documents.fields import Flag
from apps.workshops.models import (
    AttributionRule,
    GuidingQuestion,
    Mode,
    Organisation,
    OrganisationRole,
    Phase,
    QuestionOrigin,
    QuestionState,
    Session,
    SessionKind,
    Workshop,
)

# A file can't publish: that makes the memo's final version.
LATEST = [Phase.SETTING_UP, Phase.LIVE, Phase.SYNTHESIS, Phase.REVIEW]


@dataclass(frozen=True)
class LastDay(Day):
    """The last day, where it isn't the first."""

    def get(self, row: Any) -> Any:
        return None if row.ends_on == row.starts_on else row.ends_on


@dataclass(frozen=True)
class PhaseOf(Choice):
    """The phase; one that a file can't bring about is kept as it was written."""

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        phase = super().read(value, row, reading)
        if phase not in LATEST:
            raise Unfit("can’t be reached by a file: it goes on from “Review”.")
        return phase


@dataclass(frozen=True)
class Languages(Field):
    """The language of the memo, as a list; others are kept as they were written."""

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not found or not isinstance(found[0], str):
            raise Unfit("should be a list of languages such as “en”.")
        return self.cleaned(found[0], row)

    def told(self, value: Any, book: Any) -> Any:
        return [value]


@dataclass(frozen=True)
class Named(Field):
    """The names of organisations in one role: a shorter way of listing them."""

    role: str = ""
    linked = True

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise Unfit("should be a list of names.")
        return value

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        listed = [record.left for record in reading.records.get("organisations", [])]
        # A list, since nobody has looked yet whether these are texts.
        known = [(each.get("name"), each.get("role")) for each in listed]
        for name in value:
            if (name, self.role) not in known:
                known.append((name, self.role))
                reading.gather_one(ORGANISATIONS, {"name": name, "role": self.role})

    def get(self, row: Any) -> Any:
        found = row.organisations.filter(role=self.role).order_by("order", "created_at")
        return list(found.values_list("name", flat=True))


def _workshop(row: Workshop, _record: Record, _reading: Reading) -> None:
    row.ends_on = row.ends_on or row.starts_on


def _in_order(row: Any, record: Record, _reading: Reading) -> None:
    row.order = record.index + 1


def _session(row: Session, record: Record, _reading: Reading) -> None:
    if not row.order and record.index:
        row.order = record.index
        record.keep("order", None, row.order)


def _question(row: GuidingQuestion, record: Record, reading: Reading) -> None:
    """Put a part of a part under the whole: here parts have no parts."""
    row.order = record.index + 1
    reading.flatten(record, "parent")


def _organisations(writing: Writing) -> Any:
    return writing.scope.organisations.order_by("order", "created_at")


def _sessions(writing: Writing) -> Any:
    return writing.scope.sessions.order_by("order", "starts_at", "created_at")


def _questions(writing: Writing) -> Any:
    return writing.scope.guiding_questions.order_by("order", "created_at")


WORKSHOP = Section(
    name="workshop",
    noun="workshop",
    model=Workshop,
    rows=lambda writing: [writing.scope],
    settle=_workshop,
    fields=(
        Text("title", required=True),
        Text("series"),
        Text("purpose"),
        Day("event_date", "starts_on", also=("starts_on",), required=True),
        LastDay("event_end_date", "ends_on", also=("ends_on",), strict=True),
        Text("venue"),
        Choice("mode", choices=Mode, words={"on_site": Mode.IN_PERSON}, default=Mode.IN_PERSON),
        Text("time_zone", strict=True),
        Number("n_participants", "number_present", also=("number_present",)),
        Text("n_participants_note", "number_present_note", also=("number_present_note",)),
        Text("event_date_note", "dates_note", also=("dates_note",)),
        Text("composition"),
        Named("hosts", role=OrganisationRole.HOST),
        Named("partners", role=OrganisationRole.PARTNER),
        Named("funders", role=OrganisationRole.FUNDER),
        Choice(
            "attribution_rule",
            choices=AttributionRule,
            words={"on_the_record": AttributionRule.ON_RECORD},
            strict=True,
        ),
        Text("attribution_note"),
        PhaseOf("phase", choices=Phase, default=Phase.SYNTHESIS),
        Number("consensus_at", default=75),
        Number("opposed_at_most", default=15),
        Number("divided_at", default=30),
        Number("undecided_at", default=33),
        Number("quorum", default=50),
        Number("nearly_all_at", default=90),
        Number("most_at", default=65),
        Number("many_at", default=33),
        Number("several_from", default=5),
        Number("numbers_below", default=12),
        Flag("suggests", default=True),
        Languages("languages", "language", also=("language",), default="en"),
        Text("main_axis", default="role"),
        Text("illustration"),
    ),
)
ORGANISATIONS = Section(
    name="organisations",
    noun="organisation",
    prefix="x",
    model=Organisation,
    rows=_organisations,
    settle=_in_order,
    fields=(
        Text("name", required=True),
        Choice("role", choices=OrganisationRole, default=OrganisationRole.OTHER),
        Text("acknowledgement"),
        Text("award_number"),
        Text("note"),
    ),
)
SESSIONS = Section(
    name="sessions",
    noun="session",
    prefix="s",
    model=Session,
    rows=_sessions,
    settle=_session,
    tree="parent",
    fields=(
        Text("title", required=True),
        Choice("kind", choices=SessionKind, default=SessionKind.PLENARY),
        One("parent", to="sessions"),
        Text("also_called"),
        Text("note", "became", also=("became",)),
        Flag("written_up", default=True),
        Day("date", "day", also=("day",)),
        Moment("starts_at"),
        Moment("ends_at"),
        Number("order", default=0),
        Text("room"),
        Choice("attribution_rule", choices=AttributionRule, strict=True),
        Flag("reported", default=True),
    ),
)
QUESTIONS = Section(
    name="guiding_questions",
    noun="guiding question",
    prefix="q",
    model=GuidingQuestion,
    rows=_questions,
    settle=_question,
    tree="parent",
    fields=(
        Text("text", required=True),
        Choice("origin", choices=QuestionOrigin, default=QuestionOrigin.FRAMING),
        One("parent", to="guiding_questions"),
        One("session", to="sessions"),
        Text("asked_by"),
        Text("asked_of"),
        Choice("state", choices=QuestionState),
        Text("answer"),
    ),
)


@contribute("workshop:head", order=10)
def head() -> Iterator[Section]:
    """Say what the file tells of the workshop itself."""
    yield WORKSHOP


@contribute("workshop:records", order=10)
def records() -> Iterator[Section]:
    """Say what the file lists of the day."""
    yield from (ORGANISATIONS, SESSIONS, QUESTIONS)
