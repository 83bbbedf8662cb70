"""What of the notes stands in a workshop's file: what was said, never by whom, and not when.

The minute at which something was said can be a name. What was redacted, and what was said in a
session that isn't reported, isn't there either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apps.core.contributions import contribute
from apps.core.documents import Choice, Moment, One, Reading, Record, Section, Text, Writing
from apps.core.documents.fields import Flag
from apps.notes.models import Mark, Note, NoteCounter
from apps.notes.selectors import notes_visible_to
from apps.participants.selectors.attribution import Attribution, Everybody
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import Role


@dataclass(frozen=True)
class GroupOf(One):
    """The group of whoever said it, as far as others may know it."""

    private = True

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        row.group = value if keeps_groups(reading.scope, row.session) else None


@dataclass(frozen=True)
class Unsaid(Moment):
    """A time that is taken, and never told."""

    private = True

    def get(self, row: Any) -> Any:
        return None


def _note(row: Note, record: Record, reading: Reading) -> None:
    row.sequence = row.change = record.index + 1
    row.written_at = row.created_at = row.recorded_at
    row.recorded_by = next(
        (each for each in reading.rows("people") if each.role == Role.RAPPORTEUR), None
    )


def _notes(writing: Writing) -> list[Note]:
    attribution = Attribution(Everybody(writing.scope))
    found = notes_visible_to(writing.viewer).standing().filter(session__reported=True)
    rows = list(found.select_related("session", "workshop").order_by("sequence"))
    for note in rows:
        note.group_id = attribution.group_id(note.group_id, note.session)
    return rows


def _counted(reading: Reading) -> None:
    count = len(reading.rows("notes"))
    reading.also.append(NoteCounter(workshop=reading.scope, last=count, changes=count))


NOTES = Section(
    name="notes",
    noun="note",
    prefix="m",
    model=Note,
    rows=_notes,
    settle=_note,
    closed=True,
    after=_counted,
    fields=(
        One("session", to="sessions", required=True),
        Text("text", required=True),
        Choice("mark", choices=Mark),
        Flag("may_be_printed"),
        GroupOf("group", to="groups"),
        One("reply_to", to="notes"),
        Unsaid("at", "recorded_at"),
    ),
)


@contribute("workshop:records", order=30)
def records() -> Iterator[Section]:
    """Say what the file lists of notes."""
    yield NOTES
