"""What of the themes stands in a workshop's file, with the notes that are filed under them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from apps.core.contributions import contribute
from apps.core.documents import Choice, Many, One, Reading, Record, Section, Text, Writing
from apps.core.documents.fields import Flag
from apps.notes.models import Note
from apps.themes.models import Filing, Placement, Theme
from apps.themes.selectors import themes_visible_to


@dataclass(frozen=True)
class Published(Flag):
    """Whether participants see a theme; since when stays untold."""

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        if value:
            morning = reading.scope.ends_on + dt.timedelta(days=1)
            then = dt.datetime.combine(morning, dt.time(9), tzinfo=reading.zone)
            row.published_at = min(then, timezone.now())

    def get(self, row: Any) -> Any:
        return row.published_at is not None


@dataclass(frozen=True)
class PlacedIn(Choice):
    """The section of the memo in which a theme is printed, unless it follows from what it holds."""

    def told(self, value: Any, book: Any) -> Any:
        return None if value == Placement.AUTO else str(value)


def _filed(theme: Any, note: Any, reading: Reading) -> Filing:
    return Filing(
        workshop=reading.scope,
        theme=theme,
        note=note,
        filed_by=note.recorded_by,
        filed_at=note.recorded_at,
    )


def _theme(row: Theme, record: Record, _reading: Reading) -> None:
    row.order = record.index + 1


def _themes(writing: Writing) -> Any:
    found = themes_visible_to(writing.viewer).order_by("order", "created_at")
    # One that is filed by several passages stands there once.
    once = Prefetch("notes", queryset=Note.objects.distinct())
    return found.prefetch_related("questions", once)


THEMES = Section(
    name="themes",
    noun="theme",
    prefix="t",
    model=Theme,
    rows=_themes,
    settle=_theme,
    tree="parent",
    fields=(
        Text("title", required=True),
        One("parent", to="themes"),
        PlacedIn(
            "printed_under",
            "placement",
            also=("placement",),
            choices=Placement,
            default=Placement.AUTO,
        ),
        Text("summary"),
        Published("published", "published_at"),
        Many("questions", to="guiding_questions"),
        Many("notes", to="notes", build=_filed),
    ),
)


@contribute("workshop:records", order=40)
def records() -> Iterator[Section]:
    """Say what the file lists of themes."""
    yield THEMES
